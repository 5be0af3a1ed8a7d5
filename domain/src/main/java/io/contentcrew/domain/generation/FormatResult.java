package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What became of one format of a job. */
public sealed interface FormatResult {
  /** Nothing yet. */
  record Open() implements FormatResult {}

  /** The artifact is there. */
  record Ready() implements FormatResult {}

  /** There is none, and there will be none. */
  record Failed(Failure failure) implements FormatResult {
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }

  /** The name over the wire: {@code open}, {@code ready} or {@code failed}. */
  default String wireName() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** The failure, where it is one. */
  default Optional<Failure> reason() {
    return this instanceof Failed failed ? Optional.of(failed.failure) : Optional.empty();
  }
}
