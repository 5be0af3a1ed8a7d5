package io.contentcrew.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent.TextDelta;
import io.contentcrew.domain.generation.LoggedEvent;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.testkit.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writing one event with text, beside a JSON library that writes a map of the same members. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SseEventsBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Job job = Fixtures.aJob(Fixtures.aUserId());
  private final SseEvents events = new SseEvents(job);
  private final OutputStream out = OutputStream.nullOutputStream();
  private final TextDelta delta = new TextDelta(Task.WRITE, 4_321, " a \"plan\"");
  private final LoggedEvent logged = new LoggedEvent(1_234, Fixtures.NOW, delta);

  /** An event that goes alone. */
  @Benchmark
  public int rendered() throws IOException {
    events.add(logged);
    int size = events.size();
    events.drainTo(out);
    return size;
  }

  /** The same members as a map; only the JSON, without the lines around it. */
  @Benchmark
  public byte[] baseline() throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", "text_delta");
    data.put("job_id", job.id().toString());
    data.put("seq", logged.seq());
    data.put("at", logged.at().toString());
    data.put("task", delta.task().wireName());
    data.put("format", "blog");
    data.put("offset", delta.offset());
    data.put("text", delta.text());
    return JSON.writeValueAsBytes(data);
  }
}
