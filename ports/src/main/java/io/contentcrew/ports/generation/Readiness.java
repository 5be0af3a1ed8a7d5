package io.contentcrew.ports.generation;

import java.time.Duration;
import java.util.Optional;

/** Whether a model can be asked. */
public sealed interface Readiness {
  /** It can. */
  record Ready() implements Readiness {}

  /**
   * Its server is there, but does not have the model.
   *
   * @param remedy what to do, for example the command that fetches it
   */
  record ModelMissing(String remedy) implements Readiness {}

  /**
   * Its server cannot be used now.
   *
   * @param reason what was tried, and what to do
   * @param retryAfter when it is worth asking again, where that is known
   */
  record Unavailable(String reason, Optional<Duration> retryAfter) implements Readiness {}
}
