package io.contentcrew.domain.user;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which passwords may be chosen: long enough, not absurdly long, and not what is guessed first,
 * which is a common password, the product's name, or the account's own name or address, with or
 * without a few digits and marks around it. There are no rules of composition (OWASP ASVS 5.0,
 * 6.2.5), and nothing is trimmed, folded or cut (6.2.8): only for the comparison with such words
 * letters lose their case and their compatibility forms.
 *
 * @param minLength the shortest password, in code points; at least {@value #FLOOR} (ASVS 6.2.1)
 */
public record PasswordPolicy(int minLength) {
  /** No configuration may allow passwords shorter than this. */
  public static final int FLOOR = 8;

  /** The longest password, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  private static final Pattern HAS_LETTER = Pattern.compile("\\p{L}");
  private static final Pattern AROUND = Pattern.compile("^\\P{L}+|(?<!\\P{L})\\P{L}+$");

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
    if (password.codePoints().distinct().count() < 3) {
      return Optional.of("The password repeats the same characters only.");
    }
    return guessedFirst(password, email, name);
  }

  private static Optional<String> guessedFirst(String password, EmailAddress email, String name) {
    String folded = CommonPasswords.folded(password);
    String rest = OwnWords.of(email, name).takenFrom(folded);
    if (isCommon(folded)) {
      return Optional.of("The password is one of the first that anybody would try.");
    }
    boolean onlyWords = rest.length() < FLOOR && !HAS_LETTER.matcher(rest).find();
    if (rest.length() < folded.length() && (onlyWords || isCommon(rest))) {
      return Optional.of(
          "The password must be more than your name, your e-mail address or the name of this"
              + " service.");
    }
    return Optional.empty();
  }

  /** Whether it is on the list, as it is or without the few digits and marks around it. */
  private static boolean isCommon(String folded) {
    String bare = AROUND.matcher(folded).replaceAll("");
    return CommonPasswords.contains(folded)
        || (folded.length() - bare.length() < FLOOR && CommonPasswords.contains(bare));
  }
}
