package io.contentcrew.adapters.security;

import java.util.Random;

/** Texts that are nearly right. The same random numbers give the same texts. */
final class Mutations {
  private static final String LIKELY =
      "ABCXYZabcxyz0123456789-_.=$,{}[]\":\\/+ \t\n\r\0\u0080\u00E9\u0130\u4E00\uD83D\uDD10\uFEFF";

  private Mutations() {}

  /** {@code text} after one to four changes; now and then none that shows. */
  static String of(Random random, String text, String other) {
    String changed = text;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      changed = once(random, changed, other);
    }
    return changed;
  }

  private static String once(Random random, String text, String other) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(6));
    String head = text.substring(0, from);
    String tail = text.substring(to);
    return switch (random.nextInt(8)) {
      case 0 -> head + tail; // something is missing
      case 1 -> head + noise(random, to - from) + tail;
      case 2 -> head + noise(random, random.nextInt(3)) + text.substring(from);
      case 3 -> head + text.substring(from, to).repeat(2) + tail;
      case 4 -> head + other.substring(Math.min(from, other.length()));
      case 5 -> head + flipped(random, text.substring(from, to)) + tail;
      case 6 -> tail + head; // turned round
      default -> head + text.substring(from, to).toUpperCase(java.util.Locale.ROOT) + tail;
    };
  }

  private static String flipped(Random random, String text) {
    StringBuilder flipped = new StringBuilder();
    text.chars().forEach(c -> flipped.append((char) (c ^ (1 << random.nextInt(8)))));
    return flipped.toString();
  }

  /** Characters that mean something to parsers, and any others. */
  static String noise(Random random, int length) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < length; i++) {
      noise.append(
          random.nextInt(4) > 0
              ? LIKELY.charAt(random.nextInt(LIKELY.length()))
              : (char) random.nextInt(0x10000));
    }
    return noise.toString();
  }
}
