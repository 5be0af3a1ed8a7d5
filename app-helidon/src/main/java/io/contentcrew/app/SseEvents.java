package io.contentcrew.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobEvent.ArtifactFailed;
import io.contentcrew.domain.generation.JobEvent.ArtifactReady;
import io.contentcrew.domain.generation.JobEvent.Cancelled;
import io.contentcrew.domain.generation.JobEvent.Completed;
import io.contentcrew.domain.generation.JobEvent.Failed;
import io.contentcrew.domain.generation.JobEvent.JobStarted;
import io.contentcrew.domain.generation.JobEvent.Progress;
import io.contentcrew.domain.generation.JobEvent.Snapshot;
import io.contentcrew.domain.generation.JobEvent.TaskCompleted;
import io.contentcrew.domain.generation.JobEvent.TaskRestarted;
import io.contentcrew.domain.generation.JobEvent.TaskStarted;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.generation.TokenUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a job's events in the event stream format (WHATWG HTML, server-sent events): {@code id},
 * {@code event} and one line of JSON as {@code data}. Text, which is nearly all there is, is put
 * together by hand into a buffer that is reused; the rest goes through the JSON library. For one
 * stream and one thread.
 */
final class SseEvents {
  private static final byte[] ID = ascii("id: ");
  private static final byte[] TEXT_HEAD =
      ascii("\nevent: text_delta\ndata: {\"type\":\"text_delta\"");
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final byte[] AT = ascii(",\"at\":\"");
  private static final byte[] OFFSET = ascii(",\"offset\":");
  private static final byte[] TEXT = ascii(",\"text\":\"");
  private static final byte[] TEXT_TAIL = ascii("\"}\n\n");
  private static final Map<Task, byte[]> TASKS = new EnumMap<>(Task.class);

  static {
    for (Task task : Task.values()) {
      String format = task.worksFor().map(name -> '"' + name.wireName() + '"').orElse("null");
      TASKS.put(task, ascii("\",\"task\":\"" + task.wireName() + "\",\"format\":" + format));
    }
  }

  private final Job job;
  private final byte[] jobMembers;
  private byte[] buffer = new byte[1024];
  private int length;
  private long lastMillis = -1;
  private byte[] lastTime = new byte[0];

  SseEvents(Job job) {
    this.job = job;
    this.jobMembers =
        ascii((job.engine().demo() ? ",\"demo\":true" : "") + ",\"job_id\":\"" + job.id() + "\"");
  }

  /** Adds an event to what {@link #drainTo} will write. */
  void add(LoggedEvent logged) {
    if (logged.event() instanceof TextDelta delta) {
      text(logged, delta);
    } else {
      milestone(logged);
    }
  }

  /** Adds lines as they are. */
  void addRaw(String lines) {
    put(lines.getBytes(StandardCharsets.UTF_8));
  }

  boolean isEmpty() {
    return length == 0;
  }

  int size() {
    return length;
  }

  /** Writes all that was added, and forgets it. */
  void drainTo(OutputStream out) throws IOException {
    out.write(buffer, 0, length);
    length = 0;
    if (buffer.length > 64 * 1024) {
      // an artifact has passed; thousands of streams must not each keep its room
      buffer = new byte[1024];
    }
  }

  private void text(LoggedEvent logged, TextDelta delta) {
    put(ID);
    number(logged.seq());
    put(TEXT_HEAD);
    put(jobMembers);
    put(SEQ);
    number(logged.seq());
    put(AT);
    time(logged.at());
    put(requireNonNull(TASKS.get(delta.task())));
    put(OFFSET);
    number(delta.offset());
    put(TEXT);
    put(JsonStringEncoder.getInstance().quoteAsUTF8(delta.text()));
    put(TEXT_TAIL);
  }

  private void milestone(LoggedEvent logged) {
    Map<String, Object> data = new LinkedHashMap<>();
    String type = type(logged.event());
    data.put("type", type);
    if (job.engine().demo()) {
      data.put("demo", true);
    }
    data.put("job_id", job.id().toString());
    data.put("seq", logged.seq());
    data.put("at", logged.at().toString());
    members(logged.event(), data);
    put(ID);
    number(logged.seq());
    put(ascii("\nevent: " + type + "\ndata: "));
    put(Json.write(data));
    put(ascii("\n\n"));
  }

  private static String type(JobEvent event) {
    return switch (event) {
      case JobStarted started -> "job_started";
      case TaskStarted started -> "task_started";
      case TextDelta delta -> "text_delta";
      case TaskCompleted completed -> "task_completed";
      case TaskRestarted restarted -> "task_restarted";
      case ArtifactReady ready -> "artifact_ready";
      case ArtifactFailed failed -> "artifact_failed";
      case Snapshot snapshot -> "snapshot";
      case Progress progress -> "progress";
      case Completed completed -> "complete";
      case Failed failed -> "error";
      case Cancelled cancelled -> "cancelled";
    };
  }

  private static void members(JobEvent event, Map<String, Object> data) {
    switch (event) {
      case JobStarted(Engine engine, List<Task> tasks) -> {
        data.put("engine", engine.name().value());
        data.put("model", engine.model().value());
        data.put("tasks", tasks.stream().map(Views::agent).toList());
      }
      case TaskStarted(Task task) -> data.putAll(Views.agent(task));
      case TextDelta delta -> throw new IllegalArgumentException("text has a way of its own");
      case TaskCompleted(Task task, TokenUsage tokens, Duration took) -> {
        data.putAll(Views.agent(task));
        data.put("tokens", Views.tokens(tokens));
        data.put("took_ms", took.toMillis());
      }
      case TaskRestarted(Task task, TaskRestarted.Reason reason) -> {
        data.putAll(Views.agent(task));
        data.put("reason", reason.wireName());
      }
      case ArtifactReady(Format format, StoredArtifact stored) ->
          data.putAll(Views.artifact(stored));
      case ArtifactFailed(Format format, Failure failure) -> {
        data.put("format", format.wireName());
        data.put("error", Views.failure(failure));
      }
      case Snapshot(List<Snapshot.TaskText> texts) ->
          data.put("texts", texts.stream().map(SseEvents::text).toList());
      case Progress progress -> progress(progress, data);
      case Completed(JobStatus status, Map<Format, FormatResult> results) ->
          end(status, results, data);
      case Failed(Failure failure, Map<Format, FormatResult> results) -> {
        data.put("error", Views.failure(failure));
        end(JobStatus.FAILED, results, data);
      }
      case Cancelled(Map<Format, FormatResult> results) -> end(JobStatus.CANCELLED, results, data);
    }
  }

  private static Map<String, Object> text(Snapshot.TaskText text) {
    Map<String, Object> view = Views.agent(text.task());
    view.put("state", text.state().wireName());
    view.put("text", text.text());
    return view;
  }

  private static void progress(Progress progress, Map<String, Object> data) {
    data.put("done", progress.done());
    data.put("total", progress.total());
    data.put("percent", progress.total() == 0 ? 0 : 100 * progress.done() / progress.total());
    progress
        .queued()
        .ifPresent(
            queued -> {
              data.put("task", queued.task().wireName());
              data.put("queued_behind", queued.ahead());
            });
  }

  private static void end(
      JobStatus status, Map<Format, FormatResult> results, Map<String, Object> data) {
    data.put("status", status.wireName());
    data.put("results", Views.results(results));
  }

  private void time(Instant at) {
    long millis = at.toEpochMilli();
    if (millis != lastMillis) {
      lastMillis = millis;
      lastTime = ascii(at.toString());
    }
    put(lastTime);
  }

  private void number(long number) {
    int end = length + digits(number);
    makeRoom(end - length);
    length = end;
    do {
      buffer[--end] = (byte) ('0' + number % 10);
      number /= 10;
    } while (number > 0);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void put(byte[] bytes) {
    makeRoom(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void makeRoom(int bytes) {
    if (length + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
