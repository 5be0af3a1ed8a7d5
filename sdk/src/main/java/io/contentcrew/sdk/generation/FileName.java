package io.contentcrew.sdk.generation;

import java.text.Normalizer;
import java.util.Locale;

/** Names for files that people take away, which every file system and shell can take. */
final class FileName {
  private static final int MAX_LENGTH = 60;

  private FileName() {}

  /**
   * The text as part of a name: letters and digits of any script in lower case, all else as single
   * hyphens; {@code piece} if nothing of it remains.
   */
  static String of(String text) {
    String name =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "-");
    int end =
        name.offsetByCodePoints(0, Math.min(name.codePointCount(0, name.length()), MAX_LENGTH));
    String slug = name.substring(0, end).replaceAll("^[\\p{M}-]+|-+$", "");
    return slug.isEmpty() ? "piece" : slug;
  }
}
