package io.contentcrew.bench;

import java.util.Formatter;
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
    Formatter out = new Formatter(text, Locale.ROOT);
    out.format(
        "%d jobs for %s at %d words a second each, all at once; %.0f s%n",
        options.jobs(), options.formats(), options.rate(), result.seconds());
    text.append(LoadReport.machine()).append('\n');
    out.format(
        "an instance without work: %.1f statements a second%n",
        count(result.idle()) / (double) options.idleSeconds());
    out.format(
        "a job: %.1f statements, %.1f commits, %.0f bytes of WAL%n",
        count(result.statements()) / jobs,
        result.work().commits() / jobs,
        result.work().logBytes() / jobs);
    out.format(
        "a job's bytes in tables and indexes: %.0f as left, %.0f packed, %.0f folded and"
            + " packed%n%n",
        result.work().bytes() / jobs,
        result.packed().bytes() / jobs,
        result.folded().bytes() / jobs);
    tables(out, jobs, result);
    text.append('\n');
    out.format("%8s  statement%n", "per job");
    result.statements().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_STATEMENTS)
        .forEach(
            entry ->
                out.format(
                    "%8.2f  %s%n",
                    entry.getValue() / jobs,
                    entry.getKey().substring(0, Math.min(MOST_LETTERS, entry.getKey().length()))));
    return text.toString();
  }

  private static void tables(Formatter out, double jobs, StorageRun.Result result) {
    out.format(
        "%-22s %9s %9s %9s %9s %11s %11s %11s%n",
        "per job", "rows", "inserted", "updated", "deleted", "bytes left", "packed", "folded");
    result
        .work()
        .tables()
        .forEach(
            (name, table) -> {
              if (table.inserted() + table.updated() + table.deleted() > 0) {
                out.format(
                    "%-22s %9.2f %9.2f %9.2f %9.2f %11.0f %11.0f %11.0f%n",
                    name,
                    table.rows() / jobs,
                    table.inserted() / jobs,
                    table.updated() / jobs,
                    table.deleted() / jobs,
                    table.bytes() / jobs,
                    bytes(result.packed(), name) / jobs,
                    bytes(result.folded(), name) / jobs);
              }
            });
  }

  private static long count(Map<String, Long> statements) {
    return statements.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long bytes(StorageRun.State state, String table) {
    StorageRun.Table found = state.tables().get(table);
    return found == null ? 0 : found.bytes();
  }
}
