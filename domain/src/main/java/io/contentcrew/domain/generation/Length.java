package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** How long a piece should be. */
public enum Length {
  SHORT(350, 1),
  MEDIUM(650, 2),
  LONG(1200, 4);

  /** Words that a speaker says in a minute who is easy to follow. */
  public static final int SPOKEN_WORDS_PER_MINUTE = 150;

  private final int articleWords;
  private final int spokenMinutes;

  Length(int articleWords, int spokenMinutes) {
    this.articleWords = articleWords;
    this.spokenMinutes = spokenMinutes;
  }

  /** Words that a blog post of this length aims at. */
  public int articleWords() {
    return articleWords;
  }

  /** Minutes that an audio or video script of this length aims at. */
  public int spokenMinutes() {
    return spokenMinutes;
  }

  /** Words in those minutes, at {@link #SPOKEN_WORDS_PER_MINUTE}. */
  public int spokenWords() {
    return spokenMinutes * SPOKEN_WORDS_PER_MINUTE;
  }

  /** The name in lower case, as it goes over the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The length of that wire name. */
  public static Optional<Length> ofWireName(String wireName) {
    for (Length length : values()) {
      if (length.wireName().equals(wireName)) {
        return Optional.of(length);
      }
    }
    return Optional.empty();
  }
}
