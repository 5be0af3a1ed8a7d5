package io.contentcrew.app.faults;

import static org.awaitility.Awaitility.await;

import io.contentcrew.app.Main;
import io.contentcrew.app.SkewedMain;
import io.contentcrew.testkit.FaultProxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process of the service, which reaches everything it needs through proxies of its own. Its
 * output goes to files, one for each start.
 */
final class Instance implements Api.Place, AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening +http://[^ :]+:(\\d+)");

  /** What is promised for an end after SIGTERM is 30 s; a busy machine gets more. */
  private static final Duration END = Duration.ofSeconds(40);

  private static final int EX_CONFIG = 78;

  /** Of a process that ended as asked: by itself, or by the signal. */
  private static final Set<Integer> GOOD_ENDS = Set.of(0, 128 + 15);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** The proxies between an instance and the servers it needs. */
  record Links(FaultProxy postgres, FaultProxy redis, FaultProxy model) {
    List<FaultProxy> all() {
      return List.of(postgres, redis, model);
    }
  }

  private final String name;
  private final Path folder;
  private final Links links;
  private final Map<String, String> settings;
  private final History history;
  private final List<String> unexpectedEnds = new ArrayList<>();
  private final List<Process> all = new ArrayList<>();
  private Process process;
  private Path out;
  private Path err;
  private int starts;
  private Duration skew = Duration.ZERO;
  private volatile int port; // 0 while it does not serve

  Instance(String name, Path folder, Links links, Map<String, String> settings, History history) {
    this.name = name;
    this.folder = folder;
    this.links = links;
    this.settings = settings;
    this.history = history;
    history.away(name);
    launch();
  }

  @Override
  public String name() {
    return name;
  }

  Links links() {
    return links;
  }

  @Override
  public Optional<URI> base() {
    int now = port;
    return now == 0 ? Optional.empty() : Optional.of(URI.create("http://127.0.0.1:" + now));
  }

  // ---- starting

  private void launch() {
    if (starts > 0 && process.isAlive()) {
      throw new IllegalStateException("instance " + name + " runs already");
    }
    lost();
    starts++;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // a life of seconds is too short for more
                "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 23) { // as ./crew does
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    boolean skewed = !skew.isZero();
    if (skewed) {
      command.add("-D" + SkewedMain.SKEW + "=" + skew);
    }
    Class<?> program = skewed ? SkewedMain.class : Main.class;
    command.addAll(List.of("-cp", classPath(skewed), program.getName(), "run"));
    out = folder.resolve("%s-%02d.out".formatted(name, starts));
    err = folder.resolve("%s-%02d.err".formatted(name, starts));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(settings);
    try {
      process = builder.start();
      all.add(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath(boolean withTests) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> withTests || !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Waits until it serves. One that gave up starting is started again, as a supervisor does: a
   * service need not start without its database.
   */
  void awaitServing() {
    await()
        .atMost(Processes.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!process.isAlive()) {
                failOnWrongSettings();
                launch();
              }
              OptionalInt told = toldPort();
              told.ifPresent(value -> port = value);
              return told.isPresent() && answers("/health/live", 200);
            });
    history.back(name);
  }

  /** They do not get better by another try. */
  private void failOnWrongSettings() throws IOException {
    if (process.exitValue() == EX_CONFIG) {
      throw new IllegalStateException(
          told("refused its settings: " + Files.readString(err).strip()));
    }
  }

  /** Waits until it says that requests are welcome. */
  void awaitReady() {
    await()
        .atMost(Processes.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> answers("/health/ready", 200));
  }

  private OptionalInt toldPort() throws IOException {
    try (Stream<String> lines = Files.lines(out)) {
      return lines
          .map(LISTENING::matcher)
          .filter(Matcher::find)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .findFirst();
    }
  }

  private boolean answers(String path, int status) throws InterruptedException {
    Optional<URI> base = base();
    if (base.isEmpty()) {
      return false;
    }
    HttpRequest request =
        HttpRequest.newBuilder(base.get().resolve(path))
            .timeout(Duration.ofSeconds(5))
            .GET()
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == status;
    } catch (IOException e) {
      return false;
    }
  }

  // ---- what happens to it

  /** Whether its process is there, be it stopped or not. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as a crash would. */
  void kill() {
    lost();
    Processes.killTree(process.toHandle());
  }

  /** Asks it to end and waits until it has, in time and as one that was asked. */
  void terminate() {
    history.away(name);
    if (process.isAlive()) {
      process.toHandle().destroy();
      try {
        if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
          unexpectedEnds.add(told("did not end within %d s of SIGTERM".formatted(END.toSeconds())));
          Processes.killTree(process.toHandle());
        } else if (!GOOD_ENDS.contains(process.exitValue())) {
          unexpectedEnds.add(told("was asked to end and did with code " + process.exitValue()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      port = 0;
    }
    lost();
  }

  /** Starts it again after it has ended; returns at once. */
  void launchAgain() {
    launch();
  }

  /** Starts it again with a clock that is wrong by so much; returns at once. */
  void launchAgain(Duration clockIsAhead) {
    skew = clockIsAhead;
    launch();
  }

  /** Stops it in the middle of whatever it does. */
  void pause() {
    history.away(name);
    Processes.signal("STOP", process.pid());
  }

  /** Lets it go on. */
  void resume() {
    Processes.signal("CONT", process.pid());
    history.back(name);
  }

  /** It serves no more; what is noted is when it had ended by itself. */
  private void lost() {
    history.away(name);
    if (port != 0 && !process.isAlive()) {
      unexpectedEnds.add(told("ended by itself with code " + process.exitValue()));
    }
    port = 0;
  }

  private String told(String what) {
    return "instance %s %s; see %s".formatted(name, what, out.getFileName());
  }

  /** Each time it ended without being told to, or not as it should. */
  List<String> unexpectedEnds() {
    return List.copyOf(unexpectedEnds);
  }

  @Override
  public void close() {
    all.forEach(any -> Processes.killTree(any.toHandle()));
    links.all().forEach(FaultProxy::close);
  }
}
