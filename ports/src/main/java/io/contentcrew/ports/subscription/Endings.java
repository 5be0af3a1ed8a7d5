package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Subscriptions that are to be ended at their providers, because their owners have left. They
 * outlive the account.
 */
public interface Endings {
  /** Adds one, which is due at once. Nothing happens if it is there already. */
  void add(Subscription subscription, Instant now);

  /**
   * Takes those that are due, the longest due first. Nobody else is given them until {@code lease}
   * has passed; then they are due again, unless they were removed or postponed.
   *
   * @param limit at most so many
   */
  List<Due> take(Instant now, Duration lease, int limit);

  /** Forgets one that has ended. */
  void remove(SubscriptionRef subscription);

  /** Makes one due at {@code until}, because it could not be ended. */
  void postpone(SubscriptionRef subscription, Instant until);

  /**
   * One to be ended.
   *
   * @param attempt 1 when it was given out for the first time
   */
  record Due(Subscription subscription, int attempt) {}
}
