package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.PasswordPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * Rules for accounts.
 *
 * @param sessionLifetime of sessions and of their tokens: a minute to a year
 * @param passwordPolicy which passwords may be chosen
 * @param erasureGrace how long the data of a deleted account is kept, unless its owner wants it
 *     gone at once: nothing to a year
 * @param signUpAtOnce whether there is an account before its address is proved, also where mail
 *     could be sent to prove it
 */
public record AccountSettings(
    Duration sessionLifetime,
    PasswordPolicy passwordPolicy,
    Duration erasureGrace,
    boolean signUpAtOnce) {
  public AccountSettings {
    Objects.requireNonNull(passwordPolicy, "passwordPolicy");
    if (sessionLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || sessionLifetime.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("a session lives for a minute to a year");
    }
    if (erasureGrace.isNegative() || erasureGrace.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("deleted accounts are kept for a year at most");
    }
  }

  /**
   * Sessions of 7 days, passwords of 12 characters at least, deleted accounts gone in 30 days;
   * addresses proved first where mail can be sent.
   */
  public static AccountSettings standard() {
    return new AccountSettings(
        Duration.ofDays(7), PasswordPolicy.standard(), Duration.ofDays(30), false);
  }

  /** A copy with sessions of that life. */
  public AccountSettings withSessionLifetime(Duration changed) {
    return new AccountSettings(changed, passwordPolicy, erasureGrace, signUpAtOnce);
  }

  /** A copy that allows those passwords. */
  public AccountSettings withPasswordPolicy(PasswordPolicy changed) {
    return new AccountSettings(sessionLifetime, changed, erasureGrace, signUpAtOnce);
  }

  /** A copy that keeps deleted accounts for so long. */
  public AccountSettings withErasureGrace(Duration changed) {
    return new AccountSettings(sessionLifetime, passwordPolicy, changed, signUpAtOnce);
  }

  /** A copy that makes accounts at once, or only when their address is proved. */
  public AccountSettings withSignUpAtOnce(boolean changed) {
    return new AccountSettings(sessionLifetime, passwordPolicy, erasureGrace, changed);
  }
}
