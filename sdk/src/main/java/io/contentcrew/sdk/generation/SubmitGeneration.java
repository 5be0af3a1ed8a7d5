package io.contentcrew.sdk.generation;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Admission;
import io.contentcrew.domain.generation.Admission.FormatOverQuota;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.FairShare;
import io.contentcrew.domain.generation.FormatUsage;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.Revision;
import io.contentcrew.domain.generation.Title;
import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.CrewObserver;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.IdempotencyKeys;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.tier.Entitled;
import io.contentcrew.sdk.tier.Entitlements;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes a brief on as a job. The idempotency key, the reservation of the quota, the job and its
 * place in the queue are stored in one transaction: when this returns, nothing of it can be lost.
 * Safe for use by many threads.
 */
public final class SubmitGeneration {
  /** The longest idempotency key, in characters. */
  public static final int MAX_KEY_LENGTH = 255;

  private final Transactions transactions;
  private final JobDispatcher dispatcher;
  private final TierCatalog catalog;
  private final Entitlements entitlements;
  private final Engines engines;
  private final Workers workers;
  private final CrewObserver observer;
  private final InstantSource clock;
  private final GenerationSettings settings;
  private final Ids ids;
  private final UserSlots submits = new UserSlots();

  SubmitGeneration(
      Transactions transactions,
      JobDispatcher dispatcher,
      TierCatalog catalog,
      Entitlements entitlements,
      Engines engines,
      Workers workers,
      CrewObserver observer,
      InstantSource clock,
      GenerationSettings settings) {
    this.transactions = transactions;
    this.dispatcher = dispatcher;
    this.catalog = catalog;
    this.entitlements = entitlements;
    this.engines = engines;
    this.workers = workers;
    this.observer = observer;
    this.clock = clock;
    this.settings = settings;
    this.ids = new Ids(clock);
  }

  /**
   * What is asked for.
   *
   * @param idempotencyKey under which the same request may be sent again without becoming a second
   *     job: 1 to {@value #MAX_KEY_LENGTH} printable ASCII characters
   */
  public record Request(UserId user, Brief brief, Optional<String> idempotencyKey) {
    public Request {
      idempotencyKey.ifPresent(SubmitGeneration::checkKey);
    }

    /** A request without an idempotency key. */
    public static Request of(UserId user, Brief brief) {
      return new Request(user, brief, Optional.empty());
    }

    /** Whether {@code key} can be an idempotency key. */
    public static boolean isKey(String key) {
      return !key.isEmpty()
          && key.length() <= MAX_KEY_LENGTH
          && key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }
  }

  static void checkKey(String key) {
    if (!Request.isKey(key)) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MAX_KEY_LENGTH + " printable ASCII characters");
    }
  }

  /**
   * A job that is to be: what all ways to one have in common.
   *
   * @param fingerprint of all that is asked for; tells a repeated request from another one
   */
  record Submission(
      UserId user, String fingerprint, Optional<String> idempotencyKey, Source source) {}

  /** Where it is found out what a job is about. */
  interface Source {
    /**
     * In the transaction of the submit, before the user is locked: holds what is to be held.
     * Workers take a job before its owner, too, so that nobody waits for somebody who waits.
     */
    default void hold(Stores stores) {}

    /**
     * In the transaction of the submit, under the user's lock. What it throws undoes the submit.
     */
    Matter find(Stores stores);
  }

  /** What a job is about. */
  record Matter(Brief brief, Optional<Title> title, Optional<Revision> revision) {}

  /** What became of a request. */
  public sealed interface Outcome {
    /**
     * There is a job.
     *
     * @param replayed whether it was there before, under the same idempotency key
     */
    record Accepted(Job job, boolean replayed) implements Outcome {}

    /** There is no job, and nothing was stored. */
    sealed interface Refused extends Outcome {}

    /**
     * The pieces of the tier are used up for some formats.
     *
     * @param period whose end gives new ones
     * @param upgradeTo the next higher tier, if there is one; for guests the tier itself, which is
     *     theirs without a guest's limits once they have signed up
     */
    record OverQuota(
        TierId tier, List<FormatOverQuota> formats, UsagePeriod period, Optional<TierId> upgradeTo)
        implements Refused {
      public OverQuota {
        formats = List.copyOf(formats);
      }
    }

    /** As many jobs wait or run as the tier allows. */
    record TooManyJobs(TierId tier, int active, int limit, Optional<TierId> upgradeTo)
        implements Refused {}

    /** The idempotency key was used for another request, or for a job that was deleted. */
    record KeyReused() implements Refused {}

    /** The model must be fetched first. */
    record ModelMissing(ModelName model, String remedy) implements Refused {}

    /** No model answers. */
    record EngineUnavailable(String reason, Optional<Duration> retryAfter) implements Refused {}

    /** There is no such user. */
    record UnknownUser() implements Refused {}
  }

  /**
   * Submits. Quick: it waits for the store and for a sign of life of the model's server, not for
   * the model.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had; nothing was
   *     submitted, as far as can be known: with an idempotency key it is safe to submit again
   */
  public Outcome submit(Request request) {
    Matter matter = new Matter(request.brief, Optional.empty(), Optional.empty());
    return submit(
        new Submission(
            request.user, request.brief.toString(), request.idempotencyKey, stores -> matter));
  }

  /** Submits whatever it is. */
  Outcome submit(Submission wanted) {
    return inTurn(wanted.user, () -> submitNow(wanted));
  }

  /**
   * Submits of one user wait for each other here, and not in the stores at the user's lock: there a
   * hundred of them would hold all connections and all places, and nobody else would get one.
   */
  private Outcome inTurn(UserId user, Supplier<Outcome> submit) {
    try {
      submits.acquire(user, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortUnavailableException("the submit was interrupted while it waited", e);
    }
    try {
      return submit.get();
    } finally {
      submits.release(user);
    }
  }

  private Outcome submitNow(Submission request) {
    boolean place = workers.reserve();
    boolean started = false;
    try {
      Outcome outcome = outcome(request, place);
      if (outcome instanceof Outcome.Accepted(Job job, boolean replayed) && !replayed) {
        observer.jobSubmitted(job);
        if (place) {
          started = true;
          workers.start(job.id());
        } else {
          dispatcher.wake();
        }
      } else if (!(outcome instanceof Outcome.Accepted)) {
        observer.jobRefused(outcome.getClass().getSimpleName());
      }
      return outcome;
    } finally {
      if (place && !started) {
        workers.giveBack();
      }
    }
  }

  private Outcome outcome(Submission request, boolean place) {
    Tier expected = entitlements.tier(request.user);
    while (true) {
      Tier tier = expected;
      Engines.Choice choice = engines.choose(tier.model());
      try {
        return transactions.inTransaction(
            stores -> decide(stores, request, tier.model(), choice, place));
      } catch (Refusal e) {
        return e.outcome;
      } catch (TierChanged e) {
        expected = entitlements.fresh(request.user);
      }
    }
  }

  private Outcome decide(
      Stores stores, Submission request, ModelName model, Engines.Choice choice, boolean place) {
    UserId user = request.user;
    request.source.hold(stores);
    Optional<Account> account = stores.users().lock(user).filter(Account::isActive);
    if (account.isEmpty()) {
      return new Outcome.UnknownUser();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    JobId id = new JobId(ids.next());
    Optional<Outcome> earlier =
        request.idempotencyKey.flatMap(key -> earlier(stores, request, key, id, now));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Entitlement entitlement = stores.subscriptions().entitlement(user, now);
    Entitled entitled = Entitled.of(account.get().user(), entitlement, catalog, now);
    Tier tier = entitled.tier();
    if (!tier.model().equals(model)) {
      throw new TierChanged();
    }
    Matter matter = request.source.find(stores);
    UsagePeriod period = entitled.period();
    Optional<TierId> upgrade = entitled.upgrade(catalog);
    Set<Format> formats = matter.brief.formats();
    Map<Format, FormatUsage> usage = stores.usage().usage(user, period);
    int ahead = stores.jobs().countActive(user);
    switch (Admission.decide(tier, formats, usage, ahead)) {
      case Admission.Admitted() -> {}
      case Admission.OverQuota(List<FormatOverQuota> over) ->
          throw new Refusal(new Outcome.OverQuota(tier.id(), over, period, upgrade));
      case Admission.TooManyJobs(int active, int limit) ->
          throw new Refusal(new Outcome.TooManyJobs(tier.id(), active, limit, upgrade));
    }
    Job plain = Job.submitted(id, user, matter.brief, tier.id(), period, engine(choice), now);
    Job job = matter.revision.map(plain::revising).orElse(plain).titled(matter.title);
    reserve(stores, job, tier);
    stores.jobs().add(job);
    Duration delay = place ? settings.deadAfter() : Duration.ZERO;
    stores.queue().add(id, FairShare.handicap(tier, ahead), delay);
    return new Outcome.Accepted(job, false);
  }

  private void reserve(Stores stores, Job job, Tier tier) {
    Map<Format, Allowance> allowances = new EnumMap<>(Format.class);
    job.brief()
        .formats()
        .forEach(format -> allowances.put(format, tier.limits().allowance(format)));
    Set<Format> over = stores.usage().reserve(job.id(), job.owner(), job.usagePeriod(), allowances);
    if (!over.isEmpty()) { // the admission was decided under the user's lock
      throw new IllegalStateException(
          "the quota of " + over + " changed under the lock of its user");
    }
  }

  private Optional<Outcome> earlier(
      Stores stores, Submission request, String key, JobId id, Instant now) {
    String hash = hash(request.fingerprint);
    return stores
        .idempotencyKeys()
        .take(request.user, key, hash, id, now, now.plus(settings.idempotencyKeyLifetime()))
        .map(entry -> replay(stores, request.user, entry, hash));
  }

  private static Outcome replay(
      Stores stores, UserId user, IdempotencyKeys.Entry entry, String hash) {
    if (!entry.requestHash().equals(hash)) {
      return new Outcome.KeyReused();
    }
    return stores
        .jobs()
        .find(entry.job(), user)
        .<Outcome>map(job -> new Outcome.Accepted(job, true))
        .orElseGet(Outcome.KeyReused::new); // the job was deleted; the key stays spent
  }

  private static Engine engine(Engines.Choice choice) {
    return switch (choice) {
      case Engines.Choice.Chosen(Engine engine) -> engine;
      case Engines.Choice.ModelMissing(ModelName model, String remedy) ->
          throw new Refusal(new Outcome.ModelMissing(model, remedy));
      case Engines.Choice.Unavailable(String reason, Optional<Duration> retryAfter) ->
          throw new Refusal(new Outcome.EngineUnavailable(reason, retryAfter));
    };
  }

  private static String hash(String fingerprint) {
    MessageDigest digest = CacheKeys.sha256();
    digest.update(fingerprint.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The user is on another tier by now, with another model: rolls back what was written. */
  private static final class TierChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TierChanged() {
      super(null, null, false, false);
    }
  }

  /** A refusal after something was written: rolls it back. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome outcome;

    Refusal(Outcome outcome) {
      super(null, null, false, false);
      this.outcome = outcome;
    }
  }
}
