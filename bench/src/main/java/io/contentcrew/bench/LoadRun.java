package io.contentcrew.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A run of the whole: in each round first the baseline, and then the service. */
final class LoadRun {
  private final LoadOptions options;
  private final Consumer<String> progress;
  private final Answers answers = new Answers();
  private int streamsSoFar;

  /** One round: the model read directly, and through the service. */
  record Pair(Figures baseline, Figures service) {}

  LoadRun(LoadOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Tokens of one stream. */
  int tokensPerStream() {
    return answers.tokens();
  }

  /** Runs; returns the measured rounds. */
  List<Pair> run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("crew-bench");
    try (PacedModel model = PacedModel.start(answers, options.rate());
        ServiceProcess service = ServiceProcess.start(options, model.address(), folder);
        Api api = new Api(service.url())) {
      List<String> users = api.signUp(options.streams());
      List<Pair> measured = new ArrayList<>();
      for (int i = 0; i < options.warmup() + options.rounds(); i++) {
        boolean isMeasured = i >= options.warmup();
        if (i == options.warmup() && options.recording().isPresent()) {
          service.startRecording();
        }
        progress.accept("round " + (i + 1) + (isMeasured ? "" : ", to warm up"));
        Pair pair = new Pair(direct(model), served(model, service, api, users));
        if (isMeasured) {
          measured.add(pair);
        }
      }
      options.recording().ifPresent(service::endRecording);
      return measured;
    } finally {
      delete(folder);
    }
  }

  private Figures direct(PacedModel model) throws IOException, InterruptedException {
    Round round = nextRound();
    Latencies latencies = new Latencies();
    List<StreamReader> readers = new ArrayList<>();
    for (int i = 0; i < round.streams(); i++) {
      readers.add(new ChatReader(round, i, latencies));
    }
    model.begin(round);
    try (StreamClient client = StreamClient.open(model.address(), readers, limit())) {
      held(round);
      return flow(model, client, readers, latencies, LoadRun::ownCpu, OptionalLong::empty);
    }
  }

  private Figures served(
      PacedModel model, ServiceProcess service, Api api, List<String> accessTokens)
      throws IOException, InterruptedException {
    Round round = nextRound();
    model.begin(round);
    List<String> jobs = api.submit(round, accessTokens);
    held(round);
    Latencies latencies = new Latencies();
    List<StreamReader> readers = new ArrayList<>();
    for (int i = 0; i < round.streams(); i++) {
      readers.add(new EventReader(round, i, latencies, jobs.get(i), accessTokens.get(i)));
    }
    InetSocketAddress address = service.address();
    try (StreamClient client = StreamClient.open(address, readers, limit())) {
      if (!client.opened().await(60, TimeUnit.SECONDS)) {
        throw new IOException(client.opened().getCount() + " streams did not open within 60 s");
      }
      return flow(model, client, readers, latencies, service::cpu, service::peakMemory);
    }
  }

  private Round nextRound() {
    Round round = new Round(streamsSoFar, options.streams(), answers);
    streamsSoFar += options.streams();
    return round;
  }

  static void held(Round round) throws IOException, InterruptedException {
    if (!round.held().await(60, TimeUnit.SECONDS)) {
      throw new IOException(round.held().getCount() + " streams did not ask the model within 60 s");
    }
  }

  /** Several times what the pace asks for. */
  private Duration limit() {
    return limit(answers, options.rate());
  }

  static Duration limit(Answers answers, double rate) {
    double paced = rate == 0 ? 0 : answers.tokens() / rate;
    return Duration.ofSeconds(120 + (long) (5 * paced));
  }

  private Figures flow(
      PacedModel model,
      StreamClient client,
      List<StreamReader> readers,
      Latencies latencies,
      Supplier<Duration> cpu,
      Supplier<OptionalLong> memory)
      throws InterruptedException {
    Duration cpuBefore = cpu.get();
    long begun = System.nanoTime();
    model.release();
    client.await();
    double spent = cpu.get().minus(cpuBefore).toNanos() / 1e3;
    double seconds = (latencies.last() - begun) / 1e9;
    long tokens = latencies.size();
    return new Figures(
        readers.size(),
        tokens,
        readers.stream().filter(reader -> reader.failure().isEmpty()).count(),
        tokens / seconds,
        latencies.quantile(0.5),
        latencies.quantile(0.99),
        spent / tokens,
        memory.get(),
        readers.stream().flatMap(reader -> reader.failure().stream()).distinct().toList());
  }

  static Duration ownCpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Duration.ofNanos(system.getProcessCpuTime())
        : Duration.ZERO;
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not be deleted: " + folder, e);
    }
  }
}
