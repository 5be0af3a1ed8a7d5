package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What moved money, and what somebody was told about it: each thing once. Rows stay when an account
 * is erased, without its name.
 */
public interface BillingLedger {
  /** What a row is about. Stores keep the names. */
  enum Kind {
    /** A bill was paid. */
    PAID,
    /** Money was given back. */
    REFUND,
    /** Somebody wants money back. */
    DISPUTE,
    /** The owner was told that a payment has failed. */
    PAYMENT_FAILED,
    /** The owner was told that a trial ends soon. */
    TRIAL_ENDING,
    /** The owner was told that a plan has ended. */
    PLAN_ENDED
  }

  /**
   * Adds a row. Nothing happens if there is one with its provider, kind and reference.
   *
   * @return whether it was not there before
   */
  boolean add(Row row);

  /** A user's rows, the latest first. */
  List<Row> list(UserId user);

  /**
   * A row.
   *
   * @param reference the provider's name for what it is about
   * @param state where it is, in the provider's word; empty if nothing is said
   */
  record Row(
      PaymentProviderName provider,
      Kind kind,
      String reference,
      Optional<UserId> user,
      Optional<Money> amount,
      String state,
      Instant at) {
    public Row {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(at, "at");
    }
  }
}
