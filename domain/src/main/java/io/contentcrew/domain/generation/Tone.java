package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** How a piece should sound. */
public enum Tone {
  PROFESSIONAL("clear and professional"),
  FRIENDLY("warm and friendly, as to a good neighbour"),
  CASUAL("relaxed and conversational"),
  PERSUASIVE("persuasive, with honest reasons"),
  INSPIRING("encouraging and vivid"),
  HUMOROUS("light and witty, never at anybody's cost"),
  ACADEMIC("precise and measured, explaining every term");

  private final String description;

  Tone(String description) {
    this.description = description;
  }

  /** What a writer is told. */
  public String description() {
    return description;
  }

  /** The name in lower case, as it goes over the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tone of that wire name. */
  public static Optional<Tone> ofWireName(String wireName) {
    for (Tone tone : values()) {
      if (tone.wireName().equals(wireName)) {
        return Optional.of(tone);
      }
    }
    return Optional.empty();
  }
}
