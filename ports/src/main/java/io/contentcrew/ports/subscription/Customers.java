package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/** Under which names payment providers know our users. */
public interface Customers {
  /**
   * Says that a user is that customer. Nothing happens if somebody is that customer already, unless
   * they have deleted their account: providers know people by their e-mail addresses, under which
   * somebody may sign up again. The user must exist.
   *
   * @return whether it was not known before
   */
  boolean link(PaymentProviderName provider, String customer, UserId user, Instant now);

  /** Forgets a customer whom the provider does not know any more. */
  void unlink(PaymentProviderName provider, String customer);

  /** Who that customer is; also somebody who has deleted their account. */
  Optional<UserId> find(PaymentProviderName provider, String customer);

  /** Which customer the user is; of several the one that was linked last. */
  Optional<String> of(PaymentProviderName provider, UserId user);
}
