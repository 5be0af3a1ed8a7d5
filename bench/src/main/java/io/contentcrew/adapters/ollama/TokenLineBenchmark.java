package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.adapters.llmhttp.Answer;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading one line of a model's answer, beside a JSON parser that reads the same line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenLineBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] plain = line(" plan");
  private final byte[] escaped = line(".\\n\\n## \\\"How\\\" to begin");
  private final LineDecoder decoder = new OllamaLines();

  private static byte[] line(String content) {
    String line =
        "{\"model\":\"llama3.2:1b\",\"created_at\":\"2026-11-22T09:41:07.482913164Z\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\""
            + content
            + "\"},\"done\":false}";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** A line as nearly all are. */
  @Benchmark
  public Answer plain() throws AnswerException {
    return decoded(plain);
  }

  /** A line with escapes in its text. */
  @Benchmark
  public Answer escaped() throws AnswerException {
    return decoded(escaped);
  }

  private Answer decoded(byte[] line) throws AnswerException {
    Answer answer = new Answer(); // else it would grow without end
    decoder.line(line, 0, line.length, answer);
    return answer;
  }

  /** The plain line as a tree. */
  @Benchmark
  public String baseline() throws IOException {
    return JSON.readTree(plain).path("message").path("content").asText();
  }
}
