package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * A network that posts are written for: how it counts, how long a post may be, and how much of it
 * is seen before a reader asks for more.
 *
 * <p>Limits: X counts as its twitter-text does ({@link XText}); the others' are those that they
 * enforce when a longer post is sent.
 *
 * <p>Folds are no promise of the networks: each folds after a number of lines, which depends on the
 * device. 210, 477 and 125 are what writers go by. A line feed uses up a line, so a post of short
 * lines folds earlier.
 */
public enum Network {
  LINKEDIN(ArtifactChecks.MAX_LINKEDIN, 210),
  X(XText.MAX_WEIGHTED_LENGTH, 0),
  FACEBOOK(ArtifactChecks.MAX_FACEBOOK, 477),
  INSTAGRAM(ArtifactChecks.MAX_INSTAGRAM, 125);

  private final int limit;
  private final int foldAt;

  Network(int limit, int foldAt) {
    this.limit = limit;
    this.foldAt = foldAt;
  }

  /** The length of the text as this network counts; what {@link #limit()} is compared with. */
  public int count(String text) {
    return this == X ? XText.weightedLength(text) : text.length();
  }

  /** How much a post may count. */
  public int limit() {
    return limit;
  }

  /** Code points that are seen of a longer post before "more"; empty where all of it is seen. */
  public OptionalInt foldAt() {
    return foldAt == 0 ? OptionalInt.empty() : OptionalInt.of(foldAt);
  }

  /** The name in lower case, as it goes over the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
