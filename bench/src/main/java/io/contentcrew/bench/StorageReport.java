package io.contentcrew.bench;

import java.util.Locale;
import java.util.Map;

/** The figures of {@code storage} as a text. */
final class StorageReport {
  private static final int MOST_STATEMENTS = 30;
  private static final int MOST_LETTERS = 90;

  private StorageReport() {}

  static String of(StorageOptions options, StorageRun.Result result) {
    double jobs = options.jobs();
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%d jobs for %s at %d words a second each, all at once; %.0f s",
        options.jobs(),
        options.formats(),
        options.rate(),
        result.seconds());
    text.append(LoadReport.machine()).append('\n');
    long idle = count(result.idleStatements());
    line(
        text,
        "an instance without work: %.1f statements/s, %.1f commits/s, %.0f bytes of WAL/s (start"
            + " and stop are in it)",
        idle / (double) options.idleSeconds(),
        result.idle().commits() / (double) options.idleSeconds(),
        result.idle().logBytes() / (double) options.idleSeconds());
    line(
        text,
        "a job: %.1f statements, %.1f commits, %.0f bytes of WAL",
        count(result.statements()) / jobs,
        result.work().commits() / jobs,
        result.work().logBytes() / jobs);
    line(
        text,
        "a job's bytes in tables and indexes: %.0f as left, %.0f packed, %.0f folded and packed%n",
        result.work().bytes() / jobs,
        result.packed().bytes() / jobs,
        result.folded().bytes() / jobs);
    tables(text, jobs, result);
    text.append('\n');
    line(text, "%8s  statement", "per job");
    result.statements().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_STATEMENTS)
        .forEach(
            entry ->
                line(
                    text,
                    "%8.2f  %s",
                    entry.getValue() / jobs,
                    entry.getKey().substring(0, Math.min(MOST_LETTERS, entry.getKey().length()))));
    return text.toString();
  }

  private static void tables(StringBuilder text, double jobs, StorageRun.Result result) {
    line(
        text,
        "%-22s %9s %9s %9s %9s %11s %11s %11s",
        "per job",
        "rows",
        "inserted",
        "updated",
        "deleted",
        "bytes left",
        "packed",
        "folded");
    result
        .work()
        .tables()
        .forEach(
            (name, table) -> {
              if (table.inserted() + table.updated() + table.deleted() > 0) {
                line(
                    text,
                    "%-22s %9.2f %9.2f %9.2f %9.2f %11.0f %11.0f %11.0f",
                    name,
                    table.rows() / jobs,
                    table.inserted() / jobs,
                    table.updated() / jobs,
                    table.deleted() / jobs,
                    table.bytes() / jobs,
                    result.packed().tables().get(name).bytes() / jobs,
                    result.folded().tables().get(name).bytes() / jobs);
              }
            });
  }

  private static long count(Map<String, Long> statements) {
    return statements.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
