package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The shape in which a subscription is kept as JSON; members may be missing that say nothing. */
record SubscriptionJson(
    @Nullable String provider,
    @Nullable String id,
    @Nullable String user,
    @Nullable String tier,
    @Nullable String interval,
    @Nullable SnapshotJson snapshot,
    @Nullable KnownJson known,
    @Nullable PaymentsJson payments) {

  /**
   * By what it is known that nothing newer was said.
   *
   * @param second empty where what stands, stands by its status
   */
  record KnownJson(@Nullable String second, @Nullable List<ToldJson> told) {
    static KnownJson of(Known known) {
      return switch (known) {
        case Known.Dated dated ->
            new KnownJson(
                SnapshotJson.text(dated.second()),
                dated.told().stream().map(ToldJson::of).toList());
        case Known.Ranked ranked -> new KnownJson(null, null);
      };
    }

    Known toKnown(SubscriptionRef ref) {
      if (second == null || told == null) {
        return new Known.Ranked();
      }
      return new Known.Dated(
          SnapshotJson.parsed(second), told.stream().map(one -> one.toTold(ref)).toList());
    }
  }

  /** What one event stated. */
  record ToldJson(
      @Nullable String event,
      @Nullable String step,
      @Nullable Map<String, String> previous,
      @Nullable SnapshotJson snapshot) {
    static ToldJson of(Known.Told told) {
      return new ToldJson(
          told.eventId(),
          told.step().name(),
          told.previous().isEmpty()
              ? null
              : told.previous().entrySet().stream()
                  .collect(Collectors.toMap(one -> one.getKey().name(), Map.Entry::getValue)),
          SnapshotJson.of(told.snapshot()));
    }

    Known.Told toTold(SubscriptionRef ref) {
      return new Known.Told(
          there(event),
          Names.named(there(step), Step.values(), "subscription"),
          SnapshotJson.facets(previous),
          there(snapshot).toSnapshot(ref));
    }
  }

  /** What is known of its bills. */
  record PaymentsJson(
      @Nullable String paidAt,
      @Nullable String paidThrough,
      @Nullable FailedJson failure,
      @Nullable List<String> failedAt) {
    static PaymentsJson of(Payments payments) {
      return new PaymentsJson(
          SnapshotJson.text(payments.paidAt()),
          SnapshotJson.text(payments.paidThrough()),
          payments.failure().map(FailedJson::of).orElse(null),
          payments.failedAt().isEmpty()
              ? null
              : payments.failedAt().stream().map(Instant::toString).toList());
    }

    Payments toPayments(SubscriptionRef ref) {
      return new Payments(
          SnapshotJson.maybe(paidAt),
          SnapshotJson.maybe(paidThrough),
          Optional.ofNullable(failure).map(failed -> failed.toFailed(ref)),
          failedAt == null ? List.of() : failedAt.stream().map(Instant::parse).toList());
    }
  }

  /** A bill that could not be collected. */
  record FailedJson(
      @Nullable String invoice,
      int attempts,
      @Nullable String nextAttemptAt,
      @Nullable String payAt,
      boolean actionRequired,
      @Nullable String at) {
    static FailedJson of(PaymentFailed failed) {
      return new FailedJson(
          failed.invoice(),
          failed.attempts(),
          SnapshotJson.text(failed.nextAttemptAt()),
          failed.payAt().map(Object::toString).orElse(null),
          failed.actionRequired(),
          SnapshotJson.text(failed.at()));
    }

    PaymentFailed toFailed(SubscriptionRef ref) {
      return new PaymentFailed(
          ref,
          there(invoice),
          attempts,
          SnapshotJson.maybe(nextAttemptAt),
          Json.maybeUri(payAt, "subscription"),
          actionRequired,
          SnapshotJson.parsed(there(at)));
    }
  }

  static SubscriptionJson of(Subscription subscription) {
    return new SubscriptionJson(
        subscription.ref().provider().value(),
        subscription.ref().id(),
        subscription.user().toString(),
        subscription.plan().tier().value(),
        subscription.plan().interval().wireName(),
        SnapshotJson.of(subscription.snapshot()),
        KnownJson.of(subscription.known()),
        PaymentsJson.of(subscription.payments()));
  }

  Subscription toSubscription() {
    try {
      SubscriptionRef ref =
          new SubscriptionRef(new PaymentProviderName(there(provider)), there(id));
      return new Subscription(
          new UserId(UUID.fromString(there(user))),
          new Plan(new TierId(there(tier)), interval(there(interval))),
          there(snapshot).toSnapshot(ref),
          known == null ? new Known.Ranked() : known.toKnown(ref),
          payments == null ? Payments.none() : payments.toPayments(ref));
    } catch (IllegalArgumentException e) {
      throw Json.unreadable("subscription");
    }
  }

  private static BillingInterval interval(String name) {
    return Arrays.stream(BillingInterval.values())
        .filter(interval -> interval.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> Json.unreadable("subscription"));
  }

  static <T> T there(@Nullable T member) {
    if (member == null) {
      throw Json.unreadable("subscription");
    }
    return member;
  }
}
