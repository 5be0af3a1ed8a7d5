package io.contentcrew.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The parts of a token's way, each beside its baseline. */
final class Micro {
  static final String HELP =
      """
      micro [regex]: the parts of the way, those whose names the regex finds; each beside a baseline, which is what a
      plain JSON library or a plain list takes for the same.
      """;

  private static final String BASELINE = "baseline";

  private Micro() {}

  /** As one measures: in processes of their own. */
  static ChainedOptionsBuilder standard() {
    return new OptionsBuilder()
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1));
  }

  static Collection<RunResult> run(String regex, ChainedOptionsBuilder how) throws RunnerException {
    return new Runner(how.include(regex).build()).run();
  }

  /** Each figure, and how many times its baseline that is. */
  static void print(Collection<RunResult> results, PrintStream out) {
    List<RunResult> left = new ArrayList<>(results);
    for (RunResult result : left) {
      String name = result.getParams().getBenchmark();
      String owner = name.substring(0, name.lastIndexOf('.') + 1);
      String ratio =
          left.stream()
              .filter(other -> other.getParams().getBenchmark().equals(owner + BASELINE))
              .findFirst()
              .map(base -> String.format(Locale.ROOT, "%.2f", score(result) / score(base)))
              .orElse("");
      out.printf(
          Locale.ROOT,
          "%-75s %12.2f %-6s %8s%n",
          name.substring("io.contentcrew.".length()),
          score(result),
          result.getPrimaryResult().getScoreUnit(),
          ratio);
    }
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }
}
