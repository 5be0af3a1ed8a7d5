package io.contentcrew.app.faults;

import static java.util.stream.Collectors.groupingBy;

import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.app.faults.State.Bought;
import io.contentcrew.app.faults.State.Delivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must hold of what payment providers tell: I9. The state must have been read when the time to
 * apply all of it had passed.
 */
final class WebhookInvariants {
  private static final List<String> RANKS = List.of("free", "basic", "pro");

  private final History history;
  private final State state;

  WebhookInvariants(History history, State state) {
    this.history = history;
    this.state = state;
  }

  List<String> everyDeliveryIsTakenAndAppliedOnce() {
    Map<String, List<Call>> sent = history.calls(Kind.WEBHOOK).collect(groupingBy(Call::subject));
    Map<String, List<Delivery>> inbox = state.inbox().stream().collect(groupingBy(Delivery::key));
    List<String> wrong = new ArrayList<>();
    for (Story story : history.stories()) {
      for (Story.Event event : story.events()) {
        List<Call> calls = sent.getOrDefault(event.id(), List.of());
        List<Delivery> rows = inbox.getOrDefault(event.id(), List.of());
        long taken = calls.stream().filter(Call::succeeded).count();
        if (taken == 0) {
          wrong.add("I9 %s was never taken, in %d tries".formatted(event, calls.size()));
        } else if (rows.size() != 1) {
          wrong.add("I9 %s was taken, and is there %d times".formatted(event, rows.size()));
        } else {
          wrong.addAll(check(story, event, rows.getFirst()));
          wrong.addAll(checkTimes(event, rows.getFirst().times(), taken, calls.size()));
        }
      }
    }
    return wrong;
  }

  private static List<String> check(Story story, Story.Event event, Delivery row) {
    boolean isRight =
        story.ending() instanceof Story.Parked(String what)
            ? row.state().equals("PARKED") && row.note().startsWith(what.toLowerCase(Locale.ROOT))
            : row.isDone();
    return isRight
        ? List.of()
        : List.of(
            "I9 %s should be %s by now, and is %s: %s"
                .formatted(
                    event, story.isParked() ? story.ending() : "done", row.state(), row.note()));
  }

  /** One that got no answer may have come or not. */
  private static List<String> checkTimes(Story.Event event, int counted, long taken, int sent) {
    return taken <= counted && counted <= sent
        ? List.of()
        : List.of(
            "I9 %s was sent %d times, taken %d times, and counted %d times"
                .formatted(event, sent, taken, counted));
  }

  List<String> nothingIsTakenThatWasNotTold() {
    Set<String> told = new HashSet<>();
    history.stories().forEach(story -> story.events().forEach(event -> told.add(event.id())));
    return Stream.concat(
            history
                .calls(Kind.FORGERY)
                .filter(Call::succeeded)
                .map(call -> "I9 a lie was taken: " + call.told()),
            state.inbox().stream()
                .filter(row -> !told.contains(row.key()))
                .map(row -> "I9 Stripe never told %s, which is there".formatted(row.key())))
        .toList();
  }

  List<String> nothingGenuineIsRefused() {
    return history
        .calls(Kind.WEBHOOK)
        .filter(call -> call.status() >= 400 && call.status() < 500)
        .map(call -> "I9 Stripe was refused: " + call.told())
        .toList();
  }

  List<String> everySubscriptionIsAsItWasTold() {
    Map<String, List<Bought>> rows = state.bought().stream().collect(groupingBy(Bought::name));
    Set<String> names = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (Story story : history.stories()) {
      names.add(story.name());
      List<Bought> expected =
          story.ending() instanceof Story.Known known
              ? List.of(new Bought(story.name(), story.user(), known.status(), known.tier()))
              : List.of();
      List<Bought> stored = rows.getOrDefault(story.name(), List.of());
      if (!stored.equals(expected)) {
        wrong.add(
            "I9 of subscription %s there should be %s, and is %s"
                .formatted(story.name(), expected, stored));
      }
    }
    state.bought().stream()
        .filter(row -> !names.contains(row.name()))
        .forEach(row -> wrong.add("I9 nobody told of " + row));
    return wrong;
  }

  // ---- the books

  private record Entry(String kind, String reference) {}

  List<String> everythingIsInTheBooksOnce() {
    Map<Entry, List<State.Booked>> rows =
        state.booked().stream().collect(groupingBy(row -> new Entry(row.kind(), row.reference())));
    Set<Entry> possible = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (Story story : history.stories()) {
      if (story.ending() instanceof Story.Known known) {
        known.failed().forEach(bill -> possible.add(new Entry("PAYMENT_FAILED", bill)));
        if (known.isOver()) {
          possible.add(new Entry("PLAN_ENDED", story.name()));
        }
        known
            .paid()
            .forEach(
                (bill, amount) -> {
                  Entry entry = new Entry("PAID", bill);
                  possible.add(entry);
                  List<State.Booked> expected =
                      List.of(new State.Booked("PAID", bill, story.user(), amount));
                  List<State.Booked> booked = rows.getOrDefault(entry, List.of());
                  if (!booked.equals(expected)) {
                    wrong.add(
                        "I9 in the books there should be %s, and is %s"
                            .formatted(expected, booked));
                  }
                });
      }
    }
    rows.forEach(
        (entry, booked) -> {
          if (!possible.contains(entry)) {
            wrong.add("I9 in the books there is %s, of which nobody told".formatted(booked));
          } else if (booked.size() > 1) {
            wrong.add("I9 in the books there is %s".formatted(booked));
          }
        });
    return wrong.stream().distinct().toList();
  }

  // ---- tiers

  /** As the API shows it, at every instance where it was looked at. */
  List<String> everybodyHasWhatTheyBought() {
    Map<String, List<Story>> byUser = history.stories().stream().collect(groupingBy(Story::user));
    List<String> wrong = new ArrayList<>();
    byUser.forEach(
        (user, stories) -> {
          String tier = tier(stories);
          List<Call> told =
              Stream.concat(history.calls(Kind.TIER), history.calls(Kind.SUBSCRIPTION))
                  .filter(call -> call.user().equals(user))
                  .toList();
          if (told.stream().noneMatch(Call::succeeded)) {
            wrong.add("I9 nobody has looked what user %s has".formatted(user));
          }
          told.stream()
              .filter(call -> !call.body().path("tier").asText().equals(tier))
              .forEach(
                  call ->
                      wrong.add(
                          "I9 user %s should have %s, but: %s %s"
                              .formatted(user, tier, call.told(), call.body().path("tier"))));
        });
    return wrong;
  }

  private static String tier(List<Story> stories) {
    int rank =
        stories.stream()
            .map(Story::ending)
            .filter(ending -> ending instanceof Story.Known known && known.grants())
            .mapToInt(ending -> RANKS.indexOf(((Story.Known) ending).tier()))
            .max()
            .orElse(0);
    return RANKS.get(rank);
  }
}
