package io.contentcrew.domain.subscription;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a subscription at Stripe is (API reference, the Subscription object, {@code status}); also
 * of providers that tell it in the same way. From low to high: of two that are told at the same
 * time without a sign of which was first, the higher one holds.
 */
public enum StripeStatus implements SubscriptionStatus {
  /** The first payment is still open. */
  INCOMPLETE(1, Access.NONE, false),
  /** Nothing is charged for now. */
  PAUSED(2, Access.NONE, false),
  /** Bills are written, and not tried to be collected. */
  UNPAID(3, Access.NONE, false),
  /** A bill is open; it is still tried to be collected. */
  PAST_DUE(4, Access.GRACE, false),
  /** On trial. */
  TRIALING(5, Access.FULL, false),
  /** Paid. */
  ACTIVE(6, Access.FULL, false),
  /** The first payment never came. */
  INCOMPLETE_EXPIRED(7, Access.NONE, true),
  /** Over. */
  CANCELED(8, Access.NONE, true);

  private final int rank;
  private final Access access;
  private final boolean isFinal;

  StripeStatus(int rank, Access access, boolean isFinal) {
    this.rank = rank;
    this.access = access;
    this.isFinal = isFinal;
  }

  /** The status of that name; empty for one that Stripe has come to know since. */
  public static Optional<StripeStatus> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(wireName)).findFirst();
  }

  @Override
  public Access access() {
    return access;
  }

  @Override
  public boolean isFinal() {
    return isFinal;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
