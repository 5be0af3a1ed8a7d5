package io.contentcrew.domain.user;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be chosen: long enough, not absurdly long, and not the account's own name or
 * address. There are no rules of composition (OWASP ASVS 5.0, 6.2.5), and nothing is trimmed,
 * folded or cut (6.2.8).
 *
 * @param minLength the shortest password, in code points; at least {@value #FLOOR} (ASVS 6.2.1)
 */
public record PasswordPolicy(int minLength) {
  /** No configuration may allow passwords shorter than this. */
  public static final int FLOOR = 8;

  /** The longest password, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  public PasswordPolicy {
    if (minLength < FLOOR || minLength > 128) {
      throw new IllegalArgumentException(
          "the shortest password must have " + FLOOR + " to 128 characters");
    }
  }

  /** Twelve characters at least. */
  public static PasswordPolicy standard() {
    return new PasswordPolicy(12);
  }

  /**
   * What is wrong with {@code password} for this account, as a sentence for its owner; empty when
   * it may be used.
   */
  public Optional<String> objection(String password, EmailAddress email, String name) {
    int bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password)).remaining();
    } catch (CharacterCodingException e) {
      return Optional.of("The password holds half a character (an unpaired surrogate).");
    }
    if (bytes > MAX_BYTES) {
      return Optional.of("The password is longer than " + MAX_BYTES + " bytes.");
    }
    if (password.codePointCount(0, password.length()) < minLength) {
      return Optional.of("The password needs at least " + minLength + " characters.");
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (lower.equals(email.value()) || password.equalsIgnoreCase(name.strip())) {
      return Optional.of("The password must not be your name or your e-mail address.");
    }
    if (password.codePoints().distinct().count() < 3) {
      return Optional.of("The password repeats the same characters only.");
    }
    return Optional.empty();
  }
}
