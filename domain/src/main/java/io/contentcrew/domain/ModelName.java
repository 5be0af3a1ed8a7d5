package io.contentcrew.domain;

import java.util.regex.Pattern;

/**
 * Names a model as its server knows it, for example {@code llama3.2:1b} or {@code
 * registry/team/model:tag}: 1 to 200 letters, digits and {@code . _ : / @ -}, beginning with a
 * letter or digit.
 */
public record ModelName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}");

  public ModelName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a model is named by 1 to 200 letters, digits and . _ : / @ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
