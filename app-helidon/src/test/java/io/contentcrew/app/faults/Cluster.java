package io.contentcrew.app.faults;

import io.contentcrew.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two processes of the service on one PostgreSQL, one Redis and one model, each reached through a
 * proxy of its own. All processes end with it, and also when the test's own process ends.
 */
final class Cluster implements AutoCloseable {
  private static final String SECRET_KEY = "canary-key-7Jb0Xq3Zt1Yw9Kd5Rf8Hn2Lc6Gs4Ae0Ui";

  private final Path folder;
  private final Path scratch;
  private final Timers timers;
  private final History history;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread atExit = new Thread(this::closeAll, "cluster-exit");
  private final Model model;
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final List<Instance> instances;

  private Cluster(Path folder, Timers timers, History history) {
    this.folder = folder;
    this.timers = timers;
    this.history = history;
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      delete(folder);
      Files.createDirectories(folder);
      scratch = Files.createTempDirectory("contentcrew-cluster-");
      open.push(() -> delete(scratch));
      model = opened(new Model());
      postgres = opened(PostgresServer.start(scratch.resolve("postgres")));
      redis = opened(RedisServer.start(scratch));
      Files.writeString(tiersFile(), TIERS);
      instances = List.of(instance("a"), instance("b"));
      instances.forEach(Instance::awaitServing);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * What a user has, of any tier: enough that much goes on, and little enough that limits are met.
   */
  private static final String TIERS =
      """
      tiers:
        free:
          display_name: Free
          rank: 0
          model: llama3.2:1b
          monthly: {blog: %1$d, social: %2$d, audio: %3$d, video: %4$d}
          parallel_tasks: 2
          active_jobs: 40
          generate_per_minute: 100000
          requests_per_minute: 100000
          priority: false
          api_keys: false
          keep_days: unlimited
        basic:
          display_name: Basic
          rank: 1
          model: llama3.2:1b
          monthly: {blog: %1$d, social: %2$d, audio: %3$d, video: %4$d}
          parallel_tasks: 2
          active_jobs: 40
          generate_per_minute: 100000
          requests_per_minute: 100000
          priority: false
          api_keys: false
          keep_days: unlimited
        pro:
          display_name: Pro
          rank: 2
          model: llama3.2:1b
          monthly: {blog: %1$d, social: %2$d, audio: %3$d, video: %4$d}
          parallel_tasks: 2
          active_jobs: 40
          generate_per_minute: 100000
          requests_per_minute: 100000
          priority: false
          api_keys: false
          keep_days: unlimited
      """
          .formatted(Limits.BLOG, Limits.SOCIAL, Limits.AUDIO, Limits.VIDEO);

  /**
   * Starts everything, with its logs in that folder, where nothing is left of an earlier run;
   * returns when both instances serve.
   */
  static Cluster start(Path folder, Timers timers, History history) {
    return new Cluster(folder.toAbsolutePath(), timers, history);
  }

  private Path tiersFile() {
    return scratch.resolve("tiers.yaml");
  }

  private Instance instance(String name) {
    Instance.Links links =
        new Instance.Links(
            FaultProxy.to("127.0.0.1", postgres.port()),
            FaultProxy.to("127.0.0.1", redis.port()),
            FaultProxy.to("127.0.0.1", model.ollama().port()));
    Map<String, String> settings = new HashMap<>(timers.settings());
    settings.put("ENV", "dev");
    settings.put("PORT", "0");
    settings.put("LOG_LEVEL", "debug");
    settings.put("DATA_DIR", scratch.toString());
    settings.put("TIERS_FILE", tiersFile().toString());
    settings.put("SECRET_KEY", SECRET_KEY);
    settings.put("BCRYPT_COST", "4");
    settings.put("SIGN_UP_LIMIT", "1000000"); // all personas come from one address
    settings.put("LOGIN_LIMIT", "1000000");
    settings.put("LOGIN_FAILURE_LIMIT", "1000000");
    settings.put(
        "STREAMS_PER_USER", "100000"); // readers come back before they are known to be gone
    settings.put("STRIPE_WEBHOOK_SECRET", Courier.SECRET);
    settings.put("STRIPE_PRICES", Author.PRICES);
    settings.put("WEBHOOK_TOLERANCE", "30m"); // longer than clocks are ever apart
    settings.put("TEST_PAYMENTS", "off");
    settings.put("DATABASE_URL", postgres.urlAt(links.postgres().port()));
    settings.put("REDIS_URL", RedisServer.urlAt(links.redis().port()));
    settings.put("OLLAMA_BASE_URL", "http://127.0.0.1:" + links.model().port());
    return opened(new Instance(name, folder, links, settings, history));
  }

  Timers timers() {
    return timers;
  }

  List<Instance> instances() {
    return instances;
  }

  Instance a() {
    return instances.get(0);
  }

  Instance b() {
    return instances.get(1);
  }

  PostgresServer postgres() {
    return postgres;
  }

  RedisServer redis() {
    return redis;
  }

  Model model() {
    return model;
  }

  /** What may be in no log, by a name that may. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("SECRET_KEY", SECRET_KEY);
    secrets.put("the password of PostgreSQL", postgres.password());
    secrets.put("the password of Redis", RedisServer.PASSWORD);
    return secrets;
  }

  /** Waits until both instances serve and are ready. */
  void awaitReady() {
    instances.forEach(Instance::awaitServing);
    instances.forEach(Instance::awaitReady);
  }

  /** Asks both instances to end; returns what was wrong with any end of theirs. */
  List<String> terminate() {
    instances.forEach(Instance::terminate);
    return instances.stream().flatMap(instance -> instance.unexpectedEnds().stream()).toList();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the hook is at it already
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The instances first, as they would only complain. */
  private void closeAll() {
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failure = new IllegalStateException("a part of the cluster could not be closed", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
