package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Paystack's bills say: how their subscription is, and whether they were paid. */
final class Invoices {
  private static final Duration LONGEST_LEAD = Duration.ofDays(7);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(370);

  private Invoices() {}

  static List<SubscriptionEvent> events(String type, JsonNode data) {
    JsonNode subscription = data.path("subscription");
    if (subscription.isMissingNode() || subscription.isNull() || subscription.isEmpty()) {
      return List.of(new Irrelevant()); // a bill for something else
    }
    Optional<SubscriptionRef> ref = Snapshots.ref(subscription);
    Optional<String> invoice = Fields.name(data, "invoice_code");
    if (ref.isEmpty() || invoice.isEmpty()) {
      return List.of(new Unreadable("the bill lacks its name or its subscription's"));
    }
    List<SubscriptionEvent> events = new ArrayList<>();
    status(ref.get(), data).ifPresent(events::add);
    if (type.equals("invoice.payment_failed")) {
      events.add(failed(ref.get(), invoice.get(), data));
    } else if (Fields.isTrue(data, "paid")) {
      events.add(paid(ref.get(), invoice.get(), data));
    }
    return events.isEmpty() ? List.of(new Irrelevant()) : events;
  }

  private static Optional<SubscriptionEvent> status(SubscriptionRef ref, JsonNode data) {
    JsonNode subscription = data.path("subscription");
    Optional<String> customer = Fields.customer(data).or(() -> Fields.customer(subscription));
    return Snapshots.word(subscription)
        .map(
            word ->
                PaystackStatus.of(word)
                    .<SubscriptionEvent>map(
                        status -> Translation.stated(ref, subscription, customer, status))
                    .orElseGet(() -> new StatusUnknown(ref, word)));
  }

  private static Paid paid(SubscriptionRef ref, String invoice, JsonNode data) {
    Instant at =
        Fields.time(data, "paid_at", "paidAt")
            .or(() -> Fields.time(data.path("transaction"), "paid_at", "paidAt"))
            .or(() -> Fields.time(data, "created_at", "createdAt"))
            .orElse(Translation.UNSAID);
    // how much is told with the charge, which would stand in the books twice
    return new Paid(ref, invoice, Optional.empty(), through(data, at), at);
  }

  /** Paystack's own samples have periods that end before they begin: those say nothing. */
  private static Optional<Instant> through(JsonNode data, Instant paidAt) {
    return Fields.time(data, "period_start")
        .flatMap(
            start ->
                Fields.time(data, "period_end")
                    .filter(end -> end.isAfter(start) && end.isAfter(paidAt))
                    .filter(end -> !end.isAfter(start.plus(LONGEST_PERIOD))));
  }

  /**
   * A bill is tried once; what is owed is tried again with the next one. Bills are made some days
   * before they fall due: that is when they can fail.
   */
  private static PaymentFailed failed(SubscriptionRef ref, String invoice, JsonNode data) {
    Instant made = Fields.time(data, "created_at", "createdAt").orElse(Translation.UNSAID);
    Instant at =
        Fields.time(data, "period_start")
            .filter(due -> due.isAfter(made) && due.isBefore(made.plus(LONGEST_LEAD)))
            .orElse(made);
    Optional<Instant> next =
        Fields.time(data.path("subscription"), "next_payment_date")
            .filter(time -> time.isAfter(at));
    return new PaymentFailed(ref, invoice, 1, next, Optional.empty(), false, at);
  }
}
