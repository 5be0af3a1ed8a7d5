package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a provider how things are. Blocks. Safe for use by many threads.
 *
 * <p>Every method may throw {@link io.contentcrew.ports.PortUnavailableException} if the provider
 * cannot be reached, falls silent or has too much to do, and {@link
 * io.contentcrew.ports.PortFailureException} if it does not take our credentials, or its answer
 * makes no sense.
 */
public interface SubscriptionArbiter {
  /**
   * How a subscription is, stated with {@link
   * io.contentcrew.domain.subscription.SubscriptionEvent.Order.Asked}; empty if the provider knows
   * of none with that name.
   */
  Optional<Stated> ask(SubscriptionRef subscription);

  /**
   * The bodies of events since {@code since} that the provider has tried to deliver in vain, the
   * earliest first; none where it keeps none.
   *
   * @param limit at most so many
   */
  List<byte[]> undelivered(Instant since, int limit);
}
