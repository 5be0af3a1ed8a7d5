package io.contentcrew.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code submit} is to do.
 *
 * @param clients how many submit at the same time, one after the other
 * @param recording where a flight recording of our rounds goes
 */
record SubmitOptions(
    List<Integer> clients,
    int seconds,
    int rounds,
    int warmup,
    int users,
    Baseline baseline,
    Optional<Path> recording) {
  enum Baseline {
    PGBENCH,
    JDBC
  }

  static final String HELP =
      """
      submit [options]: how many jobs a second SubmitGeneration takes on, durably, in a PostgreSQL of its own; beside it,
      in the same run and into the same tables, the same statements sent by pgbench (or, where there is none, by plain
      JDBC). The jobs only wait: the one place to run is taken by a job whose model never answers.

        --clients N,N,...   how many submit at once (default 1,4,16)
        --seconds N         of each measurement (default 5)
        --rounds N          of each (default 3); ours and the baseline in turn
        --warmup N          seconds before (default 10)
        --users N           over whom the jobs are spread (default 2000)
        --baseline B        pgbench or jdbc (default: pgbench if it is on the path)
        --jfr FILE          records our measured rounds
      """;

  SubmitOptions {
    clients = List.copyOf(clients);
  }

  static SubmitOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(
            arguments,
            Set.of(
                "--clients", "--seconds", "--rounds", "--warmup", "--users", "--baseline", "--jfr"),
            Set.of());
    return new SubmitOptions(
        given.numbers("--clients", List.of(1, 4, 16), 1, 100),
        given.number("--seconds", 5, 1, 600),
        given.number("--rounds", 3, 1, 100),
        given.number("--warmup", 10, 0, 600),
        given.number("--users", 2000, 1, 1_000_000),
        given
            .text("--baseline")
            .map(SubmitOptions::baseline)
            .orElseGet(() -> BareSubmit.hasPgbench() ? Baseline.PGBENCH : Baseline.JDBC),
        given.text("--jfr").map(Path::of));
  }

  private static Baseline baseline(String name) {
    return switch (name) {
      case "pgbench" -> Baseline.PGBENCH;
      case "jdbc" -> Baseline.JDBC;
      default -> throw new IllegalArgumentException("--baseline is pgbench or jdbc, not " + name);
    };
  }
}
