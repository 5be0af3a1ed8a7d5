package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.sdk.generation.SubmitGeneration.Matter;
import io.contentcrew.sdk.generation.SubmitGeneration.Submission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a job again that is over and has not brought all it should have: a new job with the same
 * brief and title, for the formats that are not there. The job stays as it is. Safe for use by many
 * threads.
 */
public final class RetryGeneration {
  private final SubmitGeneration submitGeneration;

  RetryGeneration(SubmitGeneration submitGeneration) {
    this.submitGeneration = submitGeneration;
  }

  /**
   * What is asked for.
   *
   * @param of the job that is to be tried again
   * @param idempotencyKey as with {@link SubmitGeneration.Request}; without one it is the job, so
   *     that a job is tried again once, whoever presses twice
   */
  public record Request(UserId user, JobId of, Optional<String> idempotencyKey) {
    public Request {
      idempotencyKey.ifPresent(SubmitGeneration::checkKey);
    }
  }

  /** What became of a request. */
  public sealed interface Outcome {
    /**
     * There is a job that tries again.
     *
     * @param replayed whether it was there before, under the same idempotency key
     */
    record Accepted(Job job, boolean replayed) implements Outcome {}

    /** There is none, and nothing was stored. */
    sealed interface Refused extends Outcome {}

    /** It was refused as any job might have been. */
    record NotSubmitted(SubmitGeneration.Outcome.Refused reason) implements Refused {}

    /** The user has no such job. */
    record NoSuchJob() implements Refused {}

    /** The job waits or runs. */
    record StillActive() implements Refused {}

    /** All pieces are there. */
    record NothingMissing() implements Refused {}

    /** The job is a revision: revise the piece again, from what is its newest version by now. */
    record OfRevision(JobId of) implements Refused {}
  }

  /**
   * Submits what is missing.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had; nothing was
   *     submitted, as far as can be known: with an idempotency key it is safe to submit again
   */
  public Outcome retry(Request request) {
    Submission wanted =
        new Submission(
            request.user,
            "retry\n" + request.of,
            Optional.of(request.idempotencyKey.orElse("retry-" + request.of)),
            stores -> matter(stores, request));
    try {
      return switch (submitGeneration.submit(wanted)) {
        case SubmitGeneration.Outcome.Accepted(Job job, boolean replayed) ->
            new Outcome.Accepted(job, replayed);
        case SubmitGeneration.Outcome.Refused refused -> new Outcome.NotSubmitted(refused);
      };
    } catch (Refusal e) {
      return e.outcome;
    }
  }

  /** What has ended never changes, so the job needs no lock. */
  private static Matter matter(Stores stores, Request request) {
    Job job =
        stores
            .jobs()
            .find(request.of, request.user)
            .orElseThrow(() -> new Refusal(new Outcome.NoSuchJob()));
    if (job.revision().isPresent()) {
      throw new Refusal(new Outcome.OfRevision(job.revision().get().of()));
    }
    if (!job.status().isFinal()) {
      throw new Refusal(new Outcome.StillActive());
    }
    Set<Format> missing = EnumSet.noneOf(Format.class);
    for (Format format : job.brief().formats()) {
      if (!(job.results().get(format) instanceof FormatResult.Ready)) {
        missing.add(format);
      }
    }
    if (missing.isEmpty()) {
      throw new Refusal(new Outcome.NothingMissing());
    }
    return new Matter(job.brief().withFormats(missing), job.title(), Optional.empty());
  }

  /** Undoes what the submit has written so far. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome.Refused outcome;

    Refusal(Outcome.Refused outcome) {
      super(null, null, false, false);
      this.outcome = outcome;
    }
  }
}
