package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class MicroTest {
  @Test
  void every_benchmark_runs_and_is_shown_beside_its_baseline() throws Exception {
    Collection<RunResult> results =
        Micro.run(
            "Benchmark",
            new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(5))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT));

    assertThat(results)
        .extracting(
            result ->
                result
                    .getParams()
                    .getBenchmark()
                    .replaceAll(".*\\.(\\w+)Benchmark\\.(\\w+)", "$1 $2"))
        .containsExactlyInAnyOrder(
            "TokenLine plain",
            "TokenLine escaped",
            "TokenLine baseline",
            "SseEvents rendered",
            "SseEvents baseline",
            "JobLog appended",
            "JobLog watched",
            "JobLog baseline",
            "AnswerJson shown",
            "AnswerJson read",
            "AnswerJson baseline");
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
    assertThat(printed(results).lines())
        .hasSize(11)
        .filteredOn(line -> line.contains("baseline"))
        .allMatch(line -> line.endsWith(" 1.00"));
  }

  private static String printed(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Micro.print(results, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
