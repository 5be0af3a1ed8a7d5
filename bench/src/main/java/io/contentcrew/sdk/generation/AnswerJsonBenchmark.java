package io.contentcrew.sdk.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Script;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A whole answer in JSON: shown while it grows, and read at its end, beside a parser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnswerJsonBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String answer = Script.sampleAnswer(Task.AUDIO, Fixtures.aFullBrief());
  private final List<String> pieces = List.of(answer.split("(?= )", -1));

  /** Fed word by word. */
  @Benchmark
  public void shown(Blackhole sink) {
    ShownJson json = new ShownJson();
    for (String piece : pieces) {
      sink.consume(json.feed(piece));
    }
  }

  /** Read as an artifact. */
  @Benchmark
  public ModelJson.Read read() {
    return ModelJson.read(Task.AUDIO, answer);
  }

  /** Parsed into a tree, once. */
  @Benchmark
  public JsonNode baseline() throws IOException {
    return JSON.readTree(answer);
  }
}
