package io.contentcrew.domain.subscription;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a subscription at Paystack is (documentation, Subscriptions, "Subscription statuses"). From
 * low to high: events carry no time, so that a higher one is never undone by a lower one, unless
 * Paystack is asked.
 */
public enum PaystackStatus implements SubscriptionStatus {
  /** Paid. */
  ACTIVE(1, Access.FULL),
  /** A payment has failed; it is tried again at the next payment date. */
  ATTENTION(2, Access.GRACE),
  /** Paid, and will not be again. */
  NON_RENEWING(3, Access.UNTIL_PERIOD_END),
  /** Over, because all that was to be paid was. */
  COMPLETED(4, Access.NONE),
  /** Over. */
  CANCELLED(5, Access.NONE);

  private final int rank;
  private final Access access;

  PaystackStatus(int rank, Access access) {
    this.rank = rank;
    this.access = access;
  }

  /** The status of that name, in each of its spellings; empty for one that is not known. */
  public static Optional<PaystackStatus> of(String wireName) {
    return Optional.ofNullable(
        switch (wireName) {
          case "active" -> ACTIVE;
          case "attention" -> ATTENTION;
          case "non-renewing" -> NON_RENEWING;
          case "complete", "completed" -> COMPLETED;
          case "cancelled" -> CANCELLED;
          default -> null;
        });
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public boolean isFinal() {
    return access == Access.NONE;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
