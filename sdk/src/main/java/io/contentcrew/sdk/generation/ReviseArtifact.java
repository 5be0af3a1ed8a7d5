package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.sdk.generation.SubmitGeneration.Matter;
import io.contentcrew.sdk.generation.SubmitGeneration.Submission;
import java.util.Optional;
import java.util.Set;

/**
 * Has one piece of a job written anew, as its reader wishes, while the others stay as they are. The
 * revision is a job of its own: it waits, runs, is watched, stopped and counted like any other, and
 * what comes of it is the next version of the piece. Safe for use by many threads.
 */
public final class ReviseArtifact {
  private final SubmitGeneration submitGeneration;

  ReviseArtifact(SubmitGeneration submitGeneration) {
    this.submitGeneration = submitGeneration;
  }

  /**
   * What is asked for.
   *
   * @param of the job whose piece it is
   * @param note what is to be changed, up to {@value Revision#MAX_NOTE} code points; empty for
   *     another try
   * @param idempotencyKey as with {@link SubmitGeneration.Request}
   */
  public record Request(
      UserId user,
      JobId of,
      Format format,
      Optional<String> note,
      Optional<String> idempotencyKey) {
    public Request {
      note = Revision.cleaned(note);
      idempotencyKey.ifPresent(SubmitGeneration::checkKey);
    }

    /** A request without an idempotency key. */
    public static Request of(UserId user, JobId of, Format format, String note) {
      return new Request(user, of, format, Optional.of(note), Optional.empty());
    }
  }

  /** What became of a request. */
  public sealed interface Outcome {
    /**
     * There is a job that revises the piece.
     *
     * @param replayed whether it was there before, under the same idempotency key
     */
    record Accepted(Job job, boolean replayed) implements Outcome {}

    /** There is none, and nothing was stored. */
    sealed interface Refused extends Outcome {}

    /** It was refused as any job might have been. */
    record NotSubmitted(SubmitGeneration.Outcome.Refused reason) implements Refused {}

    /** The user has no such job, or the job has no such piece, or not yet. */
    record NoSuchPiece() implements Refused {}

    /** The job is a revision itself: its piece is one of the job that it revises. */
    record OfRevision(JobId of) implements Refused {}

    /** Another revision of the piece waits or runs; one at a time. */
    record UnderWay(JobId revision) implements Refused {}
  }

  /**
   * Submits the revision of the newest version.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had; nothing was
   *     submitted, as far as can be known: with an idempotency key it is safe to submit again
   */
  public Outcome revise(Request request) {
    Submission wanted =
        new Submission(
            request.user, fingerprint(request), request.idempotencyKey, new Original(request));
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

  private static String fingerprint(Request request) {
    return String.join(
        "\n", "revise", request.of.toString(), request.format.wireName(), request.note.orElse(""));
  }

  /** The job is held until the end, so that two revisions of a piece cannot both find it free. */
  private record Original(Request request) implements SubmitGeneration.Source {
    @Override
    public void hold(Stores stores) {
      if (stores
          .jobs()
          .find(request.of, request.user)
          .isPresent()) { // nobody holds what is others'
        stores.jobs().lock(request.of);
      }
    }

    @Override
    public Matter find(Stores stores) {
      return matter(stores, request);
    }
  }

  private static Matter matter(Stores stores, Request request) {
    Job original =
        stores
            .jobs()
            .find(request.of, request.user)
            .orElseThrow(() -> new Refusal(new Outcome.NoSuchPiece()));
    if (original.revision().isPresent()) {
      throw new Refusal(new Outcome.OfRevision(original.revision().get().of()));
    }
    StoredArtifact newest =
        stores
            .artifacts()
            .find(request.of, request.format)
            .orElseThrow(() -> new Refusal(new Outcome.NoSuchPiece()));
    Optional<JobId> other = stores.jobs().revisionUnderWay(request.of, request.format);
    if (other.isPresent()) {
      throw new Refusal(new Outcome.UnderWay(other.get()));
    }
    Brief brief = original.brief().withFormats(Set.of(request.format));
    return new Matter(
        brief,
        Optional.empty(),
        Optional.of(new Revision(request.of, request.format, newest.version(), request.note)));
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
