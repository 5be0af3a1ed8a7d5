package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows users their jobs and pieces. Of other people's jobs it knows nothing. Safe for use by many
 * threads.
 */
public final class ReadJobs {
  private final Transactions transactions;

  ReadJobs(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A job with all that belongs to it. */
  public record View(Job job, List<JobTask> tasks, List<StoredArtifact> artifacts) {
    public View {
      tasks = List.copyOf(tasks);
      artifacts = List.copyOf(artifacts);
    }
  }

  /** A job of that owner. */
  public Optional<View> find(JobId id, UserId owner) {
    return transactions.read(
        stores ->
            stores
                .jobs()
                .find(id, owner)
                .map(job -> new View(job, stores.jobs().tasks(id), stores.artifacts().list(id))));
  }

  /** Jobs of that owner, the newest first. */
  public List<Job> page(UserId owner, Query query) {
    return transactions.read(stores -> stores.jobs().page(owner, query));
  }

  /** What an owner gets who asks for a piece. */
  public sealed interface Piece {
    /** The version that was asked for. */
    record Found(Job job, StoredArtifact artifact) implements Piece {}

    /** The job does not have it, or not yet. */
    record Missing(Job job) implements Piece {}

    /** The user has no such job. */
    record NoSuchJob() implements Piece {}
  }

  /** The newest version of a piece of a job of that owner. */
  public Piece piece(JobId id, UserId owner, Format format) {
    return piece(id, owner, stores -> stores.artifacts().find(id, format));
  }

  /** That version of a piece of a job of that owner. */
  public Piece piece(JobId id, UserId owner, Format format, int version) {
    return piece(id, owner, stores -> stores.artifacts().find(id, format, version));
  }

  private Piece piece(JobId id, UserId owner, Function<Stores, Optional<StoredArtifact>> find) {
    return transactions.read(
        stores -> {
          Optional<Job> job = stores.jobs().find(id, owner);
          if (job.isEmpty()) {
            return new Piece.NoSuchJob();
          }
          return find.apply(stores)
              .<Piece>map(artifact -> new Piece.Found(job.get(), artifact))
              .orElseGet(() -> new Piece.Missing(job.get()));
        });
  }

  /** The versions of a piece of a job of that owner, the newest first; none if there is none. */
  public List<PieceVersion> versions(JobId id, UserId owner, Format format) {
    return transactions.read(
        stores ->
            stores.jobs().find(id, owner).isPresent()
                ? stores.artifacts().versions(id, format)
                : List.of());
  }
}
