package io.contentcrew.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of {@code submit} as a text. */
final class SubmitReport {
  private SubmitReport() {}

  static String of(SubmitOptions options, List<SubmitRun.Pair> pairs) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "submits a second, fsync on, %d users; medians of %d rounds of %d s; baseline: the same"
                + " statements by %s%n%s%n",
            options.users(),
            options.rounds(),
            options.seconds(),
            options.baseline() == SubmitOptions.Baseline.PGBENCH
                ? "pgbench, prepared"
                : "plain JDBC, prepared",
            LoadReport.machine()));
    text.append(
        String.format(
            "%-8s %10s %10s %8s %18s %18s%n",
            "clients", "ours", "baseline", "ratio", "ratio, least-most", "our CPU us/submit"));
    for (int clients : options.clients()) {
      List<SubmitRun.Pair> rounds =
          pairs.stream().filter(pair -> pair.clients() == clients).toList();
      double[] ratios = rounds.stream().mapToDouble(SubmitRun.Pair::ratio).sorted().toArray();
      text.append(
          String.format(
              Locale.ROOT,
              "%-8d %10.0f %10.0f %8.2f %18s %18.0f%n",
              clients,
              median(rounds, SubmitRun.Pair::ours),
              median(rounds, SubmitRun.Pair::bare),
              median(rounds, SubmitRun.Pair::ratio),
              String.format(Locale.ROOT, "%.2f-%.2f", ratios[0], ratios[ratios.length - 1]),
              median(rounds, SubmitRun.Pair::cpuMicros)));
    }
    return text.toString();
  }

  private static double median(
      List<SubmitRun.Pair> rounds, ToDoubleFunction<SubmitRun.Pair> figure) {
    return LoadReport.median(rounds.stream().mapToDouble(figure).toArray());
  }
}
