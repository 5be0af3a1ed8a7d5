package io.contentcrew.bench;

import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Streams alone, and the same streams while clients sign in; before that the hasher alone. */
final class LoginsRun {
  private static final String HASHING_THREADS = "password-hash-";

  private final LoginsOptions options;
  private final Consumer<String> progress;
  private final Answers answers = new Answers();
  private int streamsSoFar;

  /**
   * What some seconds came to.
   *
   * @param p50 milliseconds from the writing of a token in that time to its arrival
   * @param cores how many processors the service kept busy
   * @param hashing the share of the service's time on processors that its hashing threads had;
   *     empty where the system does not tell
   * @param answers to sign-ins, by status
   * @param whole streams of which every token arrived
   */
  record Phase(
      double seconds,
      double p50,
      double p99,
      double cores,
      OptionalDouble hashing,
      SortedMap<Integer, Long> answers,
      long whole,
      List<String> failures) {
    Phase {
      answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
      failures = List.copyOf(failures);
    }

    /** Sign-ins a second that succeeded. */
    double signIns() {
      return answers.getOrDefault(200, 0L) / seconds;
    }
  }

  /**
   * What the run came to.
   *
   * @param hasher passwords that the hasher alone checks in a second
   */
  record Result(double hasher, Phase alone, Phase signingIn) {
    /** Whether all streams arrived, and each sign-in succeeded or was turned away. */
    boolean isComplete() {
      return alone.failures.isEmpty()
          && signingIn.failures.isEmpty()
          && signingIn.answers.keySet().stream().allMatch(List.of(200, 503)::contains);
    }
  }

  /** What is needed for a phase. */
  private record Stage(PacedModel model, ServiceProcess service, Api api, List<String> readers) {}

  LoginsRun(LoginsOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException {
    progress.accept("the hasher alone");
    double hasher = hasherAlone();
    Path folder = Files.createTempDirectory("crew-bench");
    try (PacedModel model = PacedModel.start(answers, LoginsOptions.RATE);
        ServiceProcess service =
            ServiceProcess.start(
                LoadOptions.standard().javaOptions(), model.address(), folder, settings());
        Api api = new Api(service.url())) {
      progress.accept("users sign up");
      Stage stage = new Stage(model, service, api, api.signUp(options.streams()));
      List<Api.Account> accounts = api.register(options.clients());
      progress.accept("streams and sign-ins, to warm up");
      phase(stage, accounts);
      progress.accept("streams alone");
      Phase alone = phase(stage, List.of());
      progress.accept("streams and sign-ins");
      return new Result(hasher, alone, phase(stage, accounts));
    } finally {
      LoadRun.delete(folder);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "STORAGE", "memory",
        "DATABASE_URL", "",
        "BCRYPT_COST", String.valueOf(options.cost()),
        "SIGN_UP_LIMIT", "1000000",
        "LOGIN_FAILURE_LIMIT", "1000000");
  }

  /** A sign-in checks one password; this does nothing else. */
  private double hasherAlone() throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    SecurityConfig config =
        SecurityConfig.of(Secret.of("k".repeat(SecurityConfig.MIN_KEY_BYTES)))
            .withBcryptCost(options.cost());
    try (SecurityAdapter security = SecurityAdapter.open(config)) {
      PasswordHasher hasher = security.passwordHasher();
      PasswordHash hash = hasher.hash(Api.PASSWORD);
      Clients.Client client =
          () -> {
            if (hasher.verify(Api.PASSWORD, hash) != PasswordHasher.Verdict.MATCH) {
              throw new IllegalStateException("the hasher does not know its own hash");
            }
          };
      Clients.rate(processors, Duration.ofSeconds(1), () -> client); // to warm up
      return Clients.rate(processors, Duration.ofSeconds(options.seconds()), () -> client);
    }
  }

  private Phase phase(Stage stage, List<Api.Account> accounts)
      throws IOException, InterruptedException {
    Round round = new Round(streamsSoFar, options.streams(), answers);
    streamsSoFar += options.streams();
    stage.model.begin(round);
    List<String> jobs = stage.api.submit(round, stage.readers);
    LoadRun.held(round);
    Latencies latencies = new Latencies();
    List<StreamReader> readers = new ArrayList<>();
    for (int i = 0; i < round.streams(); i++) {
      readers.add(new EventReader(round, i, latencies, jobs.get(i), stage.readers.get(i)));
    }
    Duration limit = LoadRun.limit(answers, LoginsOptions.RATE);
    try (StreamClient client = StreamClient.open(stage.service.address(), readers, limit)) {
      if (!client.opened().await(60, TimeUnit.SECONDS)) {
        throw new IOException(client.opened().getCount() + " streams did not open within 60 s");
      }
      return flow(stage, round, accounts, client, readers, latencies);
    }
  }

  private Phase flow(
      Stage stage,
      Round round,
      List<Api.Account> accounts,
      StreamClient client,
      List<StreamReader> readers,
      Latencies latencies)
      throws IOException, InterruptedException {
    try (SignIns signIns = SignIns.start(stage.service.url(), accounts)) {
      signIns.awaitFirst();
      SortedMap<Integer, Long> answersBefore = signIns.answers();
      Duration cpuBefore = stage.service.cpu();
      Optional<ThreadTimes> hashingBefore = stage.service.threads(HASHING_THREADS);
      long begun = System.nanoTime();
      stage.model.release();
      TimeUnit.SECONDS.sleep(options.seconds());
      long ended = System.nanoTime();
      double seconds = (ended - begun) / 1e9;
      Optional<ThreadTimes> hashing = stage.service.threads(HASHING_THREADS);
      Duration cpu = stage.service.cpu().minus(cpuBefore);
      SortedMap<Integer, Long> given = difference(signIns.answers(), answersBefore);
      latencies.writtenUntil(ended);
      signIns.stop();
      round.hurry();
      client.await();
      return new Phase(
          seconds,
          latencies.quantile(0.5),
          latencies.quantile(0.99),
          cpu.toNanos() / 1e9 / seconds,
          share(hashing, hashingBefore, cpu),
          given,
          readers.stream().filter(reader -> reader.failure().isEmpty()).count(),
          readers.stream().flatMap(reader -> reader.failure().stream()).distinct().toList());
    }
  }

  private static SortedMap<Integer, Long> difference(
      SortedMap<Integer, Long> now, SortedMap<Integer, Long> before) {
    SortedMap<Integer, Long> difference = new TreeMap<>();
    now.forEach((status, count) -> difference.put(status, count - before.getOrDefault(status, 0L)));
    return difference;
  }

  private static OptionalDouble share(
      Optional<ThreadTimes> now, Optional<ThreadTimes> before, Duration all) {
    if (now.isEmpty() || before.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of((double) now.get().since(before.get()).toNanos() / all.toNanos());
  }
}
