package io.contentcrew.domain.generation;

import java.util.regex.Pattern;

/**
 * Names what generates, for example {@code ollama} or {@code offline}: 1 to 32 lower-case letters,
 * digits and {@code -}.
 */
public record EngineName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public EngineName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an engine is named by 1 to 32 lower-case letters, digits and -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
