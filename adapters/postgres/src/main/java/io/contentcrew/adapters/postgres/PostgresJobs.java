package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.SearchText;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class PostgresJobs implements Jobs {
  private static final Duration A_MOMENT = Duration.ofMillis(10);

  private final Tx tx;

  PostgresJobs(Tx tx) {
    this.tx = tx;
  }

  @Override
  public void add(Job job) {
    tx.update(JobSql.ADD, values -> job(values, job));
  }

  private static void job(Values values, Job job) {
    Brief brief = job.brief();
    JobRow.failure(values, job.failure())
        .uuid("id", job.id().value())
        .uuid("owner", job.owner().value())
        .text("topic", brief.topic())
        .texts("formats", brief.formats().stream().map(Format::wireName).toList())
        .text("tone", brief.tone().wireName())
        .text("length", brief.length().wireName())
        .text("language", brief.language().tag())
        .text("audience", brief.audience())
        .text("brand_voice", brief.brandVoice())
        .text("title", job.title().map(Title::value))
        .text("search_text", SearchText.of(job.title(), brief.topic()))
        .uuid("revises", job.revision().map(revision -> revision.of().value()))
        .number("revised_version", job.revision().map(r -> (long) r.version()).orElse(null))
        .text("revision_note", job.revision().flatMap(Revision::note))
        .text("tier", job.tier().value())
        .time("period_start", job.usagePeriod().start())
        .time("period_end", job.usagePeriod().end())
        .text("engine", job.engine().name().value())
        .text("model", job.engine().model().value())
        .flag("demo", job.engine().demo())
        .text("status", job.status().wireName())
        .number("attempt", job.attempt())
        .text("results", Json.write(JobJson.results(job.results())))
        .flag("cancel_requested", job.cancelRequested())
        .time("created_at", job.createdAt())
        .time("started_at", job.startedAt())
        .time("finished_at", job.finishedAt())
        .texts("tasks", job.crew().tasks().stream().map(Task::wireName).toList());
  }

  @Override
  public Optional<Job> find(JobId id) {
    return tx.first(JobSql.FIND, values -> values.uuid("id", id.value()), JobRow::job);
  }

  @Override
  public Optional<Job> find(JobId id, UserId owner) {
    return tx.first(
        JobSql.FIND_OWNED,
        values -> values.uuid("id", id.value()).uuid("owner", owner.value()),
        JobRow::job);
  }

  @Override
  public Optional<Job> lock(JobId id) {
    return tx.first(JobSql.LOCK, values -> values.uuid("id", id.value()), JobRow::job);
  }

  @Override
  public List<JobTask> tasks(JobId id) {
    return tx.list(JobSql.TASKS, values -> values.uuid("id", id.value()), JobRow::task);
  }

  @Override
  public List<Job> page(UserId owner, Query query) {
    return tx.list(
        JobSql.page(query),
        values -> {
          values.uuid("owner", owner.value()).number("limit", query.limit());
          query.status().ifPresent(status -> values.text("status", status.wireName()));
          query.format().ifPresent(format -> values.text("format", format.wireName()));
          if (!query.words().isEmpty()) {
            values.texts("words", query.words());
          }
          if (query.scope() instanceof Scope.RevisionsOf(JobId of)) {
            values.uuid("revises", of.value());
          }
          query.before().ifPresent(before -> values.uuid("before", before.value()));
        },
        JobRow::job);
  }

  @Override
  public boolean rename(JobId id, UserId owner, Optional<Title> title) {
    Optional<Job> job = find(id, owner);
    if (job.isEmpty()) {
      return false;
    }
    String text = SearchText.of(title, job.get().brief().topic());
    return tx.update(
            JobSql.RENAME,
            values ->
                values
                    .uuid("id", id.value())
                    .uuid("owner", owner.value())
                    .text("title", title.map(Title::value))
                    .text("search_text", text))
        == 1;
  }

  @Override
  public Optional<JobId> revisionUnderWay(JobId of, Format format) {
    return tx.first(
        JobSql.REVISION_UNDER_WAY,
        values -> values.uuid("id", of.value()).text("format", format.wireName()),
        row -> new JobId(Values.uuid(row, "id")));
  }

  @Override
  public int countActive(UserId owner) {
    return tx.one(
        JobSql.COUNT_ACTIVE,
        values -> values.uuid("owner", owner.value()),
        row -> row.getInt("active"));
  }

  @Override
  public int lockActive(UserId owner) {
    return tx.list(
            JobSql.LOCK_ACTIVE,
            values -> values.uuid("owner", owner.value()),
            row -> Values.uuid(row, "id"))
        .size();
  }

  @Override
  public int handOver(UserId from, UserId to) {
    return tx.update(
        JobSql.HAND_OVER, values -> values.uuid("from", from.value()).uuid("to", to.value()));
  }

  @Override
  public Claim claim(JobId id, WorkerId worker, Duration deadAfter) {
    Optional<Claim> taken =
        tx.first(
            JobSql.CLAIM,
            values ->
                values
                    .uuid("id", id.value())
                    .uuid("worker", worker.value())
                    .seconds("dead_after", deadAfter),
            row -> new Claim.Taken(JobRow.job(row), row.getBoolean("taken_over")));
    return taken.orElseGet(() -> notTaken(id, deadAfter));
  }

  /** The lease may have ended, or the job been given back, since it was not to be had. */
  private Claim notTaken(JobId id, Duration deadAfter) {
    Optional<Claim> busy =
        tx.first(
            JobSql.LEASE,
            values -> values.uuid("id", id.value()).seconds("dead_after", deadAfter),
            row -> {
              Duration left = Duration.ofNanos((long) (row.getDouble("left") * 1e9));
              return new Claim.Busy(left.compareTo(A_MOMENT) < 0 ? A_MOMENT : left);
            });
    return busy.orElseGet(Claim.Over::new);
  }

  @Override
  public List<Pulse> heartbeat(WorkerId worker, Collection<JobId> ids) {
    List<UUID> uuids = ids.stream().map(JobId::value).toList();
    return tx.list(
        JobSql.HEARTBEAT,
        values -> values.uuid("worker", worker.value()).uuids("ids", uuids),
        row ->
            new Pulse(
                new JobId(Values.uuid(row, "id")),
                row.getInt("attempt"),
                row.getBoolean("cancel_requested")));
  }

  @Override
  public boolean requestCancel(JobId id) {
    return tx.update(JobSql.REQUEST_CANCEL, values -> values.uuid("id", id.value())) == 1;
  }

  @Override
  public void startTasks(List<TaskStart> starts) {
    tx.update(
        JobSql.START_TASKS,
        values ->
            values
                .uuids("ids", starts.stream().map(start -> start.id().value()).toList())
                .numbers("attempts", starts.stream().map(TaskStart::attempt).toList())
                .texts("tasks", starts.stream().map(start -> start.task().wireName()).toList())
                .texts("versions", starts.stream().map(TaskStart::promptVersion).toList())
                .times("times", starts.stream().map(TaskStart::at).toList()));
  }

  @Override
  public boolean saveTask(JobId id, int attempt, JobTask task) {
    return tx.one(
        JobSql.SAVE_TASK,
        values ->
            fenced(values, id, attempt)
                .text("task", task.task().wireName())
                .text("state", task.state().wireName())
                .text("output", task.output())
                .text("prompt_version", task.promptVersion())
                .number("input_tokens", task.tokens().input())
                .number("output_tokens", task.tokens().output())
                .time("started_at", task.startedAt())
                .time("finished_at", task.finishedAt()),
        row -> {
          boolean live = row.getInt("live") == 1;
          if (live && row.getInt("saved") == 0) {
            throw new PortFailureException(
                "the database refused: the job has no task " + task.task().wireName(), null);
          }
          return live;
        });
  }

  @Override
  public boolean saveResult(JobId id, int attempt, Format format, FormatResult result) {
    return tx.update(
            JobSql.SAVE_RESULT,
            values ->
                fenced(values, id, attempt)
                    .text("format", format.wireName())
                    .text("result", Json.write(JobJson.ResultJson.of(result))))
        == 1;
  }

  @Override
  public boolean finish(
      JobId id,
      int attempt,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    return tx.update(
            JobSql.FINISH,
            values -> end(fenced(values, id, attempt), status, results, failure, now))
        == 1;
  }

  @Override
  public boolean finishPending(
      JobId id,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    return tx.update(
            JobSql.FINISH_PENDING,
            values -> end(values.uuid("id", id.value()), status, results, failure, now))
        == 1;
  }

  private static void end(
      Values values,
      JobStatus status,
      Map<Format, FormatResult> results,
      Optional<Failure> failure,
      Instant now) {
    JobRow.failure(values, failure)
        .text("status", status.wireName())
        .text("results", Json.write(JobJson.results(results)))
        .time("now", now);
  }

  @Override
  public boolean giveBack(JobId id, int attempt) {
    return tx.update(JobSql.GIVE_BACK, values -> fenced(values, id, attempt)) == 1;
  }

  private static Values fenced(Values values, JobId id, int attempt) {
    return values.uuid("id", id.value()).number("attempt", attempt);
  }

  /** Waits first for a submit of a revision, which holds the job, to see what came of it. */
  @Override
  public boolean delete(JobId id, UserId owner) {
    boolean over =
        tx.first(
                JobSql.LOCK_OVER,
                values -> values.uuid("id", id.value()).uuid("owner", owner.value()),
                row -> Values.uuid(row, "id"))
            .isPresent();
    return over
        && tx.update(
                JobSql.DELETE, values -> values.uuid("id", id.value()).uuid("owner", owner.value()))
            == 1;
  }

  /** In two steps: the second sees the revisions that were submitted before it held the jobs. */
  @Override
  public int purge(TierId tier, Instant endedBefore, Instant now, int limit) {
    List<UUID> old =
        tx.list(
            JobSql.LOCK_OLD,
            values ->
                values
                    .text("tier", tier.value())
                    .time("ended_before", endedBefore)
                    .time("now", now)
                    .number("limit", limit),
            row -> Values.uuid(row, "id"));
    tx.update(
        JobSql.PURGE,
        values ->
            values
                .text("tier", tier.value())
                .text("free", TierId.FREE.value())
                .time("now", now)
                .uuids("ids", old));
    return old.size();
  }
}
