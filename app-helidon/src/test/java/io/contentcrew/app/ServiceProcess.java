package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The program in a process of its own, with the environment it is given and no more, so that it can
 * be killed.
 */
final class ServiceProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern LISTENING = Pattern.compile("listening +http://[^ :]+:(\\d+)");

  private final Process process;
  private final Optional<Path> dataDir;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private boolean killed;

  private ServiceProcess(Process process, Optional<Path> dataDir) {
    this.process = process;
    this.dataDir = dataDir;
    readers.add(read(process.getInputStream(), out));
    readers.add(read(process.getErrorStream(), err));
  }

  /** Starts {@code run} with those settings; returns at once. */
  static ServiceProcess run(Map<String, String> settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 23) { // as ./crew does
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", classPath(), Main.class.getName(), "run"));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "");
    environment.clear();
    environment.put("PATH", path);
    environment.putAll(settings);
    try {
      return new ServiceProcess(
          builder.start(), Optional.ofNullable(settings.get("DATA_DIR")).map(Path::of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Thread read(InputStream stream, List<String> lines) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                lines.add("(the stream broke: " + e + ")");
              }
            });
  }

  /** Waits until it serves. */
  Client client() {
    await().atMost(PATIENCE).until(() -> port().isPresent() || !process.isAlive());
    return Client.of(
        port().orElseThrow(() -> new AssertionError("did not start: " + out + " " + err)));
  }

  /** Waits until it serves and its model answers too, which a busy machine may delay. */
  Client clientOfModel() {
    Client client = client();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.get("/health").json().at("/components/model/status").asText().equals("up"));
    return client;
  }

  private Optional<Integer> port() {
    return out.stream()
        .map(LISTENING::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .findFirst();
  }

  /** What it has written to its output so far. */
  String out() {
    return String.join("\n", out);
  }

  /** The lines it has written to its error stream so far. */
  List<String> err() {
    return List.copyOf(err);
  }

  /** Kills it as a crash would: nothing in it gets to run any more. */
  void kill() throws InterruptedException {
    killed = true;
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks it to stop, and waits until it has. */
  int stop() throws InterruptedException {
    process
        .toHandle()
        .destroy(); // not process.destroy(), which closes its output with the last lines unread
    return awaitExit();
  }

  /** Waits until it has ended by itself, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the process has ended; it said %s %s", out, err)
        .isTrue();
    for (Thread reader : readers) {
      reader.join(PATIENCE);
    }
    return process.exitValue();
  }

  /** The database server that this data folder's last start left word of, if it lives. */
  static Optional<ProcessHandle> databaseServer(Path dataDir) {
    try {
      Path file = dataDir.resolve("postgres/cluster/postmaster.pid");
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and the database server that it leaves behind if it was killed. */
  @Override
  public void close() {
    process
        .toHandle()
        .destroy(); // not process.destroy(), which closes its output with the last lines unread
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      killed = true;
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    if (killed) {
      dataDir
          .flatMap(ServiceProcess::databaseServer)
          .ifPresent(
              server -> {
                server.destroyForcibly();
                server.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
              });
    }
  }
}
