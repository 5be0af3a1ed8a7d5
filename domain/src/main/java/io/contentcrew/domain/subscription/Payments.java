package io.contentcrew.domain.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the bills of a subscription. In whatever order and how often they are told, the
 * same remains.
 *
 * @param paidAt when the latest bill was paid
 * @param paidThrough until when it is paid for
 * @param failure the latest time that one could not be collected
 * @param failedAt when bills could not be collected since the latest was paid, the earliest first;
 *     of very many the earliest
 */
public record Payments(
    Optional<Instant> paidAt,
    Optional<Instant> paidThrough,
    Optional<PaymentFailed> failure,
    List<Instant> failedAt) {
  private static final int MANY = 32;
  private static final Comparator<PaymentFailed> BY_TIME =
      Comparator.comparing(PaymentFailed::at)
          .thenComparingInt(PaymentFailed::attempts)
          .thenComparing(PaymentFailed::actionRequired)
          .thenComparing(PaymentFailed::invoice);

  public Payments {
    Objects.requireNonNull(paidAt, "paidAt");
    Objects.requireNonNull(paidThrough, "paidThrough");
    Objects.requireNonNull(failure, "failure");
    failedAt = List.copyOf(failedAt);
  }

  /** None is known. */
  public static Payments none() {
    return new Payments(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** What is owed: a failure after which nothing was paid. */
  public Optional<PaymentFailed> problem() {
    return failure.filter(failed -> isOwed(failed.at(), paidAt));
  }

  /** Since when something is owed, if something is: the first failure after what was paid. */
  public Optional<Instant> owedSince() {
    return failedAt.stream().findFirst();
  }

  private static boolean isOwed(Instant failed, Optional<Instant> paid) {
    return paid.map(failed::isAfter).orElse(true);
  }

  Payments with(Paid paid) {
    Optional<Instant> latest = later(paidAt, Optional.of(paid.at()));
    return new Payments(
        latest,
        later(paidThrough, paid.through()),
        failure,
        failedAt.stream().filter(failed -> isOwed(failed, latest)).toList());
  }

  Payments with(PaymentFailed failed) {
    boolean isLatest = failure.map(known -> BY_TIME.compare(failed, known) > 0).orElse(true);
    List<Instant> owed =
        Stream.concat(failedAt.stream(), Stream.of(failed.at()))
            .filter(at -> isOwed(at, paidAt))
            .distinct()
            .sorted()
            .limit(MANY)
            .toList();
    return new Payments(paidAt, paidThrough, isLatest ? Optional.of(failed) : failure, owed);
  }

  static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isPresent() && other.isPresent()) {
      return one.get().isAfter(other.get()) ? one : other;
    }
    return one.or(() -> other);
  }
}
