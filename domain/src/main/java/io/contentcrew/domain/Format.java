package io.contentcrew.domain;

import java.util.Locale;
import java.util.Optional;

/** A kind of piece that the crew makes from a topic. */
public enum Format {
  /** A blog post. */
  BLOG,
  /** Posts for LinkedIn, X, Facebook and Instagram. */
  SOCIAL,
  /** A script to be read aloud. */
  AUDIO,
  /** A script of scenes to be filmed. */
  VIDEO;

  /** The name in lower case, as it goes over the wire and into stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that wire name. */
  public static Optional<Format> ofWireName(String wireName) {
    for (Format format : values()) {
      if (format.wireName().equals(wireName)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
