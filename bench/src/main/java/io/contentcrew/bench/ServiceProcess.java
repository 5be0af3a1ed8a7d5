package io.contentcrew.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service in a virtual machine of its own, with this one's class path. */
final class ServiceProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("^ *listening +(http://\\S+)");
  private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

  private static final int MOST_LINES = 10;

  private final Process process;
  private final URI url;

  private ServiceProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it, with its data in {@code folder}, and waits until it listens. */
  static ServiceProcess start(LoadOptions options, InetSocketAddress model, Path folder)
      throws IOException, InterruptedException {
    Map<String, String> storage =
        options.storage() == LoadOptions.Storage.MEMORY
            ? Map.of("STORAGE", "memory", "DATABASE_URL", "")
            : Map.of("STORAGE", "auto");
    return start(options.javaOptions(), model, folder, storage);
  }

  /** Likewise, with more settings. */
  static ServiceProcess start(
      List<String> javaOptions, InetSocketAddress model, Path folder, Map<String, String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(JAVA_BIN.resolve("java").toString());
    command.addAll(javaOptions);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(absolute(System.getProperty("java.class.path")));
    command.add("io.contentcrew.app.Main");
    command.add("run");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    settings(builder.environment(), model, folder);
    builder.environment().putAll(more);
    Process process = builder.start();
    try {
      return new ServiceProcess(process, listening(process));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String absolute(String classPath) {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }

  static void settings(Map<String, String> environment, InetSocketAddress model, Path folder)
      throws IOException {
    Path tiers = folder.resolve("tiers.yaml");
    BenchTiers.write(tiers);
    environment.put("ENV", "dev");
    // what the shell has for another service must not change what is measured; empty is not given
    environment.put("REDIS_URL", "");
    environment.put("REDIS_URL_FILE", "");
    environment.put("PORT", "0");
    environment.put("LOG_LEVEL", "warning");
    environment.put("DATA_DIR", folder.resolve("data").toString());
    environment.put("TIERS_FILE", tiers.toString());
    environment.put("LLM_PROVIDER", "ollama");
    environment.put("OLLAMA_BASE_URL", "http://127.0.0.1:" + model.getPort());
    environment.put("LLM_PARALLEL", "100000");
    environment.put("JOB_CONCURRENCY", "100000");
    environment.put("MAX_CONNECTIONS", "1000000");
    environment.put("MAX_STREAMS", "1000000");
    environment.put("STREAMS_PER_USER", "1000000");
    environment.put("SIGN_UP_LIMIT", "1000000");
    environment.put("LOGIN_LIMIT", "1000000");
    environment.put("BCRYPT_COST", "4");
  }

  private static URI listening(Process process) throws IOException, InterruptedException {
    CompletableFuture<URI> found = new CompletableFuture<>();
    List<String> said = new ArrayList<>();
    Thread.ofVirtual().start(() -> listen(process, found, said));
    try {
      return found.get(120, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the service did not start; it said: " + String.join("\n", said), e);
    }
  }

  /** Reads all that the service says, or it would stand still; shows what comes after its start. */
  private static void listen(Process process, CompletableFuture<URI> found, List<String> said) {
    try (BufferedReader lines = process.inputReader()) {
      int shown = 0;
      String line = lines.readLine();
      while (line != null) {
        Matcher listening = LISTENING.matcher(line);
        if (found.isDone()) {
          shown += line.startsWith("  ") ? 0 : 1; // not the rest of the banner
          if (!line.startsWith("  ") && shown <= MOST_LINES) {
            System.err.println("service: " + line);
          }
        } else if (listening.find()) {
          found.complete(URI.create(listening.group(1)));
        } else {
          said.add(line);
        }
        line = lines.readLine();
      }
      if (shown > MOST_LINES) {
        System.err.println("service: and " + (shown - MOST_LINES) + " more lines");
      }
      found.completeExceptionally(new IOException("it has ended"));
    } catch (IOException e) {
      found.completeExceptionally(e);
    }
  }

  URI url() {
    return url;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  /** The time it has spent on processors. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What its threads whose names begin so have spent of that; empty where nobody tells. */
  Optional<ThreadTimes> threads(String prefix) throws IOException {
    return ThreadTimes.of(process.pid(), prefix);
  }

  /** The most memory it has had, in KiB; empty where the system does not tell. */
  OptionalLong peakMemory() {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Its open files and sockets; 0 where the system does not tell. */
  long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    } catch (IOException e) {
      return 0;
    }
  }

  void startRecording() {
    List<String> words = new ArrayList<>(List.of("JFR.start", "name=load", "settings=profile"));
    if (Runtime.version().feature() >= 25) { // samples by CPU time, native code with it
      words.add("jdk.CPUTimeSample#enabled=true");
      words.add("jdk.CPUTimeSample#throttle=2ms");
    }
    tell(words);
  }

  void endRecording(Path file) {
    tell(List.of("JFR.stop", "name=load", "filename=" + file.toAbsolutePath()));
  }

  private void tell(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(JAVA_BIN.resolve("jcmd").toString());
    command.add(String.valueOf(process.pid()));
    command.addAll(words);
    try {
      Process jcmd =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException("this did not work: " + String.join(" ", command));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the service cannot be recorded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it as an operator would, and less kindly if that takes long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
