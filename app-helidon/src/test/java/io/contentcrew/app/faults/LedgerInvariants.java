package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.State.Reservation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of what users have used of their month. */
final class LedgerInvariants {
  private final History history;
  private final State state;
  private final Map<String, Integer> limits;

  LedgerInvariants(History history, State state, Map<String, Integer> limits) {
    this.history = history;
    this.state = state;
    this.limits = limits;
  }

  /** I3, the first half. */
  List<String> theLedgerEqualsTheJobs() {
    List<String> wrong = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (State.Job job : state.jobs()) {
      known.add(job.id());
      job.results().forEach((format, result) -> wrong.addAll(check(job, format, result)));
    }
    for (Reservation reservation : state.reservations()) {
      if (!known.contains(reservation.job())) {
        wrong.add(
            "I3 a %s of user %s is %s for job %s, which is not there"
                .formatted(
                    reservation.format(),
                    reservation.user(),
                    reservation.state(),
                    reservation.job()));
      }
    }
    state.usage().forEach(usage -> wrong.addAll(checkSums(usage)));
    return wrong;
  }

  private List<String> check(State.Job job, String format, String result) {
    List<String> states =
        state.reservationsOf(job.id()).stream()
            .filter(reservation -> reservation.format().equals(format))
            .map(Reservation::state)
            .toList();
    String expected =
        switch (result) {
          case "ready" -> "settled";
          case "failed" -> job.isOpen() ? "reserved" : "released";
          default -> "reserved";
        };
    return states.equals(List.of(expected))
        ? List.of()
        : List.of(
            "I3 the %s of %s came out as %s, so it should be %s, but the ledger says %s"
                .formatted(format, job.told(), result, expected, states));
  }

  private List<String> checkSums(State.Usage usage) {
    long settled = count(usage, "settled");
    long reserved = count(usage, "reserved");
    return settled == usage.used() && reserved == usage.reserved()
        ? List.of()
        : List.of(
            "I3 the sums of %s of user %s are %d used and %d reserved, the rows %d and %d"
                .formatted(
                    usage.format(),
                    usage.user(),
                    usage.used(),
                    usage.reserved(),
                    settled,
                    reserved));
  }

  private long count(State.Usage usage, String wanted) {
    return state.reservations().stream()
        .filter(row -> row.user().equals(usage.user()) && row.period().equals(usage.period()))
        .filter(row -> row.format().equals(usage.format()) && row.state().equals(wanted))
        .count();
  }

  /** I3, the second half: neither now nor in any answer. */
  List<String> noLimitIsPassed() {
    List<String> wrong = new ArrayList<>();
    for (State.Usage usage : state.usage()) {
      if (usage.used() + usage.reserved() > limits.get(usage.format())) {
        wrong.add(
            "I3 user %s has %d used and %d reserved of %d %s"
                .formatted(
                    usage.user(),
                    usage.used(),
                    usage.reserved(),
                    limits.get(usage.format()),
                    usage.format()));
      }
    }
    history
        .calls(Kind.USAGE)
        .filter(History.Call::succeeded)
        .forEach(
            call ->
                limits.forEach(
                    (format, limit) -> {
                      JsonNode told = call.body().path("formats").path(format);
                      if (told.path("used").asInt() + told.path("reserved").asInt() > limit) {
                        wrong.add(
                            "I3 more %s than %d: %s %s"
                                .formatted(format, limit, told, call.told()));
                      }
                    }));
    return wrong;
  }
}
