package io.contentcrew.ports.user;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who the users are at identity providers. */
public interface Identities {
  /**
   * Links an identity to an account, which must exist. Atomic: an identity belongs to one account,
   * and an account has one identity at each provider.
   *
   * @return whether it is linked to that account now, or was already; false if it is linked to
   *     another one, or the account has another identity there
   */
  boolean link(UserId user, Identity identity, Instant now);

  /** Whose identity it is, in whatever state the account is. */
  Optional<UserId> find(Identity identity);

  /** The identities of an account, the oldest first. */
  List<Linked> list(UserId user);

  /** Takes the identity at that provider off the account. Returns whether there was one. */
  boolean unlink(UserId user, ProviderName provider);

  /** Takes all identities off the account. Returns how many there were. */
  int unlinkAll(UserId user);

  /** An identity and since when it is linked. */
  record Linked(Identity identity, Instant since) {}
}
