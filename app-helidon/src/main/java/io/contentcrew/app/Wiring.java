package io.contentcrew.app;

import io.contentcrew.adapters.export.ExportAdapter;
import io.contentcrew.adapters.export.ExportConfig;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig;
import io.contentcrew.adapters.mail.MailAdapter;
import io.contentcrew.adapters.memory.MemoryStorage;
import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.adapters.oauth.OAuthAdapter;
import io.contentcrew.adapters.oauth.OAuthConfig;
import io.contentcrew.adapters.ollama.OllamaAdapter;
import io.contentcrew.adapters.ollama.OllamaConfig;
import io.contentcrew.adapters.openai.OpenAiAdapter;
import io.contentcrew.adapters.openai.OpenAiConfig;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.adapters.redis.RedisAdapter;
import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.PasswordPolicy;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.generation.Engines;
import io.contentcrew.sdk.generation.GenerationSettings;
import io.contentcrew.sdk.subscription.BillingSettings;
import io.contentcrew.sdk.tier.TierFile;
import io.contentcrew.sdk.user.AccountSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Joins adapters and use cases as the configuration says: stores in memory or in PostgreSQL (given,
 * or embedded), and Redis where several instances share more than that. Closes in the opposite
 * order what it has opened.
 */
final class Wiring implements AutoCloseable {
  /** The time of this machine. */
  static final InstantSource SYSTEM_CLOCK = Clock.systemUTC();

  private final AppConfig config;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final InstantSource clock;
  private final ContentCrew crew;
  private final Optional<RedisAdapter> redis;
  private final Seals seals;
  private final PaymentParts payments;
  private final boolean idle;
  private String storageName = "memory";
  private String storageDetail = "in memory, gone at the stop";

  private Wiring(AppConfig config, CrewObserver observer, InstantSource clock, boolean idle) {
    this.config = config;
    this.clock = clock;
    this.idle = idle;
    try {
      TierCatalog tiers = tiers(config);
      SecurityAdapter security = opened(SecurityAdapter.open(security(config.accounts()), clock));
      Storage storage = storage();
      seals = security.seals();
      ContentCrew.Builder builder = ContentCrew.builder().storage(storage);
      mailer().ifPresent(mailer -> builder.mailer(mailer, config.accounts().callback()));
      builder.identityProviders(
          URI.create(config.edges().baseUrl() + "/v1/auth/oauth"), identityProviders());
      redis = config.stores().redis().map(RedisAdapter::open).map(this::opened);
      redis.ifPresent(Wiring::greet);
      redis.ifPresent(shared -> share(builder, shared, storage));
      payments = PaymentParts.open(config, seals, clock, open::push);
      builder.payments(
          BillingSettings.of(config.payments().prices()).withGrace(config.payments().grace()),
          payments.providers().toArray(PaymentProvider[]::new));
      if (idle) {
        builder.idle();
      }
      crew =
          builder
              .engines(engines())
              .exporters(ExportAdapter.of(ExportConfig.standard()).artifactExporter())
              .tiers(tiers)
              .accounts(security.passwordHasher(), security.accessTokens(), seals)
              .accountSettings(accountSettings(config.accounts()))
              .instances(config.stores().instances())
              .observer(observer)
              .clock(clock)
              .settings(settings(config.jobs()))
              .build();
      open.push(crew);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Joins everything; blocks until the stores can be used. */
  static Wiring of(AppConfig config, MeterRegistry metrics, InstantSource clock) {
    return new Wiring(config, new CrewMetrics(metrics), clock, false);
  }

  /**
   * Joins what it takes to look at the stores and to change something in them by hand, beside a
   * service that runs, or alone: nothing is done here that nobody asks for.
   */
  static Wiring idle(AppConfig config) {
    return new Wiring(config, CrewObserver.none(), SYSTEM_CLOCK, true);
  }

  ContentCrew crew() {
    return crew;
  }

  /** Marks what the service gives out and wants to know again. */
  Seals seals() {
    return seals;
  }

  /** The time that all goes by. */
  InstantSource clock() {
    return clock;
  }

  /** Whoever takes payments. */
  PaymentParts payments() {
    return payments;
  }

  /** What the stores are, in a word for machines. */
  String storageName() {
    return storageName;
  }

  /** What the stores are and where, for people. */
  String storageDetail() {
    return storageDetail;
  }

  /** What instances share besides the stores; empty if nothing is. */
  Optional<RedisAdapter> redis() {
    return redis;
  }

  // ---- stores

  /** Waits a moment for the first connection; without Redis the service starts all the same. */
  private static void greet(RedisAdapter redis) {
    try {
      redis.ping();
    } catch (PortUnavailableException e) {
      System.getLogger("io.contentcrew.app")
          .log(
              System.Logger.Level.WARNING,
              "Redis does not answer yet; this instance goes by its own until it does: {0}",
              e.getMessage());
    }
  }

  private static void share(ContentCrew.Builder builder, RedisAdapter redis, Storage storage) {
    builder
        .rateLimiter(redis.rateLimiter())
        .contentCache(redis.contentCache())
        .tierCache(redis.tierCache())
        .signals(redis.signals(), storage.signals());
  }

  private Storage storage() {
    if (config.stores().inMemory()) {
      return MemoryStorage.create(clock);
    }
    Database database =
        opened(idle ? Database.share(config.stores()) : Database.open(config.stores()));
    storageName = "postgres";
    storageDetail = database.detail();
    return opened(PostgresAdapter.open(database.config()));
  }

  // ---- tiers and models

  /**
   * The tiers of the file; one model for all of them where the provider has others than our names
   * say.
   */
  static TierCatalog tiers(AppConfig config) {
    TierCatalog tiers =
        config.stores().tiersFile().map(TierFile::read).orElseGet(TierFile::standard);
    Optional<ModelName> one =
        config
            .models()
            .openAiModel()
            .filter(any -> config.models().provider() == AppConfig.Provider.OPENAI)
            .map(ModelName::new);
    return one.map(
            model ->
                new TierCatalog(tiers.tiers().stream().map(tier -> tier.withModel(model)).toList()))
        .orElse(tiers);
  }

  private Engines engines() {
    AppConfig.Models models = config.models();
    return switch (models.provider()) {
      case OLLAMA -> Engines.of(ollama(models));
      case OPENAI -> Engines.of(openAi(models));
      case OFFLINE -> Engines.of(offline(models));
      case OLLAMA_ELSE_OFFLINE -> Engines.firstThatAnswers(ollama(models), offline(models));
    };
  }

  private TextGenerator ollama(AppConfig.Models models) {
    OllamaConfig ollama =
        OllamaConfig.of(joined(models.ollama()))
            .withHttp(http(models, models.ollama()))
            .withContextTokens(models.numCtx())
            .withPullMissing(models.pull());
    return opened(OllamaAdapter.open(ollama, clock)).textGenerator();
  }

  private TextGenerator openAi(AppConfig.Models models) {
    OpenAiConfig openAi =
        OpenAiConfig.of(joined(models.openAi())).withHttp(http(models, models.openAi()));
    OpenAiConfig keyed = models.openAiKey().map(openAi::withApiKey).orElse(openAi);
    return opened(OpenAiAdapter.open(keyed, clock)).textGenerator();
  }

  private static OfflineWriter offline(AppConfig.Models models) {
    return OfflineWriter.at(models.offlineTokensPerSecond());
  }

  private static LlmHttpConfig http(AppConfig.Models models, List<URI> urls) {
    AppConfig.Timeouts timeouts = models.timeouts();
    return LlmHttpConfig.of(joined(urls))
        .withParallel(models.parallel())
        .withTimeouts(
            new LlmHttpConfig.Timeouts(
                timeouts.connect(), timeouts.firstToken(), timeouts.tokenGap(), timeouts.task()))
        .withRetries(
            new LlmHttpConfig.Retries(
                models.retries() + 1, models.retryBackoff(), Duration.ofSeconds(30)));
  }

  private static String joined(List<URI> urls) {
    return urls.stream().map(URI::toString).collect(Collectors.joining(","));
  }

  // ---- the rest

  static SecurityConfig security(AccountConfig accounts) {
    SecurityConfig security =
        SecurityConfig.of(accounts.secretKey())
            .withPreviousKeys(accounts.previousKey().map(List::of).orElse(List.of()))
            .withTokenLife(accounts.tokenTtl())
            .withBcryptCost(accounts.bcryptCost());
    return accounts.legacyHashesUntil().map(security::withLegacyHashesUntil).orElse(security);
  }

  private static AccountSettings accountSettings(AccountConfig accounts) {
    return AccountSettings.standard()
        .withSessionLifetime(accounts.tokenTtl())
        .withPasswordPolicy(new PasswordPolicy(accounts.passwordMinLength()))
        .withErasureGrace(accounts.erasureGrace())
        .withSignUpAtOnce(accounts.mail().isEmpty())
        .withGuests(accounts.guests(), accounts.guestKeep());
  }

  /**
   * Without a mail server letters are shown in the log, in dev only: their links let anybody in.
   */
  private Optional<Mailer> mailer() {
    Optional<Mailer> logged =
        config.service().env() == AppConfig.Env.DEV
            ? Optional.of(new LoggedMailer())
            : Optional.empty();
    return config
        .accounts()
        .mail()
        .<Mailer>map(mail -> opened(MailAdapter.open(mail, clock)).mailer())
        .or(() -> logged);
  }

  private IdentityProvider[] identityProviders() {
    List<OAuthConfig.Provider> providers = config.accounts().providers();
    return providers.isEmpty()
        ? new IdentityProvider[0]
        : opened(OAuthAdapter.open(OAuthConfig.of(providers), clock))
            .identityProviders()
            .toArray(IdentityProvider[]::new);
  }

  private static GenerationSettings settings(AppConfig.Jobs jobs) {
    return GenerationSettings.standard()
        .withJobTimeout(jobs.timeout())
        .withHeartbeat(jobs.heartbeat(), jobs.deadAfter())
        .withConcurrency(jobs.concurrency())
        .withFoldAfter(jobs.foldAfter());
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        System.getLogger("io.contentcrew.app")
            .log(
                System.Logger.Level.WARNING,
                "Could not be closed: " + part.getClass().getSimpleName(),
                e);
      }
    }
  }
}
