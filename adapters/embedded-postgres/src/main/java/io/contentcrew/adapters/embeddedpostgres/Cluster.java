package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes, starts and stops the server of one data folder; whoever calls holds the folder's lock. */
final class Cluster {
  private static final Logger LOG = System.getLogger("io.contentcrew.embeddedpostgres");
  static final String SUPERUSER = "postgres";

  private static final Duration INIT = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long LARGE_LOG = 1_000_000;

  private final DataFolder folder;
  private final Programs programs;
  private final EmbeddedPostgresConfig config;

  Cluster(DataFolder folder, Programs programs, EmbeddedPostgresConfig config) {
    this.folder = folder;
    this.programs = programs;
    this.config = config;
  }

  /** Makes the cluster, if there is none. */
  void init(Secret password) throws IOException {
    if (Files.exists(folder.cluster())) {
      return;
    }
    Path unfinished = folder.path().resolve("cluster.unfinished");
    Folders.delete(unfinished);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + folder.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
    if (!config.durable()) {
      arguments.add("--no-sync");
    }
    Programs.Result init = programs.run(INIT, "initdb", arguments.toArray(String[]::new));
    if (init.status() != 0) {
      throw new PortFailureException(
          "PostgreSQL could not make its data folder %s: %s"
              .formatted(folder.path(), lastLines(init.output())),
          null);
    }
    ServerSettings.include(unfinished);
    Files.move(unfinished, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Stops a server that outlived the process that had started it, and clears away what a server
   * that died has left, where another process has its number by now.
   */
  void clearAway() throws IOException {
    var left = folder.process();
    if (left.isEmpty()) {
      return;
    }
    if (folder.lives(left.get())) {
      LOG.log(
          Level.INFO,
          "the server of {0} outlived the process that had started it; it is stopped first",
          folder.path());
      stop();
    } else {
      Files.deleteIfExists(folder.processFile());
    }
  }

  void start(int port) throws IOException {
    ServerSettings.write(folder.cluster(), config, port);
    if (Files.exists(folder.log()) && Files.size(folder.log()) > LARGE_LOG) {
      Files.move(
          folder.log(),
          folder.path().resolve("server.log.old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    long before = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    long seconds = config.startTimeout().toSeconds();
    Programs.Result start =
        programs.run(
            config.startTimeout().plus(STOP),
            "pg_ctl",
            "start",
            "--wait",
            "--timeout=" + seconds,
            "--pgdata=" + folder.cluster(),
            "--log=" + folder.log());
    if (start.status() != 0) {
      throw notStarted(port, start.output(), before);
    }
  }

  private PortFailureException notStarted(int port, String output, long before) throws IOException {
    String log = "";
    if (Files.exists(folder.log())) {
      byte[] bytes = Files.readAllBytes(folder.log());
      int from = (int) Math.min(before, bytes.length);
      log = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
    }
    if (log.contains("could not bind")) {
      return new PortTaken(port);
    }
    if (log.contains("shared memory block")) {
      return new StillInUse(folder);
    }
    if (output.contains("did not start in time")) {
      stop();
      return new PortFailureException(
          "PostgreSQL did not start within %s; allow it more time, or look into %s"
              .formatted(config.startTimeout(), folder.log()),
          null);
    }
    return new PortFailureException(
        "PostgreSQL did not start on %s: %s"
            .formatted(folder.path(), lastLines(log.isBlank() ? output : log)),
        null);
  }

  /** Somebody else listens at the port. */
  static final class PortTaken extends PortFailureException {
    private static final long serialVersionUID = 1L;

    PortTaken(int port) {
      super(
          "PostgreSQL cannot listen at port %d, because something else does: stop that, or choose another port"
              .formatted(port),
          null);
    }
  }

  /** The main process of an earlier server was killed, and its helpers have not noticed yet. */
  static final class StillInUse extends PortFailureException {
    private static final long serialVersionUID = 1L;

    StillInUse(DataFolder folder) {
      super(
          "processes of an earlier PostgreSQL server still use the data folder %s: end them"
              .formatted(folder.path()),
          null);
    }
  }

  void stop() throws IOException {
    Programs.Result stop = stop("fast");
    if (stop.status() != 0 && folder.process().filter(folder::lives).isPresent()) {
      stop = stop("immediate");
      if (stop.status() != 0) {
        throw new PortFailureException(
            "the server of %s could not be stopped: %s"
                .formatted(folder.path(), lastLines(stop.output())),
            null);
      }
    }
  }

  private Programs.Result stop(String mode) throws IOException {
    return programs.run(
        STOP.multipliedBy(2),
        "pg_ctl",
        "stop",
        "--wait",
        "--timeout=" + STOP.toSeconds(),
        "--mode=" + mode,
        "--pgdata=" + folder.cluster());
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - 5), lines.size()).stream()
        .map(String::strip)
        .collect(Collectors.joining(" / "));
  }
}
