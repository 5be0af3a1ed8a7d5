package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.UserId;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Has a provider do something about a subscription. What has become of it is told by events, or
 * when the provider is asked; nothing is so because a method here has returned. Blocks. Safe for
 * use by many threads.
 *
 * <p>Every method may throw {@link io.contentcrew.ports.PortUnavailableException} if the provider
 * cannot be reached, falls silent or has too much to do; it may have done it all the same. And
 * {@link io.contentcrew.ports.PortFailureException} if it refuses, or does not take our
 * credentials.
 */
public interface Checkout {
  /** A page of the provider's on which the user can pay. */
  URI start(Order order);

  /**
   * A page of the provider's on which the owner can change how to pay, and see the bills.
   *
   * @param returnTo where it leads when the owner is done
   */
  URI manage(Subscription subscription, URI returnTo);

  /** Lets it end with what was paid for. Nothing happens if it does so already. */
  void cancelAtPeriodEnd(Subscription subscription);

  /** Lets one that would end go on. Nothing happens if it does so already. */
  void resume(Subscription subscription);

  /** Whether {@link #change} can be done. */
  boolean canChange();

  /**
   * Makes it one for something else from now on; the difference is charged or credited.
   *
   * @param price the provider's name for what is to be bought
   * @param idempotencyKey of two calls with the same one, one counts
   * @throws DeclinedException if the difference could not be charged; nothing is changed then
   */
  void change(Subscription subscription, String price, String idempotencyKey);

  /** Ends it at once, for good, and nothing is charged any more. One that has ended stays so. */
  void end(Subscription subscription);

  /**
   * What is to be paid for.
   *
   * @param customer the provider's name for the user, where it has one
   * @param price the provider's name for what is to be bought
   * @param amount what it costs, as far as we know; what the provider has for the price goes before
   *     it
   * @param paid where the provider's page leads when it was paid
   * @param left where it leads when it was not
   * @param idempotencyKey of two calls with the same one, one counts
   */
  record Order(
      UserId user,
      EmailAddress email,
      Optional<String> customer,
      Plan plan,
      String price,
      Optional<Money> amount,
      URI paid,
      URI left,
      String idempotencyKey) {
    public Order {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(email, "email");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(price, "price");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(paid, "paid");
      Objects.requireNonNull(left, "left");
      Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }
  }

  /**
   * The owner's means of payment did not take it; the message is for the log, and repeats nothing
   * secret.
   */
  final class DeclinedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the log, and what it came from. */
    public DeclinedException(String message, Throwable cause) {
      super(message, cause);
    }

    /** With a message for the log. */
    public DeclinedException(String message) {
      super(message);
    }
  }
}
