package io.contentcrew.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Two instances over one database, under the same streams in different places. */
final class InstancesRun {
  private final InstancesOptions options;
  private final Consumer<String> progress;
  private final Answers answers = new Answers();
  private int streamsSoFar;

  /** Where the streams are. */
  enum Way {
    ONE("all at one"),
    HALVES("half at each"),
    BOTH("as many at each"),
    ELSEWHERE("written at one, watched at the other");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * What a round came to.
   *
   * @param cpuMillis of the instances that had streams, for each stream
   * @param databaseMillis of the database, for each stream
   * @param p50 milliseconds from the writing of a token to its arrival
   * @param openFiles of both instances, for each stream, while all were open, above those before
   */
  record Result(
      int streams,
      long whole,
      double cpuMillis,
      double databaseMillis,
      double p50,
      double p99,
      double openFiles,
      List<String> failures) {
    Result {
      failures = List.copyOf(failures);
    }
  }

  /** So many streams, submitted there and watched here. */
  private record Place(Instance writer, Instance watched, int streams) {}

  private record Instance(ServiceProcess process, Api api) {}

  /** What is needed for a round. */
  private record Stage(
      PacedModel model, BenchDatabase database, Instance a, Instance b, List<String> users) {}

  InstancesRun(InstancesOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  Map<Way, List<Result>> run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("crew-bench");
    Optional<RedisProcess> redis =
        options.withRedis() ? Optional.of(RedisProcess.start()) : Optional.empty();
    try (BenchDatabase database = BenchDatabase.start(folder);
        PacedModel model = PacedModel.start(answers, options.rate())) {
      Map<String, String> settings =
          settings(database.url(), redis.map(RedisProcess::url).or(options::redis));
      if (redis.isPresent()) {
        settings.putAll(RedisProcess.WITHOUT_PASSWORD);
      }
      try (ServiceProcess a = service(model, folder.resolve("a"), settings);
          ServiceProcess b = service(model, folder.resolve("b"), settings);
          Api apiA = new Api(a.url());
          Api apiB = new Api(b.url())) {
        List<String> users = apiA.signUp(2 * options.streams());
        return rounds(
            new Stage(model, database, new Instance(a, apiA), new Instance(b, apiB), users));
      }
    } finally {
      if (redis.isPresent()) {
        redis.get().close();
      }
      LoadRun.delete(folder);
    }
  }

  /** Always with a Redis, or expressly with none, whatever the shell's environment says. */
  static Map<String, String> settings(String database, Optional<String> redis) {
    byte[] key = new byte[48];
    ThreadLocalRandom.current().nextBytes(key); // of no use to anybody after the run
    Map<String, String> settings = new HashMap<>();
    settings.put("STORAGE", "auto");
    settings.put("DATABASE_URL", database);
    settings.put("SECRET_KEY", Base64.getEncoder().encodeToString(key));
    settings.put("INSTANCE_COUNT", "2");
    settings.put("REDIS_URL", redis.orElse(""));
    return settings;
  }

  private ServiceProcess service(PacedModel model, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Files.createDirectory(folder);
    return ServiceProcess.start(options.javaOptions(), model.address(), folder, settings);
  }

  private Map<Way, List<Result>> rounds(Stage stage) throws IOException, InterruptedException {
    Map<Way, List<Result>> results = new EnumMap<>(Way.class);
    for (int i = 0; i < options.warmup() + options.rounds(); i++) {
      boolean isMeasured = i >= options.warmup();
      for (Way way : Way.values()) {
        progress.accept(
            "round " + (i + 1) + (isMeasured ? "" : ", to warm up") + ": " + way.title());
        Result result = round(stage, places(stage, way));
        if (isMeasured) {
          results.computeIfAbsent(way, any -> new ArrayList<>()).add(result);
        }
      }
    }
    return results;
  }

  private List<Place> places(Stage stage, Way way) {
    int all = options.streams();
    return switch (way) {
      case ONE -> List.of(new Place(stage.a, stage.a, all));
      case HALVES ->
          List.of(new Place(stage.a, stage.a, all / 2), new Place(stage.b, stage.b, all - all / 2));
      case BOTH -> List.of(new Place(stage.a, stage.a, all), new Place(stage.b, stage.b, all));
      case ELSEWHERE -> List.of(new Place(stage.a, stage.b, all));
    };
  }

  private Result round(Stage stage, List<Place> places) throws IOException, InterruptedException {
    int streams = places.stream().mapToInt(Place::streams).sum();
    Round round = new Round(streamsSoFar, streams, answers);
    streamsSoFar += streams;
    stage.model.begin(round);
    long filesBefore = openFiles(stage);
    List<StreamClient> clients = new ArrayList<>();
    List<EventReader> readers = new ArrayList<>();
    List<Latencies> latencies = new ArrayList<>();
    try {
      int first = 0;
      for (Place place : places) {
        List<String> users = stage.users.subList(first, first + place.streams);
        List<String> jobs = place.writer.api.submit(round, first, users);
        Latencies times = new Latencies();
        List<EventReader> own = new ArrayList<>();
        for (int i = 0; i < place.streams; i++) {
          own.add(new EventReader(round, first + i, times, jobs.get(i), users.get(i)));
        }
        clients.add(
            StreamClient.open(
                place.watched.process.address(), own, LoadRun.limit(answers, options.rate())));
        readers.addAll(own);
        latencies.add(times);
        first += place.streams;
      }
      LoadRun.held(round);
      for (StreamClient client : clients) {
        if (!client.opened().await(60, TimeUnit.SECONDS)) {
          throw new IOException(client.opened().getCount() + " streams did not open within 60 s");
        }
      }
      long files = openFiles(stage) - filesBefore;
      return flow(stage, places, clients, readers, latencies, files);
    } finally {
      for (StreamClient client : clients) {
        client.close();
      }
    }
  }

  private static Result flow(
      Stage stage,
      List<Place> places,
      List<StreamClient> clients,
      List<EventReader> readers,
      List<Latencies> latencies,
      long files)
      throws IOException, InterruptedException {
    Duration cpu = cpu(places);
    Duration database = stage.database.cpu();
    stage.model.release();
    for (StreamClient client : clients) {
      client.await();
    }
    double streams = readers.size();
    Latencies all = Latencies.all(latencies);
    return new Result(
        readers.size(),
        readers.stream().filter(reader -> reader.failure().isEmpty()).count(),
        cpu(places).minus(cpu).toNanos() / 1e6 / streams,
        stage.database.cpu().minus(database).toNanos() / 1e6 / streams,
        all.quantile(0.5),
        all.quantile(0.99),
        files / streams,
        readers.stream().flatMap(reader -> reader.failure().stream()).distinct().toList());
  }

  /** Of all instances that have to do with the streams. */
  private static Duration cpu(List<Place> places) {
    return places.stream()
        .flatMap(place -> List.of(place.writer, place.watched).stream())
        .distinct()
        .map(instance -> instance.process.cpu())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static long openFiles(Stage stage) {
    return stage.a.process.openFiles() + stage.b.process.openFiles();
  }
}
