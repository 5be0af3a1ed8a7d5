package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** How a version of a piece came about. */
public enum Origin {
  /** The crew wrote it from the brief. */
  WRITTEN,
  /** An agent wrote it anew from the version before it, because the reader asked for that. */
  REVISED,
  /** Its owner changed it. */
  EDITED,
  /** Its owner took an older version up again. */
  RESTORED;

  /** The name in lower case, as it goes over the wire and into stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The origin of that wire name. */
  public static Optional<Origin> ofWireName(String wireName) {
    for (Origin origin : values()) {
      if (origin.wireName().equals(wireName)) {
        return Optional.of(origin);
      }
    }
    return Optional.empty();
  }
}
