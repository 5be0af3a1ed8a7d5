package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.Session;
import io.contentcrew.ports.Secret;
import java.time.Duration;

/** That it is really the owner who asks for something that cannot be undone. */
public sealed interface Proof {
  /** How long after signing in {@link RecentSignIn} counts. */
  Duration RECENT = Duration.ofMinutes(10);

  /** The account's password. */
  record Password(Secret password) implements Proof {}

  /**
   * A session that began not longer than {@link #RECENT} ago. Where an account has a password, it
   * is enough for what gives access, and not for what takes it away.
   */
  record RecentSignIn(Session session) implements Proof {}

  /** The word of the application around this one, which has its own way to know. */
  record Vouched() implements Proof {}

  /** What a proof is worth. */
  enum Verdict {
    /** It is the owner. */
    PROVEN,
    /** It is not the password, or too many were tried lately. */
    WRONG_PASSWORD,
    /** The account has a password, and it must be given. */
    PASSWORD_NEEDED,
    /** The account has no password, so the owner must sign in once more. */
    SIGN_IN_NEEDED,
    /** It is a guest, who has no account yet to do that with. */
    SIGN_UP_NEEDED
  }
}
