package io.contentcrew.sdk;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.ArtifactMarkdown;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.sdk.generation.ReadJobs;
import io.contentcrew.sdk.generation.WatchGeneration;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A brief on its way. The job goes on whether or not anybody holds or follows this. Safe for use by
 * many threads.
 */
public final class Generation {
  private static final Duration BREATH = Duration.ofMillis(200);

  private final JobId id;
  private final UserId owner;
  private final ContentCrew crew;

  Generation(JobId id, UserId owner, ContentCrew crew) {
    this.id = id;
    this.owner = owner;
    this.crew = crew;
  }

  /** The job. */
  public JobId id() {
    return id;
  }

  /**
   * Shows all events from the first on, as they happen, and returns when the job is over. Blocks.
   * Whatever {@code watcher} throws ends the following, not the job.
   *
   * @throws InterruptedException if the thread was interrupted; the job goes on
   */
  public void follow(WatchGeneration.Watcher watcher) throws InterruptedException {
    crew.watchGeneration().watch(id, owner, 0, Duration.ofSeconds(15), watcher);
  }

  /** Stops the job; at once, also before the first word. What was finished is kept. Idempotent. */
  public void cancel() {
    crew.cancelGeneration().cancel(id, owner);
  }

  /**
   * Waits for the job to end.
   *
   * @throws TimeoutException if it takes longer; the job goes on
   * @throws InterruptedException if the thread was interrupted; the job goes on
   */
  public Finished await(Duration timeout) throws InterruptedException, TimeoutException {
    Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos());
    WatchGeneration.Outcome outcome;
    try {
      outcome = crew.watchGeneration().watch(id, owner, 0, BREATH, deadline);
    } catch (OutOfTime e) {
      throw new TimeoutException("job " + id + " is not over yet");
    }
    if (outcome == WatchGeneration.Outcome.INTERRUPTED) {
      throw new IllegalStateException("the crew was closed before the job was over");
    }
    return finished();
  }

  private Finished finished() {
    var view =
        crew.readJobs()
            .find(id, owner)
            .orElseThrow(() -> new IllegalStateException("job " + id + " was deleted"));
    Optional<StoredArtifact> revised =
        view.job().status() == JobStatus.COMPLETED
            ? view.job().revision().flatMap(this::revised)
            : Optional.empty();
    return new Finished(view.job(), revised.map(List::of).orElse(view.artifacts()));
  }

  /** What came of a revision, which is kept with the job that it revises. */
  private Optional<StoredArtifact> revised(Revision revision) {
    return crew.readJobs().piece(revision.of(), owner, revision.format(), revision.nextVersion())
            instanceof ReadJobs.Piece.Found(Job original, StoredArtifact piece)
        ? Optional.of(piece)
        : Optional.empty();
  }

  /** A job that is over, with the pieces that came of it; of a revision, the new version. */
  public record Finished(Job job, List<StoredArtifact> artifacts) {
    public Finished {
      artifacts = List.copyOf(artifacts);
    }

    /** The piece of that format, if it came about. */
    public Optional<StoredArtifact> artifact(Format format) {
      return artifacts.stream()
          .filter(artifact -> artifact.artifact().format() == format)
          .findFirst();
    }

    /**
     * The piece of that format as Markdown.
     *
     * @throws NoSuchElementException if it did not come about; it says why
     */
    public String markdown(Format format) {
      return artifact(format)
          .map(stored -> ArtifactMarkdown.of(stored, job.brief().language()))
          .orElseThrow(() -> new NoSuchElementException(whyNot(format)));
    }

    private String whyNot(Format format) {
      FormatResult result = job.results().get(format);
      return "there is no piece of the format %s: %s"
          .formatted(
              format.wireName(),
              result instanceof FormatResult.Failed(Failure failure)
                  ? failure.message()
                  : result == null ? "it was not asked for" : "the job is " + job.status());
    }
  }

  /** Ends the watching when the time is over. */
  private record Deadline(long nanos) implements WatchGeneration.Watcher {
    @Override
    public void event(LoggedEvent event) {
      check();
    }

    @Override
    public void idle() {
      check();
    }

    private void check() {
      if (System.nanoTime() - nanos > 0) {
        throw new OutOfTime();
      }
    }
  }

  private static final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTime() {
      super(null, null, false, false);
    }
  }
}
