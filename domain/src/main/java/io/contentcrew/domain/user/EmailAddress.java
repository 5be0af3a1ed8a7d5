package io.contentcrew.domain.user;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form that identifies an account: trimmed and in lower case. It is
 * checked for shape only; whether mail arrives there is for a verification mail to show.
 */
public record EmailAddress(String value) {
  /**
   * The longest address, in characters (RFC 5321 section 4.5.3.1.3 allows 254 between the angle
   * brackets).
   */
  public static final int MAX_LENGTH = 254;

  private static final Pattern SHAPE =
      Pattern.compile(
          "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?"
              + "(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+");

  /** Normalises and checks the address; the exception's message does not repeat it. */
  public EmailAddress {
    value = value.strip();
    if (value.length() <= MAX_LENGTH) { // a long run of dotted capital I would take minutes to fold
      value = value.toLowerCase(Locale.ROOT);
    }
    if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("an e-mail address looks like name@example.com");
    }
  }

  /** The address in {@code text}, or empty when it is none. */
  public static Optional<EmailAddress> parse(String text) {
    try {
      return Optional.of(new EmailAddress(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
