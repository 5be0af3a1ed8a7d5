package io.contentcrew.app;

import io.contentcrew.adapters.redis.RedisConfig;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.Secret;
import io.contentcrew.sdk.tier.TierFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the service was told, checked. The only class that looks at the environment. */
record AppConfig(
    Service service,
    Stores stores,
    Models models,
    Jobs jobs,
    AccountConfig accounts,
    PaymentConfig payments,
    Edges edges) {
  /** The kind of place the service runs in. */
  enum Env {
    DEV,
    STAGING,
    PROD
  }

  record Service(
      Env env,
      String host,
      int port,
      System.Logger.Level logLevel,
      boolean jsonLogs,
      Duration drainDelay,
      Duration shutdownGrace,
      int maxBodyBytes,
      Duration bodyTimeout,
      SitePlace site) {}

  /**
   * Where things are kept: in the database if there is one, else in memory or in the embedded
   * server under the data folder.
   *
   * @param redis what several instances share besides
   * @param instances how many there are
   */
  record Stores(
      Path dataDir,
      boolean inMemory,
      Optional<Secret> databaseUrl,
      int poolSize,
      Optional<RedisConfig> redis,
      int instances,
      Optional<Path> tiersFile) {}

  /** Who writes. */
  enum Provider {
    OLLAMA,
    OPENAI,
    OFFLINE,
    /** Ollama on this machine when it answers, else the offline writer. */
    OLLAMA_ELSE_OFFLINE
  }

  record Models(
      Provider provider,
      List<URI> ollama,
      List<URI> openAi,
      Optional<Secret> openAiKey,
      Optional<String> openAiModel,
      int parallel,
      int numCtx,
      Timeouts timeouts,
      int retries,
      Duration retryBackoff,
      boolean pull,
      double offlineTokensPerSecond) {}

  record Timeouts(Duration connect, Duration firstToken, Duration tokenGap, Duration task) {}

  record Jobs(
      Duration timeout,
      Duration heartbeat,
      Duration deadAfter,
      int concurrency,
      Duration foldAfter,
      Duration sseHeartbeat,
      Duration sseWriteTimeout) {}

  /** The settings are not right; the message names all that is wrong. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    Invalid(List<String> problems) {
      super(String.join("\n", problems));
      this.problems = List.copyOf(problems);
    }

    List<String> problems() {
      return problems;
    }
  }

  /** Where the page's own server listens, unless it is told otherwise. */
  private static final int PAGE_PORT = 3000;

  /** Where Ollama listens when nobody says otherwise. */
  private static final URI USUAL_OLLAMA = URI.create("http://localhost:11434");

  /** Reads the settings from those variables. */
  static AppConfig read(Map<String, String> variables) throws Invalid {
    return read(variables, USUAL_OLLAMA);
  }

  /** Reads the settings; an Ollama that nobody named is looked for at {@code usualOllama}. */
  static AppConfig read(Map<String, String> variables, URI usualOllama) throws Invalid {
    Environment from = new Environment(variables);
    String name = from.choice("ENV", "dev", "staging", "prod");
    Env env = Env.valueOf(name.toUpperCase(Locale.ROOT));
    Stores stores = stores(from, env);
    Edges edges = Edges.read(from, env);
    AppConfig config =
        new AppConfig(
            service(from, env),
            stores,
            models(from, env, usualOllama),
            jobs(from),
            AccountConfig.read(from, env, stores.dataDir, edges.baseUrl()),
            PaymentConfig.read(from, env, tiers(from, stores)),
            edges);
    if (!from.problems().isEmpty()) {
      throw new Invalid(from.problems());
    }
    return config;
  }

  private static Optional<TierCatalog> tiers(Environment from, Stores stores) {
    Optional<Path> file = stores.tiersFile;
    if (file.isPresent() && !Files.isReadable(file.get())) {
      return Optional.empty(); // told already
    }
    try {
      return Optional.of(file.map(TierFile::read).orElseGet(TierFile::standard));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      from.problem("TIERS_FILE: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The origins of our own pages: those may act for who is signed in. */
  Set<String> ownOrigins() {
    Set<String> origins = new TreeSet<>(edges.corsOrigins());
    for (URI page : List.of(edges.baseUrl(), accounts.callback())) {
      Origin.of(page).ifPresent(origin -> origins.add(origin.text()));
    }
    if (service.env == Env.DEV) { // there the page is opened by any name of this machine
      for (int port : new int[] {service.port, PAGE_PORT}) {
        origins.add("http://localhost:" + port);
        origins.add("http://127.0.0.1:" + port);
      }
    }
    return origins;
  }

  private static Service service(Environment from, Env env) {
    String level = from.choice("LOG_LEVEL", "info", "error", "warning", "warn", "debug");
    String format = from.choice("LOG_FORMAT", "auto", "json", "text");
    return new Service(
        env,
        from.text("HOST"),
        from.number("PORT", 0, 65_535),
        System.Logger.Level.valueOf(
            level.equals("warn") ? "WARNING" : level.toUpperCase(Locale.ROOT)),
        format.equals("json") || (format.equals("auto") && env != Env.DEV),
        from.isGiven("DRAIN_DELAY")
            ? from.duration("DRAIN_DELAY", Duration.ZERO)
            : env == Env.DEV ? Duration.ZERO : Duration.ofSeconds(5),
        from.duration("SHUTDOWN_GRACE", Duration.ofSeconds(1)),
        from.number("MAX_BODY_BYTES", 1_024, 16 * 1024 * 1024),
        from.duration("BODY_TIMEOUT", Duration.ofMillis(100)),
        SitePlace.read(from));
  }

  private static Stores stores(Environment from, Env env) {
    boolean inMemory = from.choice("STORAGE", "auto", "memory").equals("memory");
    boolean hasDatabase = from.isGiven("DATABASE_URL");
    if (inMemory && env != Env.DEV) {
      from.problem(
          "STORAGE=memory loses everything at each stop and is for ENV=dev only; give"
              + " DATABASE_URL.");
    }
    if (inMemory && hasDatabase) {
      from.problem("STORAGE=memory and DATABASE_URL contradict each other; give one of them.");
    }
    if (!hasDatabase && env != Env.DEV) {
      from.problem(
          "DATABASE_URL must be given when ENV is not dev, for example"
              + " postgresql://crew:...@db.internal:5432/crew.");
    }
    Optional<String> url = from.optionalText("DATABASE_URL");
    if (url.isPresent() && !url.get().matches("postgres(?:ql)?://.+")) {
      from.problem("DATABASE_URL must look like postgresql://user:password@host:port/database.");
    }
    Optional<Path> tiers = from.file("TIERS_FILE");
    if (tiers.isPresent() && !Files.isReadable(tiers.get())) {
      from.problem("TIERS_FILE names a file that cannot be read.");
    }
    return new Stores(
        from.file("DATA_DIR").orElse(Path.of("data")).toAbsolutePath().normalize(),
        inMemory,
        url.map(Secret::of),
        from.number("DB_POOL_SIZE", 2, 200),
        redis(from),
        from.number("INSTANCE_COUNT", 1, 10_000),
        tiers);
  }

  private static Optional<RedisConfig> redis(Environment from) {
    Optional<String> url = from.optionalText("REDIS_URL");
    Optional<Secret> password = from.optionalText("REDIS_PASSWORD").map(Secret::of);
    Duration timeout = from.duration("REDIS_TIMEOUT", Duration.ofMillis(1));
    try {
      return url.map(text -> RedisConfig.parse(text, password).withCommandTimeout(timeout));
    } catch (IllegalArgumentException e) {
      from.problem("REDIS_URL: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Models models(Environment from, Env env, URI usualOllama) {
    String wish = from.choice("LLM_PROVIDER", "auto", "ollama", "openai", "offline");
    boolean hasOpenAi = from.isGiven("OPENAI_API_KEY") || from.isGiven("OPENAI_BASE_URL");
    Provider provider =
        switch (wish) {
          case "ollama" -> Provider.OLLAMA;
          case "openai" -> Provider.OPENAI;
          case "offline" -> Provider.OFFLINE;
          default ->
              from.isGiven("OLLAMA_BASE_URL")
                  ? Provider.OLLAMA
                  : hasOpenAi ? Provider.OPENAI : Provider.OLLAMA_ELSE_OFFLINE;
        };
    if (provider == Provider.OLLAMA_ELSE_OFFLINE && env != Env.DEV) {
      from.problem(
          "Say who writes when ENV is not dev: give OLLAMA_BASE_URL or OPENAI_API_KEY, or"
              + " LLM_PROVIDER=offline for labelled samples.");
    }
    if (provider == Provider.OPENAI && !hasOpenAi) {
      from.problem(
          "LLM_PROVIDER=openai needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server that asks for"
              + " no key.");
    }
    Timeouts timeouts =
        new Timeouts(
            from.duration("LLM_CONNECT_TIMEOUT", Duration.ofMillis(10)),
            from.duration("LLM_FIRST_TOKEN_TIMEOUT", Duration.ofMillis(10)),
            from.duration("LLM_TOKEN_GAP_TIMEOUT", Duration.ofMillis(10)),
            from.duration("LLM_TASK_TIMEOUT", Duration.ofMillis(10)));
    return new Models(
        provider,
        from.urls("OLLAMA_BASE_URL", usualOllama.toString()),
        from.urls("OPENAI_BASE_URL", "https://api.openai.com/v1"),
        from.optionalText("OPENAI_API_KEY").map(Secret::of),
        from.optionalText("OPENAI_MODEL"),
        from.number("LLM_PARALLEL", 1, 100_000),
        from.number("LLM_NUM_CTX", 2_048, 1_048_576),
        timeouts,
        from.number("LLM_RETRIES", 0, 10),
        from.duration("LLM_RETRY_BACKOFF", Duration.ofMillis(1)),
        from.flag("LLM_PULL").orElse(false),
        from.decimal("OFFLINE_TOKENS_PER_SECOND", 0, 1_000_000));
  }

  private static Jobs jobs(Environment from) {
    Jobs jobs =
        new Jobs(
            from.duration("JOB_TIMEOUT", Duration.ofMillis(100)),
            from.duration("JOB_HEARTBEAT", Duration.ofMillis(50)),
            from.duration("JOB_DEAD_AFTER", Duration.ofMillis(150)),
            from.number("JOB_CONCURRENCY", 1, 100_000),
            from.duration("JOB_FOLD_AFTER", Duration.ZERO),
            from.duration("SSE_HEARTBEAT", Duration.ofMillis(50)),
            from.duration("SSE_WRITE_TIMEOUT", Duration.ofMillis(100)));
    if (jobs.deadAfter.compareTo(jobs.heartbeat.multipliedBy(3)) < 0) {
      from.problem(
          "JOB_DEAD_AFTER must be at least three times JOB_HEARTBEAT, or a slow moment is taken for"
              + " a death.");
    }
    return jobs;
  }
}
