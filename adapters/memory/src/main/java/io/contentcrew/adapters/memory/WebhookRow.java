package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A delivery as it is stored.
 *
 * @param attempts how often it was tried in vain
 * @param isGivenOut whether it was given out, and nothing was said of it since
 * @param at when it is given out next, or when it was settled
 */
record WebhookRow(
    Delivered delivered,
    State state,
    int attempts,
    boolean isGivenOut,
    int deliveries,
    Instant at,
    Optional<String> note,
    Optional<Waiting> waiting) {
  private static final byte[] NO_BODY = {};

  static WebhookRow of(Delivered delivered, Instant dueAt) {
    return new WebhookRow(
        delivered, State.DUE, 0, false, 1, dueAt, Optional.empty(), Optional.empty());
  }

  WebhookId id() {
    return delivered.id();
  }

  boolean isOlderThan(WebhookId other) {
    return id().value().compareTo(other.value()) < 0;
  }

  WebhookRow cameAgain() {
    return new WebhookRow(
        delivered, state, attempts, isGivenOut, deliveries + 1, at, note, waiting);
  }

  WebhookRow takenUntil(Instant until) {
    int inVain = isGivenOut ? attempts + 1 : attempts;
    return new WebhookRow(delivered, state, inVain, true, deliveries, until, note, waiting);
  }

  WebhookRow settled(State end, String why, Instant now) {
    return new WebhookRow(
        delivered, end, attempts, false, deliveries, now, Optional.of(why), Optional.empty());
  }

  WebhookRow retried(String error, Instant due) {
    return new WebhookRow(
        delivered,
        State.DUE,
        attempts + 1,
        false,
        deliveries,
        due,
        Optional.of(error),
        Optional.empty());
  }

  WebhookRow parked(Waiting what, Instant until) {
    String why = what.what().name().toLowerCase(Locale.ROOT) + " " + what.name();
    return new WebhookRow(
        delivered,
        State.PARKED,
        attempts + 1,
        false,
        deliveries,
        until,
        Optional.of(why),
        Optional.of(what));
  }

  WebhookRow released(Instant now) {
    return new WebhookRow(delivered, State.DUE, 0, false, deliveries, now, note, Optional.empty());
  }

  WebhookRow replayed(Instant now) {
    return new WebhookRow(
        delivered, State.DUE, 0, false, deliveries, now, Optional.empty(), Optional.empty());
  }

  Entry entry() {
    return entry(delivered.body());
  }

  Entry withoutBody() {
    return entry(NO_BODY);
  }

  private Entry entry(byte[] body) {
    boolean isOpen = state == State.DUE || state == State.PARKED;
    return new Entry(
        id(),
        delivered.provider(),
        delivered.key(),
        delivered.type(),
        delivered.apiVersion(),
        delivered.customer(),
        delivered.providerTime(),
        delivered.receivedAt(),
        state,
        attempts,
        deliveries,
        Optional.of(at).filter(next -> isOpen),
        note,
        Optional.of(at).filter(end -> !isOpen),
        body);
  }
}
