package io.contentcrew.testkit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subscription as {@link FakeStripe} has it. Immutable. */
record FakeStripeSubscription(
    String id,
    String item,
    String customer,
    FakeStripePrice price,
    String status,
    Map<String, String> metadata,
    Instant created,
    Instant periodStart,
    Instant periodEnd,
    boolean cancelAtPeriodEnd,
    @Nullable Instant cancelAt,
    @Nullable Instant canceledAt,
    @Nullable Instant endedAt,
    String invoice) {

  boolean isOver() {
    return status.equals("canceled");
  }

  FakeStripeSubscription withStatus(String changed) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        price,
        changed,
        metadata,
        created,
        periodStart,
        periodEnd,
        cancelAtPeriodEnd,
        cancelAt,
        canceledAt,
        endedAt,
        invoice);
  }

  FakeStripeSubscription withPrice(FakeStripePrice changed) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        changed,
        status,
        metadata,
        created,
        periodStart,
        periodEnd,
        cancelAtPeriodEnd,
        cancelAt,
        canceledAt,
        endedAt,
        invoice);
  }

  FakeStripeSubscription withPeriod(Instant start, Instant end, String bill) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        price,
        status,
        metadata,
        created,
        start,
        end,
        cancelAtPeriodEnd,
        cancelAt,
        canceledAt,
        endedAt,
        bill);
  }

  /** Ends with its period, from {@code now} on; or goes on, if that is null. */
  FakeStripeSubscription ending(@Nullable Instant now) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        price,
        status,
        metadata,
        created,
        periodStart,
        periodEnd,
        now != null,
        now == null ? null : periodEnd,
        now,
        endedAt,
        invoice);
  }

  /** Ends then, whenever its periods end, as the portal has it end for some. */
  FakeStripeSubscription endingAt(Instant now, Instant end) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        price,
        status,
        metadata,
        created,
        periodStart,
        periodEnd,
        false,
        end,
        now,
        endedAt,
        invoice);
  }

  FakeStripeSubscription ended(Instant now) {
    return new FakeStripeSubscription(
        id,
        item,
        customer,
        price,
        "canceled",
        metadata,
        created,
        periodStart,
        periodEnd,
        cancelAtPeriodEnd,
        cancelAt,
        canceledAt == null ? now : canceledAt,
        now,
        invoice);
  }
}
