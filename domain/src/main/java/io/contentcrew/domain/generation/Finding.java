package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check has to say about a model's answer.
 *
 * @param check the name of the check, for example {@code article.sections}
 * @param message what is wrong and what would be right, for the model as much as for a person
 */
public record Finding(Severity severity, String check, String message) {
  /** How much a finding weighs. */
  public enum Severity {
    /**
     * The answer cannot be delivered: it is asked for again, and if the finding stays, the format
     * fails.
     */
    FATAL,
    /**
     * The answer could be better. It is delivered with the finding as a note; if it is asked for
     * again for graver reasons, this is named too.
     */
    WEAK,
    /** Worth telling the reader. */
    NOTE;

    /** The name in lower case, as it goes over the wire and into stores. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that wire name. */
    public static Optional<Severity> ofWireName(String wireName) {
      for (Severity severity : values()) {
        if (severity.wireName().equals(wireName)) {
          return Optional.of(severity);
        }
      }
      return Optional.empty();
    }
  }

  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(message, "message");
  }

  static Finding fatal(String check, String message) {
    return new Finding(Severity.FATAL, check, message);
  }

  static Finding weak(String check, String message) {
    return new Finding(Severity.WEAK, check, message);
  }

  static Finding note(String check, String message) {
    return new Finding(Severity.NOTE, check, message);
  }
}
