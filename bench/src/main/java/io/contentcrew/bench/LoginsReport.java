package io.contentcrew.bench;

import io.contentcrew.bench.LoginsRun.Phase;
import io.contentcrew.bench.LoginsRun.Result;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of {@code logins} as a text. */
final class LoginsReport {
  private static final String HEAD = "%n%-32s %14s %14s %8s%n";

  private LoginsReport() {}

  static String of(LoginsOptions options, Result result) {
    Phase alone = result.alone();
    Phase signingIn = result.signingIn();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d streams of %d tokens a second, %d clients signing in, hashes of cost %d, storage"
                + " memory, %d s each%n%s",
            options.streams(),
            LoginsOptions.RATE,
            options.clients(),
            options.cost(),
            options.seconds(),
            LoadReport.machine()));
    text.append(String.format(HEAD, "", "streams alone", "with sign-ins", "ratio"));
    row(text, "p50 ms, written to read (1)", alone.p50(), signingIn.p50());
    row(text, "p99 ms, written to read (1)", alone.p99(), signingIn.p99());
    row(text, "processors of the service", alone.cores(), signingIn.cores());
    text.append(
        String.format(
            "%-32s %14s %14s%n",
            "- of which hashing", share(alone.hashing()), share(signingIn.hashing())));
    text.append(
        String.format(
            Locale.ROOT,
            "%-32s %14d %14d%n",
            "streams complete, of " + options.streams(),
            alone.whole(),
            signingIn.whole()));
    text.append(String.format(HEAD, "", "hasher alone", "sign-ins", "ratio"));
    row(text, "passwords checked/s (2)", result.hasher(), signingIn.signIns());
    signingIn
        .answers()
        .forEach(
            (status, count) ->
                text.append(
                    String.format(
                        Locale.ROOT, "%-32s %14s %14d%n", "answers " + status, "", count)));
    text.append(
        "\n(1) clients and the model's stand-in run on the same processors: their waiting is in it"
            + "\n(2) alone: on as many threads as there are processors, with nothing else running;"
            + "\n    sign-ins: those that succeeded, while the streams flow\n");
    List.of(alone, signingIn).stream()
        .flatMap(phase -> phase.failures().stream())
        .distinct()
        .limit(5)
        .forEach(failure -> text.append("not complete: ").append(failure).append('\n'));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, double before, double now) {
    text.append(
        String.format(Locale.ROOT, "%-32s %14.2f %14.2f %8.2f%n", name, before, now, now / before));
  }

  private static String share(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble())
        : "not told";
  }
}
