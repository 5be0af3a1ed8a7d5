package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.EditedArtifact;
import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.sdk.Now;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets owners change their pieces, and take older versions up again. Nothing is overwritten: what
 * was there stays as a version. Free of charge. Safe for use by many threads.
 */
public final class EditArtifact {
  private final Transactions transactions;
  private final InstantSource clock;

  EditArtifact(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /**
     * The piece says what was wanted.
     *
     * @param artifact its newest version: a new one, unless the newest had said the same before
     */
    record Done(Job job, StoredArtifact artifact) implements Outcome {}

    /** Somebody has made a newer version than the one that was changed; look at that first. */
    record Outdated(int newest) implements Outcome {}

    /** An agent is about to write the next version; wait for it, or cancel that job. */
    record UnderRevision(JobId revision) implements Outcome {}

    /** The piece cannot be kept as it is. */
    record Invalid(List<EditedArtifact.Problem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }

    /** The job is a revision: its piece is one of the job that it revises. */
    record OfRevision(JobId of) implements Outcome {}

    /** There is no such version of the piece, or not any more. */
    record NoSuchVersion() implements Outcome {}

    /** The user has no such job, or the job has no such piece, or not yet. */
    record NoSuchPiece() implements Outcome {}
  }

  /**
   * Makes {@code changed} the next version of the piece of its format. Idempotent: where the newest
   * version says the same already, it stays the newest.
   *
   * @param baseVersion the version that was changed
   */
  public Outcome edit(JobId id, UserId owner, int baseVersion, Artifact changed) {
    Artifact clean = EditedArtifact.cleaned(changed);
    List<EditedArtifact.Problem> problems = EditedArtifact.problems(clean);
    if (!problems.isEmpty()) {
      return new Outcome.Invalid(problems);
    }
    List<Finding> notes = EditedArtifact.notes(clean);
    return next(
        id,
        owner,
        clean.format(),
        found -> {
          StoredArtifact newest = found.newest;
          if (newest.artifact().equals(clean)) {
            return new Step.Same();
          }
          return newest.version() == baseVersion
              ? new Step.Add(newest.edited(clean, notes, found.now))
              : new Step.No(new Outcome.Outdated(newest.version()));
        });
  }

  /**
   * Makes a next version of the piece that says what {@code version} did. Where the newest one says
   * that already, it stays the newest.
   */
  public Outcome restore(JobId id, UserId owner, Format format, int version) {
    return next(
        id,
        owner,
        format,
        found -> {
          Optional<StoredArtifact> older = found.stores.artifacts().find(id, format, version);
          if (older.isEmpty()) {
            return new Step.No(new Outcome.NoSuchVersion());
          }
          return found.newest.artifact().equals(older.get().artifact())
              ? new Step.Same()
              : new Step.Add(found.newest.restored(older.get(), found.now));
        });
  }

  /** What a change is decided by. */
  private record Found(Stores stores, StoredArtifact newest, Instant now) {}

  /** What is to be done. */
  private sealed interface Step {
    record Add(StoredArtifact next) implements Step {}

    record Same() implements Step {}

    record No(Outcome outcome) implements Step {}
  }

  /** Holds the job, as submits of revisions do, so that versions are added one by one. */
  private Outcome next(JobId id, UserId owner, Format format, Function<Found, Step> change) {
    Instant now = Now.by(clock);
    return transactions.inTransaction(
        stores -> {
          Optional<Job> job = stores.jobs().lock(id).filter(any -> any.owner().equals(owner));
          if (job.isEmpty()) {
            return new Outcome.NoSuchPiece();
          }
          if (job.get().revision().isPresent()) {
            return new Outcome.OfRevision(job.get().revision().get().of());
          }
          // before the newest version is read: a revision that is over by now has added it
          Optional<JobId> revision = stores.jobs().revisionUnderWay(id, format);
          Optional<StoredArtifact> newest = stores.artifacts().find(id, format);
          if (newest.isEmpty()) {
            return new Outcome.NoSuchPiece();
          }
          return switch (change.apply(new Found(stores, newest.get(), now))) {
            case Step.Same() -> new Outcome.Done(job.get(), newest.get());
            case Step.No(Outcome no) -> no;
            case Step.Add(StoredArtifact next) -> add(stores, job.get(), revision, next);
          };
        });
  }

  private static Outcome add(
      Stores stores, Job job, Optional<JobId> revision, StoredArtifact next) {
    Format format = next.artifact().format();
    if (revision.isPresent()) {
      return new Outcome.UnderRevision(revision.get());
    }
    stores.artifacts().add(job.id(), next);
    stores.artifacts().trim(job.id(), format, PieceVersion.MOST_KEPT);
    return new Outcome.Done(job, next);
  }
}
