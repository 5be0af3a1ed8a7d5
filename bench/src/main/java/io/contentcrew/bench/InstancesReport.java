package io.contentcrew.bench;

import io.contentcrew.bench.InstancesRun.Result;
import io.contentcrew.bench.InstancesRun.Way;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of {@code instances} as a text. */
final class InstancesReport {
  private InstancesReport() {}

  static String of(InstancesOptions options, Map<Way, List<Result>> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "two instances, %d streams at %d tokens a second, %s; medians of %d rounds%n%s%n",
            options.streams(),
            options.rate(),
            options.withRedis() || options.redis().isPresent() ? "with Redis" : "without Redis",
            options.rounds(),
            LoadReport.machine()));
    text.append(
        String.format(
            "%-38s %8s %10s %7s %10s %9s %9s %9s %9s%n",
            "streams are",
            "streams",
            "CPU ms (1)",
            "ratio",
            "DB ms (2)",
            "p50 ms",
            "p99 ms",
            "files (3)",
            "complete"));
    List<Result> one = results.getOrDefault(Way.ONE, List.of());
    results.forEach((way, rounds) -> row(text, way, rounds, one));
    text.append(
        "\n(1) of the instances with streams, for each stream while it flows; its ratio to all at"
            + " one, in the same round\n(2) of the database's processes, for each stream\n"
            + "(3) open files and sockets of both instances, for each stream\n");
    results.values().stream()
        .flatMap(List::stream)
        .flatMap(result -> result.failures().stream())
        .distinct()
        .limit(5)
        .forEach(failure -> text.append("not complete: ").append(failure).append('\n'));
    return text.toString();
  }

  private static void row(StringBuilder text, Way way, List<Result> rounds, List<Result> one) {
    double[] ratios = new double[rounds.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = rounds.get(i).cpuMillis() / one.get(i).cpuMillis();
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%-38s %8d %10.1f %7.2f %10.1f %9.2f %9.2f %9.2f %9s%n",
            way.title(),
            rounds.getFirst().streams(),
            median(rounds, Result::cpuMillis),
            LoadReport.median(ratios),
            median(rounds, Result::databaseMillis),
            median(rounds, Result::p50),
            median(rounds, Result::p99),
            median(rounds, Result::openFiles),
            rounds.stream().allMatch(round -> round.whole() == round.streams())
                ? "all"
                : "not all"));
  }

  private static double median(List<Result> rounds, ToDoubleFunction<Result> figure) {
    return LoadReport.median(rounds.stream().mapToDouble(figure).toArray());
  }
}
