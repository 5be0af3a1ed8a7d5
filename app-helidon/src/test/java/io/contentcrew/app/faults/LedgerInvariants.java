package io.contentcrew.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.State.Reservation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    wrong.addAll(checkSums());
    return wrong;
  }

  private List<String> check(State.Job job, String format, String result) {
    List<String> states =
        state.reservationsOf(job.id()).stream()
            .filter(reservation -> reservation.format().equals(format))
            .map(Reservation::state)
            .toList();
    String expected = result.equals("ready") ? "settled" : job.isOpen() ? "reserved" : "released";
    return states.equals(List.of(expected))
        ? List.of()
        : List.of(
            "I3 the %s of %s came out as %s, so it should be %s, but the ledger says %s"
                .formatted(format, job.told(), result, expected, states));
  }

  /** What a user has of a format in a month. */
  private record Allowance(String user, String period, String format) {}

  /** Where there is a row of either kind, as the other one may be what is missing. */
  private List<String> checkSums() {
    Map<Allowance, State.Usage> sums = new LinkedHashMap<>();
    state
        .usage()
        .forEach(row -> sums.put(new Allowance(row.user(), row.period(), row.format()), row));
    Set<Allowance> allowances = new LinkedHashSet<>(sums.keySet());
    state
        .reservations()
        .forEach(row -> allowances.add(new Allowance(row.user(), row.period(), row.format())));
    List<String> wrong = new ArrayList<>();
    for (Allowance allowance : allowances) {
      State.Usage sum =
          sums.getOrDefault(
              allowance, new State.Usage(allowance.user, allowance.period, allowance.format, 0, 0));
      long settled = count(allowance, "settled");
      long reserved = count(allowance, "reserved");
      if (settled != sum.used() || reserved != sum.reserved()) {
        wrong.add(
            "I3 the sums of %s of user %s are %d used and %d reserved, the rows %d and %d"
                .formatted(
                    allowance.format,
                    allowance.user,
                    sum.used(),
                    sum.reserved(),
                    settled,
                    reserved));
      }
    }
    return wrong;
  }

  private long count(Allowance allowance, String wanted) {
    return state.reservations().stream()
        .filter(row -> new Allowance(row.user(), row.period(), row.format()).equals(allowance))
        .filter(row -> row.state().equals(wanted))
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
