package io.contentcrew.adapters.export;

/**
 * What exports may take; together the bound of their memory, as a document is built in memory and
 * takes far more memory than the text has characters.
 *
 * @param maxCharacters of all texts of a piece together; a larger one is refused
 * @param parallel documents that are built at the same time; others wait, and are refused when that
 *     takes too long
 */
public record ExportConfig(int maxCharacters, int parallel) {
  public ExportConfig {
    if (maxCharacters < 1) {
      throw new IllegalArgumentException(
          "maxCharacters is " + maxCharacters + ": must be positive");
    }
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel is " + parallel + ": must be positive");
    }
  }

  /** Pieces of up to 200,000 characters, two documents at a time. */
  public static ExportConfig standard() {
    return new ExportConfig(200_000, 2);
  }

  /** The same, but for pieces of that many characters. */
  public ExportConfig withMaxCharacters(int given) {
    return new ExportConfig(given, parallel);
  }

  /** The same, but with that many documents at a time. */
  public ExportConfig withParallel(int given) {
    return new ExportConfig(maxCharacters, given);
  }
}
