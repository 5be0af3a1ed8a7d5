package io.contentcrew.ports;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.subscription.PaymentProviderName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Is told what happens, for metrics and traces. Every method does nothing unless it is overridden;
 * all are called on the thread that does the work, so they must be quick, safe for use by many
 * threads, and must not throw. No prompt and no text is passed.
 */
public interface CrewObserver {
  /** Observes nothing. */
  static CrewObserver none() {
    return new CrewObserver() {};
  }

  /** A job was admitted and stored. */
  default void jobSubmitted(Job job) {}

  /** A job was refused, with the code the caller gets. */
  default void jobRefused(String code) {}

  /** An instance has taken a job up; {@code waited} since it was submitted. */
  default void jobStarted(Job job, Duration waited) {}

  /** A job has reached its final state. */
  default void jobEnded(Job job) {}

  /** The first text of a job came {@code after} its start. */
  default void firstText(Job job, Duration after) {}

  /**
   * A call of a model has ended; exactly one of {@code completion} and {@code failure} is there.
   */
  default void modelCalled(
      EngineName engine,
      ModelName model,
      Task task,
      Duration took,
      Optional<Completion> completion,
      Optional<Failure> failure) {}

  /** An answer did not pass the checks and was asked for again. */
  default void askedAgain(Task task, List<Finding> findings) {}

  /** A piece was taken from the cache, or was looked for in vain. */
  default void cacheLookedUp(boolean hit) {}

  /** Events were written to the store in one go. */
  default void eventsFlushed(int jobs, int entries, Duration took) {}

  /** A piece is ready. */
  default void artifactReady(Job job, Format format) {}

  /**
   * A delivery of a payment provider was dealt with.
   *
   * @param type the provider's word for what has happened; empty where it is not known
   * @param outcome what became of it, in a word
   */
  default void webhookHandled(PaymentProviderName provider, String type, String outcome) {}
}
