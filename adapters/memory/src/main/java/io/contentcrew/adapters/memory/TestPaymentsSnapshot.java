package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.SubscriptionStatus;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes a {@link Snapshot} into a form, and reads it out of one. */
final class TestPaymentsSnapshot {
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern SECOND = Pattern.compile("[0-9]{1,10}");
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private TestPaymentsSnapshot() {}

  static void write(Snapshot snapshot, TestPaymentsForm form) {
    Term term = snapshot.term();
    form.put("subscription", snapshot.ref().id())
        .put("customer", snapshot.customer())
        .put("user", snapshot.user())
        .put("status", snapshot.status().wireName())
        .put("period_start", seconds(term.periodStart()))
        .put("period_end", seconds(term.periodEnd()))
        .put("cancels_at_period_end", Boolean.toString(term.cancelsAtPeriodEnd()))
        .put("cancel_at", seconds(term.cancelAt()))
        .put("trial_end", seconds(term.trialEnd()))
        .put("ended_at", seconds(term.endedAt()));
    List<String> prices = snapshot.prices();
    for (int i = 0; i < prices.size(); i++) {
      form.put("price." + i, prices.get(i));
    }
  }

  /** Which subscription it is about. */
  static Optional<SubscriptionRef> ref(TestPaymentsForm form) {
    return name(form, "subscription").map(id -> new SubscriptionRef(PaymentProviderName.TEST, id));
  }

  static Snapshot read(TestPaymentsForm form, SubscriptionRef ref, SubscriptionStatus status) {
    return new Snapshot(
        ref,
        form.get("customer").orElse(""),
        user(form),
        status,
        prices(form.under("price.")),
        new Term(
            time(form, "period_start"),
            time(form, "period_end"),
            form.get("cancels_at_period_end").filter("true"::equals).isPresent(),
            time(form, "cancel_at"),
            time(form, "trial_end"),
            time(form, "ended_at")),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> prices(Map<String, String> byNumber) {
    return byNumber.entrySet().stream()
        .sorted(
            Map.Entry.<String, String>comparingByKey(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())))
        .map(Map.Entry::getValue)
        .filter(price -> !price.isBlank())
        .toList();
  }

  /** A name without blanks. */
  static Optional<String> name(TestPaymentsForm form, String field) {
    return form.get(field).filter(text -> NAME.matcher(text).matches());
  }

  static Optional<UserId> user(TestPaymentsForm form) {
    return form.get("user")
        .filter(text -> UUID_SHAPE.matcher(text).matches())
        .map(text -> new UserId(UUID.fromString(text)));
  }

  static Optional<Instant> time(TestPaymentsForm form, String field) {
    return form.get(field)
        .filter(text -> SECOND.matcher(text).matches())
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
  }

  static Optional<Long> seconds(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond);
  }
}
