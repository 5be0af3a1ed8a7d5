package io.contentcrew.domain.generation;

import java.util.Optional;

/**
 * The name that an owner gives a job: one line of 1 to {@value #MAX_LENGTH} code points, cleaned as
 * all free text is.
 */
public record Title(String value) {
  /** The longest title, in code points. */
  public static final int MAX_LENGTH = 200;

  public Title {
    value = FreeText.clean(value);
    if (value.isEmpty() || FreeText.length(value) > MAX_LENGTH || !isOneLine(value)) {
      throw new IllegalArgumentException(
          "a title is one line of 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** The title that {@code text} makes; empty if it makes none. */
  public static Optional<Title> parse(String text) {
    try {
      return Optional.of(new Title(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isOneLine(String text) {
    return text.chars().noneMatch(c -> c == '\n' || c == '\t' || c == '\u2028' || c == '\u2029');
  }

  @Override
  public String toString() {
    return value;
  }
}
