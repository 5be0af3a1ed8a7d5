package io.contentcrew.sdk.user;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers devices from which an account's owner has signed in before: what strangers try does not
 * count against them (OWASP: device cookies). What a device keeps names nobody: a random name of
 * the device, a day, and a seal over both, the account and its password's hash.
 */
final class KnownDevices {
  private static final String PURPOSE = "known-device";
  private static final Pattern SHAPE =
      Pattern.compile("([A-Za-z0-9_-]{43})\\.(\\d{1,6})\\.([A-Za-z0-9_-]{43})");

  private final Seals seals;

  KnownDevices(Seals seals) {
    this.seals = seals;
  }

  /**
   * For a device from which the owner of the account has just signed in; empty where there is no
   * password to try.
   *
   * @param known its name, if it has one already
   */
  Optional<Secret> issue(Account account, Optional<String> known, Instant now) {
    String name = known.orElseGet(Ids::token);
    long day = day(now);
    return text(name, day, account)
        .map(text -> Secret.of(name + "." + day + "." + seals.seal(PURPOSE, text)));
  }

  /** The device's name, if it is known to belong to the owner of that account. */
  Optional<String> read(String device, Account account, Instant now) {
    Matcher parts = SHAPE.matcher(device);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String name = parts.group(1);
    long day = Long.parseLong(parts.group(2));
    boolean known =
        text(name, day, account)
                .filter(text -> seals.isGenuine(PURPOSE, text, parts.group(3)))
                .isPresent()
            && day(now) - day <= NewSession.DEVICE_KNOWN.toDays();
    return known ? Optional.of(name) : Optional.empty();
  }

  /** With the password's hash: who knew an earlier password has no device any more. */
  private static Optional<String> text(String name, long day, Account account) {
    return account
        .passwordHash()
        .map(hash -> name + "." + day + "." + account.user().id() + "." + hash.value());
  }

  private static long day(Instant now) {
    return now.getEpochSecond() / Duration.ofDays(1).toSeconds();
  }
}
