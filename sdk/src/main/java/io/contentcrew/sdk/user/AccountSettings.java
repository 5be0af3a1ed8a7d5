package io.contentcrew.sdk.user;

import io.contentcrew.domain.tier.UsagePeriod;
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
 * @param guests whether somebody may try things out without an account
 * @param guestStay how long a guest is kept who does not sign up: an hour to {@link
 *     UsagePeriod#LONGEST_STAY}
 */
public record AccountSettings(
    Duration sessionLifetime,
    PasswordPolicy passwordPolicy,
    Duration erasureGrace,
    boolean signUpAtOnce,
    boolean guests,
    Duration guestStay) {
  public AccountSettings {
    Objects.requireNonNull(passwordPolicy, "passwordPolicy");
    if (sessionLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || sessionLifetime.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("a session lives for a minute to a year");
    }
    if (erasureGrace.isNegative() || erasureGrace.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("deleted accounts are kept for a year at most");
    }
    if (guestStay.compareTo(Duration.ofHours(1)) < 0
        || guestStay.compareTo(UsagePeriod.LONGEST_STAY) > 0) {
      throw new IllegalArgumentException(
          "guests are kept for an hour to " + UsagePeriod.LONGEST_STAY.toDays() + " days");
    }
  }

  /**
   * Sessions of 7 days, passwords of 12 characters at least, deleted accounts gone in 30 days;
   * addresses proved first where mail can be sent; guests, for 7 days.
   */
  public static AccountSettings standard() {
    return new AccountSettings(
        Duration.ofDays(7),
        PasswordPolicy.standard(),
        Duration.ofDays(30),
        false,
        true,
        Duration.ofDays(7));
  }

  /** A copy with sessions of that life. */
  public AccountSettings withSessionLifetime(Duration changed) {
    return new AccountSettings(
        changed, passwordPolicy, erasureGrace, signUpAtOnce, guests, guestStay);
  }

  /** A copy that allows those passwords. */
  public AccountSettings withPasswordPolicy(PasswordPolicy changed) {
    return new AccountSettings(
        sessionLifetime, changed, erasureGrace, signUpAtOnce, guests, guestStay);
  }

  /** A copy that keeps deleted accounts for so long. */
  public AccountSettings withErasureGrace(Duration changed) {
    return new AccountSettings(
        sessionLifetime, passwordPolicy, changed, signUpAtOnce, guests, guestStay);
  }

  /** A copy that makes accounts at once, or only when their address is proved. */
  public AccountSettings withSignUpAtOnce(boolean changed) {
    return new AccountSettings(
        sessionLifetime, passwordPolicy, erasureGrace, changed, guests, guestStay);
  }

  /** A copy with guests, who are kept for so long if they do not sign up, or without. */
  public AccountSettings withGuests(boolean allowed, Duration stay) {
    return new AccountSettings(
        sessionLifetime, passwordPolicy, erasureGrace, signUpAtOnce, allowed, stay);
  }
}
