package io.contentcrew.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of a run as a text, the service's beside the baseline's. */
final class LoadReport {
  private LoadReport() {}

  static String of(LoadOptions options, int tokensPerStream, List<LoadRun.Pair> rounds) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d streams of %d tokens, %s a second each, storage %s; %d measured rounds after %d,"
                + " medians%n",
            options.streams(),
            tokensPerStream,
            options.rate() == 0 ? "as many as go" : String.valueOf(options.rate()),
            options.storage().name().toLowerCase(Locale.ROOT),
            options.rounds(),
            options.warmup()));
    text.append(machine()).append('\n');
    text.append(String.format("%-28s %12s %12s %8s%n", "", "model alone", "service", "ratio"));
    row(text, "tokens/s", rounds, Figures::tokensPerSecond);
    row(text, "p50 ms, written to read", rounds, Figures::p50);
    row(text, "p99 ms, written to read", rounds, Figures::p99);
    row(text, "CPU us/token (1)", rounds, Figures::cpuMicros);
    text.append(whole(rounds));
    rounds.getLast().service().peakMemoryKib().ifPresent(kib -> memory(text, kib));
    text.append(
        "(1) of the service; in the column of the model alone, of model and client together\n");
    return text.toString();
  }

  /** What the figures were measured on. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "machine: %d processors for everything in this run; load average %.1f%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static void row(
      StringBuilder text,
      String name,
      List<LoadRun.Pair> rounds,
      ToDoubleFunction<Figures> figure) {
    double baseline = median(rounds, pair -> figure.applyAsDouble(pair.baseline()));
    double service = median(rounds, pair -> figure.applyAsDouble(pair.service()));
    double ratio =
        median(
            rounds,
            pair -> figure.applyAsDouble(pair.service()) / figure.applyAsDouble(pair.baseline()));
    text.append(
        String.format(Locale.ROOT, "%-28s %12.2f %12.2f %8.2f%n", name, baseline, service, ratio));
  }

  static double median(List<LoadRun.Pair> rounds, ToDoubleFunction<LoadRun.Pair> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String whole(List<LoadRun.Pair> rounds) {
    StringBuilder text = new StringBuilder();
    long all = rounds.stream().mapToLong(pair -> pair.service().streams()).sum();
    long direct = rounds.stream().mapToLong(pair -> pair.baseline().whole()).sum();
    long served = rounds.stream().mapToLong(pair -> pair.service().whole()).sum();
    String name = "streams complete, of " + all;
    text.append(String.format(Locale.ROOT, "%-28s %12d %12d%n", name, direct, served));
    rounds.stream()
        .flatMap(
            pair ->
                List.of(pair.baseline(), pair.service()).stream()
                    .flatMap(figures -> figures.failures().stream()))
        .distinct()
        .limit(5)
        .forEach(failure -> text.append("  not complete: ").append(failure).append('\n'));
    return text.toString();
  }

  private static void memory(StringBuilder text, long kib) {
    text.append(
        String.format(Locale.ROOT, "%-28s %12s %12d%n", "peak RSS MiB, service", "", kib / 1024));
  }
}
