package io.contentcrew.sdk;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.StorageProvider;
import io.contentcrew.ports.generation.ArtifactExporter;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.sdk.generation.CancelGeneration;
import io.contentcrew.sdk.generation.DeleteJob;
import io.contentcrew.sdk.generation.EditArtifact;
import io.contentcrew.sdk.generation.Engines;
import io.contentcrew.sdk.generation.ExportArtifacts;
import io.contentcrew.sdk.generation.GenerationSettings;
import io.contentcrew.sdk.generation.Generations;
import io.contentcrew.sdk.generation.ReadJobs;
import io.contentcrew.sdk.generation.RenameJob;
import io.contentcrew.sdk.generation.RetryGeneration;
import io.contentcrew.sdk.generation.ReviseArtifact;
import io.contentcrew.sdk.generation.ShowUsage;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.sdk.generation.WatchGeneration;
import io.contentcrew.sdk.subscription.Billing;
import io.contentcrew.sdk.subscription.BillingSettings;
import io.contentcrew.sdk.tier.Entitlements;
import io.contentcrew.sdk.tier.ListTiers;
import io.contentcrew.sdk.tier.TierFile;
import io.contentcrew.sdk.user.AccountSettings;
import io.contentcrew.sdk.user.PostOffice;
import io.contentcrew.sdk.user.UserAccounts;
import io.contentcrew.sdk.user.UserAccounts.Credentials;
import io.contentcrew.sdk.user.UserAccounts.Providers;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The front door: a crew of agents that turns a brief into a blog post, social posts, an audio and
 * a video script, with accounts, tiers and quotas around it. Everything is in memory, and texts are
 * labelled samples, until the {@link #builder() builder} is told otherwise.
 *
 * <pre>{@code
 * try (var crew = ContentCrew.start()) {
 *   var ada = crew.users().add("ada@example.com", "Ada");
 *   var generation = crew.generate(ada.id(), Brief.about("Solar power for small shops"));
 *   System.out.println(generation.await(Duration.ofMinutes(5)).markdown(Format.BLOG));
 * }
 * }</pre>
 *
 * Safe for use by many threads.
 */
public final class ContentCrew implements AutoCloseable {
  private final Storage storage;
  private final TierCatalog catalog;
  private final Entitlements entitlements;
  private final RateLimiter rateLimiter;
  private final InstantSource clock;
  private final Generations generations;
  private final ExportArtifacts exportArtifacts;
  private final Engines engines;
  private final UserAccounts users;
  private final Billing billing;

  private ContentCrew(Builder builder, StorageProvider defaults) {
    clock = builder.clock;
    storage = builder.storage != null ? builder.storage : defaults.storage(clock);
    catalog = builder.catalog != null ? builder.catalog : TierFile.standard();
    rateLimiter = builder.rateLimiter(defaults);
    engines = builder.engines != null ? builder.engines : Engines.of(defaults.textGenerator());
    ContentCache cache = builder.cache(defaults);
    TierCache tierCache = builder.tierCache != null ? builder.tierCache : defaults.tierCache(clock);
    entitlements = new Entitlements(storage.transactions(), catalog, tierCache, clock);
    List<JobSignals> ways = builder.signals != null ? builder.signals : List.of(storage.signals());
    Optional<PostOffice> post =
        Optional.ofNullable(builder.post).map(with -> with.office(storage, clock));
    users =
        new UserAccounts(
            storage,
            catalog,
            builder.accountSettings,
            Optional.ofNullable(builder.credentials),
            post,
            builder.providers,
            (job, user) -> cancelGeneration().cancel(job, user),
            clock);
    billing =
        new Billing(
            storage,
            catalog,
            entitlements,
            builder.billingSettings,
            builder.paymentProviders,
            post,
            builder.observer,
            builder.isIdle,
            clock);
    billing.register(storage.dispatcher());
    storage
        .transactions()
        .inTransaction(
            stores -> {
              stores.tiers().seed(catalog);
              return true;
            });
    if (!builder.isIdle) {
      billing.begin();
    }
    generations =
        new Generations(
            storage,
            ways,
            catalog,
            entitlements,
            engines,
            cache,
            builder.observer,
            clock,
            builder.settings,
            builder.isIdle);
    exportArtifacts = new ExportArtifacts(generations.readJobs(), builder.exporters);
  }

  /** A crew with everything in memory, which writes labelled samples. */
  public static ContentCrew start() {
    return builder().build();
  }

  /** A crew to be put together. */
  public static Builder builder() {
    return new Builder();
  }

  // ---- the short way

  /** The users: adding and finding them, and all that they do with their accounts. */
  public UserAccounts users() {
    return users;
  }

  /** Subscriptions: buying them, and what payment providers tell of them. */
  public Billing billing() {
    return billing;
  }

  /**
   * Puts a user on a tier, without payment and without end.
   *
   * @throws IllegalArgumentException if there is no such tier
   */
  public void grantTier(UserId user, TierId tier) {
    entitlements.grant(user, tier);
  }

  /**
   * The tier a user is on. Quick where it was asked lately: then it is not read from the stores,
   * and may be out of date by a minute where a tier ends by the clock, or was changed at another
   * instance that does not share this one's {@link Builder#tierCache}.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if neither cache nor stores can be had
   */
  public Tier tierOf(UserId user) {
    return entitlements.tier(user);
  }

  /**
   * Submits a brief and returns a handle to what becomes of it, before the first word is written.
   *
   * @throws GenerationRefusedException if the job was not taken on; it carries the reason. To
   *     handle refusals without exceptions use {@link #submitGeneration()}.
   */
  public Generation generate(UserId user, Brief brief) {
    return switch (submitGeneration().submit(SubmitGeneration.Request.of(user, brief))) {
      case SubmitGeneration.Outcome.Accepted accepted ->
          new Generation(accepted.job().id(), user, this);
      case SubmitGeneration.Outcome.Refused refused ->
          throw new GenerationRefusedException(refused);
    };
  }

  /**
   * Has a piece of a job written anew and returns a handle to what becomes of it: once it is over,
   * {@link Generation#await} gives the new version. The other pieces stay as they are, and so do
   * the versions before.
   *
   * @param note what is to be changed
   * @throws RevisionRefusedException if the revision was not taken on; it carries the reason. To
   *     handle refusals without exceptions use {@link #reviseArtifact()}.
   */
  public Generation revise(UserId user, JobId of, Format format, String note) {
    return switch (reviseArtifact().revise(ReviseArtifact.Request.of(user, of, format, note))) {
      case ReviseArtifact.Outcome.Accepted accepted ->
          new Generation(accepted.job().id(), user, this);
      case ReviseArtifact.Outcome.Refused refused -> throw new RevisionRefusedException(refused);
    };
  }

  /**
   * A handle to a job that was submitted before, by whichever instance; empty if the user has no
   * such job.
   */
  public Optional<Generation> generation(UserId user, JobId id) {
    return readJobs().find(id, user).map(found -> new Generation(id, user, this));
  }

  // ---- the use cases

  /** Takes briefs on. */
  public SubmitGeneration submitGeneration() {
    return generations.submitGeneration();
  }

  /** Tries jobs again that did not bring all they should have. */
  public RetryGeneration retryGeneration() {
    return generations.retryGeneration();
  }

  /** Has pieces written anew, one at a time, as their readers wish. */
  public ReviseArtifact reviseArtifact() {
    return generations.reviseArtifact();
  }

  /** Changes pieces as their owners want them, and takes older versions up again. */
  public EditArtifact editArtifact() {
    return generations.editArtifact();
  }

  /** Gives jobs names. */
  public RenameJob renameJob() {
    return generations.renameJob();
  }

  /** Shows jobs while they run. */
  public WatchGeneration watchGeneration() {
    return generations.watchGeneration();
  }

  /** Stops jobs. */
  public CancelGeneration cancelGeneration() {
    return generations.cancelGeneration();
  }

  /** Shows what is left of the quotas. */
  public ShowUsage showUsage() {
    return generations.showUsage();
  }

  /** Shows jobs, pieces and their versions. */
  public ReadJobs readJobs() {
    return generations.readJobs();
  }

  /** Lets users take their pieces away. */
  public ExportArtifacts exportArtifacts() {
    return exportArtifacts;
  }

  /** Deletes jobs. */
  public DeleteJob deleteJob() {
    return generations.deleteJob();
  }

  /** Shows the tiers. */
  public ListTiers listTiers() {
    return new ListTiers(catalog);
  }

  // ---- for whoever runs it

  /** Counts requests against the rates of the tiers. */
  public RateLimiter rateLimiter() {
    return rateLimiter;
  }

  /** What jobs would be written by now. */
  public Engines engines() {
    return engines;
  }

  /** The tiers. */
  public TierCatalog tiers() {
    return catalog;
  }

  /** How many jobs run in this process. */
  public int runningJobs() {
    return generations.runningJobs();
  }

  /** Whether this process hears at once of what is new at others; else it looks now and then. */
  public boolean hearsOthers() {
    return generations.hearsOthers();
  }

  /**
   * Takes up no more jobs: those that run go on, and what is submitted from now on waits for
   * another instance. For a process that will soon be stopped, while others must still learn of it.
   */
  public void drain() {
    generations.drain();
  }

  /**
   * Tells readers to go, and gives running jobs back for another instance or the next start. All
   * that needs the stores alone still works. Idempotent.
   */
  public void handOver() {
    generations.close();
    users.close();
  }

  /**
   * Asks the store for a sign of life.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if there is none
   */
  public void ping() {
    storage.ping();
  }

  /**
   * Tells readers to go, gives running jobs back for another instance or the next start, and closes
   * the storage. Idempotent.
   */
  @Override
  public void close() {
    generations.close();
    users.close();
    storage.close();
  }

  /** Puts a crew together. What is not given is in memory. Not safe for use by many threads. */
  public static final class Builder {
    private @Nullable Storage storage;
    private @Nullable TierCatalog catalog;
    private @Nullable RateLimiter rateLimiter;
    private @Nullable ContentCache cache;
    private @Nullable TierCache tierCache;
    private @Nullable List<JobSignals> signals;
    private int instances = 1;
    private @Nullable Engines engines;
    private List<ArtifactExporter> exporters = List.of();
    private @Nullable Credentials credentials;
    private @Nullable Post post;
    private BillingSettings billingSettings = BillingSettings.of(PriceList.empty());
    private List<PaymentProvider> paymentProviders = List.of();
    private boolean isIdle;
    private Providers providers = new Providers(List.of(), URI.create("http://localhost"));
    private AccountSettings accountSettings = AccountSettings.standard();
    private CrewObserver observer = CrewObserver.none();
    private InstantSource clock = Clock.systemUTC();
    private GenerationSettings settings = GenerationSettings.standard();

    private Builder() {}

    private record Post(Mailer mailer, URI webPage) {
      PostOffice office(Storage storage, InstantSource clock) {
        return new PostOffice(storage.transactions(), mailer, webPage, clock);
      }
    }

    /** Keeps everything there; the crew closes it. */
    public Builder storage(Storage given) {
      storage = given;
      return this;
    }

    /** Writes with that generator. */
    public Builder textGenerator(TextGenerator given) {
      engines = Engines.of(given);
      return this;
    }

    /** Chooses among several generators. */
    public Builder engines(Engines given) {
      engines = given;
      return this;
    }

    /**
     * Makes files of pieces with those; of several that make the same form the first one does it.
     * Markdown and plain text can be had without any.
     */
    public Builder exporters(ArtifactExporter... given) {
      exporters = List.of(given);
      return this;
    }

    /** Offers those tiers. */
    public Builder tiers(TierCatalog given) {
      catalog = given;
      return this;
    }

    /**
     * Lets users register and sign in; without this, only {@link UserAccounts#add} makes accounts.
     */
    public Builder accounts(PasswordHasher hasher, AccessTokens tokens, Seals seals) {
      credentials = new Credentials(hasher, tokens, seals);
      return this;
    }

    /** Keeps accounts by those rules. */
    public Builder accountSettings(AccountSettings given) {
      accountSettings = given;
      return this;
    }

    /**
     * Sends mail there. Addresses are then proved before there is an account.
     *
     * @param webPage the address of the web page, to which links in letters lead
     */
    public Builder mailer(Mailer mailer, URI webPage) {
      post = new Post(mailer, webPage);
      return this;
    }

    /**
     * Lets users in whom one of those vouches for.
     *
     * @param callbackBase below which providers send browsers back, to {@code NAME/callback}; they
     *     must know these addresses exactly
     */
    public Builder identityProviders(URI callbackBase, IdentityProvider... given) {
      providers = new Providers(List.of(given), callbackBase);
      return this;
    }

    /**
     * Sells subscriptions by those providers. What they deliver is to be handed to {@link
     * Billing#receiveSubscriptionEvent}.
     */
    public Builder payments(BillingSettings settings, PaymentProvider... given) {
      billingSettings = settings;
      paymentProviders = List.of(given);
      return this;
    }

    /**
     * Runs nothing by itself: no jobs, no letters, no upkeep. For a program that only looks at the
     * stores of a service, or changes something in them.
     */
    public Builder idle() {
      isIdle = true;
      return this;
    }

    /** Counts requests there; while that cannot be reached, in this process. */
    public Builder rateLimiter(RateLimiter given) {
      rateLimiter = given;
      return this;
    }

    /** Remembers pieces there; while that cannot be reached, in this process. */
    public Builder contentCache(ContentCache given) {
      cache = given;
      return this;
    }

    /** Remembers there who is on which tier. */
    public Builder tierCache(TierCache given) {
      tierCache = given;
      return this;
    }

    /**
     * Tells other instances by those ways what is new, the best first: the next one serves while
     * one cannot be used. Without this it is the storage's own way; without any, instances look now
     * and then.
     */
    public Builder signals(JobSignals... given) {
      signals = List.of(given);
      return this;
    }

    /**
     * Says how many instances share the storage: where they count requests each for itself, because
     * nothing else was given or while it cannot be reached, each lets its share through. One if it
     * is not said.
     */
    public Builder instances(int given) {
      instances = given;
      return this;
    }

    /** Tells that observer what happens. */
    public Builder observer(CrewObserver given) {
      observer = given;
      return this;
    }

    /** Takes the time from there. */
    public Builder clock(InstantSource given) {
      clock = given;
      return this;
    }

    /** Works with those timers and sizes. */
    public Builder settings(GenerationSettings given) {
      settings = given;
      return this;
    }

    /**
     * Puts the crew together and starts it.
     *
     * @throws IllegalStateException if parts are missing or do not fit together; the message names
     *     all of them
     * @throws io.contentcrew.ports.PortUnavailableException if the storage cannot be had
     */
    public ContentCrew build() {
      List<String> problems = new ArrayList<>();
      Optional<StorageProvider> provider = ServiceLoader.load(StorageProvider.class).findFirst();
      if (provider.isEmpty()
          && (storage == null
              || engines == null
              || rateLimiter == null
              || cache == null
              || tierCache == null)) {
        problems.add(
            "contentcrew-memory is not on the class path, so storage, a text generator, a rate"
                + " limiter, a content cache and a tier cache must be given");
      }
      if (instances < 1) {
        problems.add("there must be at least one instance");
      }
      if (credentials == null && !providers.all().isEmpty()) {
        problems.add("identity providers need accounts(hasher, tokens, seals) as well");
      }
      if (!problems.isEmpty()) {
        throw new IllegalStateException(
            "The crew cannot be put together: " + String.join("; ", problems) + ".");
      }
      return new ContentCrew(this, provider.orElse(NO_DEFAULTS));
    }

    /** What was given, with the process's own behind it where there is one. */
    private RateLimiter rateLimiter(StorageProvider defaults) {
      if (rateLimiter == null) {
        return Fallbacks.share(defaults.rateLimiter(), instances);
      }
      return defaults == NO_DEFAULTS
          ? rateLimiter
          : Fallbacks.of(rateLimiter, defaults.rateLimiter(), instances);
    }

    private ContentCache cache(StorageProvider defaults) {
      if (cache == null) {
        return defaults.contentCache(clock);
      }
      return defaults == NO_DEFAULTS ? cache : Fallbacks.of(cache, defaults.contentCache(clock));
    }
  }

  /** Stands where everything was given. */
  private static final StorageProvider NO_DEFAULTS =
      new StorageProvider() {
        @Override
        public Storage storage(InstantSource clock) {
          throw new IllegalStateException("no storage was given");
        }

        @Override
        public TextGenerator textGenerator() {
          throw new IllegalStateException("no text generator was given");
        }

        @Override
        public RateLimiter rateLimiter() {
          throw new IllegalStateException("no rate limiter was given");
        }

        @Override
        public ContentCache contentCache(InstantSource clock) {
          throw new IllegalStateException("no content cache was given");
        }

        @Override
        public TierCache tierCache(InstantSource clock) {
          throw new IllegalStateException("no tier cache was given");
        }
      };
}
