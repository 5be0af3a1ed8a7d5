package io.contentcrew.adapters.stripe;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The header {@code t=<seconds>,v1=<hex>[,v1=<hex>...]}. Read strictly: where libraries differ in
 * what they make of a header, it is refused. Schemes other than {@code v1} count for nothing, so
 * that nobody can choose a weaker one.
 *
 * @param time as it was sent, for that is what was signed
 * @param second the same as a number
 * @param signatures at least one
 */
record SignatureHeader(String time, long second, List<byte[]> signatures) {
  /** Room for more signatures than Stripe has ever sent; a longer header is not even looked at. */
  private static final int LONGEST = 4_096;

  private static final int MOST_DIGITS = 12;
  private static final int SIGNATURE_DIGITS = 64;

  /** The header, if it is one. */
  static Optional<SignatureHeader> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String time = "";
    List<byte[]> signatures = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || !isVisible(part)) {
        return Optional.empty();
      }
      String value = part.substring(equals + 1);
      switch (part.substring(0, equals)) {
        case "t" -> {
          if (!time.isEmpty() || !isTime(value)) {
            return Optional.empty();
          }
          time = value;
        }
        case "v1" -> {
          if (!isSignature(value)) {
            return Optional.empty();
          }
          signatures.add(HexFormat.of().parseHex(value));
        }
        default -> {} // v0, which Stripe adds in test mode, and whatever comes after v1
      }
    }
    if (time.isEmpty() || signatures.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new SignatureHeader(time, Long.parseLong(time), signatures));
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private static boolean isTime(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9'); // Character.isDigit knows many more
  }

  private static boolean isSignature(String text) {
    return text.length() == SIGNATURE_DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
