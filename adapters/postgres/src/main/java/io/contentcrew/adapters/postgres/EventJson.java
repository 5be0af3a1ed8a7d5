package io.contentcrew.adapters.postgres;

import io.contentcrew.adapters.postgres.ArtifactRow.PieceJson;
import io.contentcrew.adapters.postgres.JobJson.FailureJson;
import io.contentcrew.adapters.postgres.JobJson.ResultJson;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.Snapshot.TaskText;
import io.contentcrew.domain.generation.Origin;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TokenUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of milestones, and the shapes in which they are kept as JSON. */
final class EventJson {
  private EventJson() {}

  /** A milestone as it is kept. */
  record Kept(String kind, Object payload) {}

  private record Started(String engine, String model, boolean demo, List<String> tasks) {}

  private record OfTask(String task) {}

  private record Done(String task, int inputTokens, int outputTokens, long tookNanos) {}

  private record Restarted(String task, String reason) {}

  /**
   * Where the piece is, which lies in a table of its own; a revised one is here, because its
   * version there may give way to newer ones.
   */
  private record Ready(String format, int version, @Nullable PieceJson revised) {}

  private record NotReady(String format, FailureJson failure) {}

  private record Texts(List<Text> texts) {
    private record Text(String task, String state, String text) {}
  }

  private record Advance(int done, int total, @Nullable Queue queued) {
    private record Queue(String task, int ahead) {}
  }

  private record End(
      String status, Map<String, ResultJson> results, @Nullable FailureJson failure) {}

  static Kept kept(JobEvent event) {
    return switch (event) {
      case JobEvent.JobStarted started -> new Kept("job_started", started(started));
      case JobEvent.TaskStarted started ->
          new Kept("task_started", new OfTask(started.task().wireName()));
      case JobEvent.TaskCompleted done -> new Kept("task_completed", done(done));
      case JobEvent.TaskRestarted again ->
          new Kept(
              "task_restarted", new Restarted(again.task().wireName(), again.reason().wireName()));
      case JobEvent.ArtifactReady ready -> new Kept("artifact_ready", ready(ready.artifact()));
      case JobEvent.ArtifactFailed failed ->
          new Kept(
              "artifact_failed",
              new NotReady(failed.format().wireName(), FailureJson.of(failed.failure())));
      case JobEvent.Snapshot snapshot -> new Kept("snapshot", texts(snapshot));
      case JobEvent.Progress progress -> new Kept("progress", advance(progress));
      case JobEvent.Completed end -> new Kept("completed", end(end, null));
      case JobEvent.Failed end -> new Kept("failed", end(end, FailureJson.of(end.failure())));
      case JobEvent.Cancelled end -> new Kept("cancelled", end(end, null));
      case JobEvent.TextDelta text ->
          throw new IllegalArgumentException("text is kept in runs, not as a milestone");
    };
  }

  private static Started started(JobEvent.JobStarted event) {
    Engine engine = event.engine();
    return new Started(
        engine.name().value(),
        engine.model().value(),
        engine.demo(),
        event.tasks().stream().map(Task::wireName).toList());
  }

  private static Ready ready(StoredArtifact piece) {
    return new Ready(
        piece.artifact().format().wireName(),
        piece.version(),
        piece.origin() == Origin.REVISED ? PieceJson.of(piece) : null);
  }

  private static Done done(JobEvent.TaskCompleted event) {
    TokenUsage tokens = event.tokens();
    return new Done(
        event.task().wireName(), tokens.input(), tokens.output(), event.took().toNanos());
  }

  private static Texts texts(JobEvent.Snapshot event) {
    return new Texts(
        event.texts().stream()
            .map(
                text ->
                    new Texts.Text(text.task().wireName(), text.state().wireName(), text.text()))
            .toList());
  }

  private static Advance advance(JobEvent.Progress event) {
    return new Advance(
        event.done(),
        event.total(),
        event
            .queued()
            .map(queued -> new Advance.Queue(queued.task().wireName(), queued.ahead()))
            .orElse(null));
  }

  private static End end(JobEvent.Ended event, @Nullable FailureJson failure) {
    return new End(event.status().wireName(), JobJson.results(event.results()), failure);
  }

  /** The milestone of a row, which holds also the piece that it may be about. */
  static JobEvent read(ResultSet row) throws SQLException {
    String json = row.getString("payload");
    return switch (row.getString("kind")) {
      case "job_started" -> started(Json.read(json, Started.class));
      case "task_started" ->
          new JobEvent.TaskStarted(Names.task(Json.read(json, OfTask.class).task));
      case "task_completed" -> done(Json.read(json, Done.class));
      case "task_restarted" -> restarted(Json.read(json, Restarted.class));
      case "artifact_ready" -> ready(Json.read(json, Ready.class), row);
      case "artifact_failed" -> notReady(Json.read(json, NotReady.class));
      case "snapshot" -> snapshot(Json.read(json, Texts.class));
      case "progress" -> progress(Json.read(json, Advance.class));
      case "completed" -> completed(Json.read(json, End.class));
      case "failed" -> failed(Json.read(json, End.class));
      case "cancelled" ->
          new JobEvent.Cancelled(JobJson.toResults(Json.read(json, End.class).results));
      default -> throw Json.unreadable("event");
    };
  }

  private static JobEvent started(Started kept) {
    return new JobEvent.JobStarted(
        new Engine(new EngineName(kept.engine), new ModelName(kept.model), kept.demo),
        kept.tasks.stream().map(Names::task).toList());
  }

  private static JobEvent done(Done kept) {
    return new JobEvent.TaskCompleted(
        Names.task(kept.task),
        new TokenUsage(kept.inputTokens, kept.outputTokens),
        Duration.ofNanos(kept.tookNanos));
  }

  private static JobEvent restarted(Restarted kept) {
    for (JobEvent.TaskRestarted.Reason reason : JobEvent.TaskRestarted.Reason.values()) {
      if (reason.wireName().equals(kept.reason)) {
        return new JobEvent.TaskRestarted(Names.task(kept.task), reason);
      }
    }
    throw Json.unreadable("reason");
  }

  private static JobEvent ready(Ready kept, ResultSet row) throws SQLException {
    StoredArtifact artifact =
        kept.revised == null ? ArtifactRow.artifact(row) : kept.revised.toPiece();
    return new JobEvent.ArtifactReady(artifact.artifact().format(), artifact);
  }

  private static JobEvent notReady(NotReady kept) {
    return new JobEvent.ArtifactFailed(Names.format(kept.format), kept.failure.toFailure());
  }

  private static JobEvent snapshot(Texts kept) {
    return new JobEvent.Snapshot(
        kept.texts.stream()
            .map(
                text -> new TaskText(Names.task(text.task), Names.taskState(text.state), text.text))
            .toList());
  }

  private static JobEvent progress(Advance kept) {
    return new JobEvent.Progress(
        kept.done,
        kept.total,
        Optional.ofNullable(kept.queued)
            .map(queued -> new JobEvent.Progress.Queued(Names.task(queued.task), queued.ahead)));
  }

  private static JobEvent completed(End kept) {
    return new JobEvent.Completed(Names.status(kept.status), JobJson.toResults(kept.results));
  }

  private static JobEvent failed(End kept) {
    if (kept.failure == null) {
      throw Json.unreadable("failure");
    }
    return new JobEvent.Failed(kept.failure.toFailure(), JobJson.toResults(kept.results));
  }
}
