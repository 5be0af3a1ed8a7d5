package io.contentcrew.domain.generation;

/**
 * Folds texts of any length. {@link String#toLowerCase(java.util.Locale)} grows its result bit by
 * bit where a letter becomes two, so that a long run of dotted capital I takes minutes.
 */
final class LowerCase {
  private LowerCase() {}

  /** The text with every letter replaced by its own lower-case letter. */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
    return out.toString();
  }
}
