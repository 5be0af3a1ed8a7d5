package io.contentcrew.domain.tier;

import java.util.regex.Pattern;

/**
 * Names a tier, for example {@code free}: 1 to 32 lower-case letters, digits, {@code -} or {@code
 * _}.
 */
public record TierId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** The tier of whoever has no subscription. */
  public static final TierId FREE = new TierId("free");

  public TierId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a tier is named by 1 to 32 lower-case letters, digits, - or _");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
