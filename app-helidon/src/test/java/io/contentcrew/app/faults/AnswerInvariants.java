package io.contentcrew.app.faults;

import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of single answers, and of their order. */
final class AnswerInvariants {
  /** What is promised is 2 s to say that something is lost; a busy machine gets more. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final History history;

  AnswerInvariants(History history) {
    this.history = history;
  }

  /** I7. */
  List<String> failuresAreToldProperly() {
    return history.calls().stream()
        .filter(call -> call.status() >= 500 && !isProper(call))
        .map(call -> "I7 no way to fail: %s, detail %s".formatted(call.told(), call.body()))
        .toList();
  }

  /** I7 too: whoever waits longer than that may as well have got no answer. */
  List<String> everyAnswerComesInTime() {
    return history.calls().stream()
        .filter(call -> call.kind() != Kind.STREAM)
        .filter(call -> call.ended().minus(call.begun()).compareTo(BOUND) > 0)
        .filter(call -> !history.wasAway(call))
        .map(call -> "I7 too late: " + call.told())
        .toList();
  }

  /** I7 too. */
  List<String> everythingIsAnsweredOnceAllIsWhole() {
    return history.calls().stream()
        .filter(call -> call.status() == History.UNKNOWN && history.beganWhole(call))
        .map(call -> "I7 all was whole, but: " + call.told())
        .toList();
  }

  private static boolean isProper(Call call) {
    return (call.status() == 503 || call.status() == 504) && call.retryAfter();
  }

  /** I10. */
  List<String> noSessionIsAcceptedAfterItsEnd() {
    Map<Integer, Call> ends = new HashMap<>();
    history
        .calls(Kind.LOGOUT)
        .filter(Call::succeeded)
        .forEach(
            call ->
                ends.merge(
                    call.session(), call, (a, b) -> a.ended().compareTo(b.ended()) <= 0 ? a : b));
    return history.calls().stream()
        .filter(call -> call.session() != 0 && call.succeeded())
        .filter(call -> ends.containsKey(call.session()))
        .filter(call -> call.begun().compareTo(ends.get(call.session()).ended()) > 0)
        .map(
            call ->
                "I10 session %d was still good: %s, after %s"
                    .formatted(call.session(), call.told(), ends.get(call.session()).told()))
        .toList();
  }
}
