package io.contentcrew.sdk.generation;

import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.Transactions.Work;
import io.contentcrew.ports.generation.JobDispatcher;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Puts away what nobody needs any more, so that no store grows without bound. One instance of all
 * does it, in small steps that hold nobody up.
 */
final class Housekeeping {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final Duration FOLD = Duration.ofMinutes(1);
  private static final Duration PRUNE = Duration.ofHours(1);
  private static final int FEW = 100;
  private static final int MANY = 1_000;

  /** How long a session is kept after its end, for whoever asks what happened. */
  private static final Duration KEEP_SESSIONS = Duration.ofDays(30);

  /** How long attempts are remembered: longer than any rule does. */
  private static final Duration KEEP_ATTEMPTS = Duration.ofDays(2);

  /** How long it is kept what a user had in a period, after the period's end. */
  private static final Duration KEEP_USAGE = Duration.ofDays(400);

  private final Transactions transactions;
  private final TierCatalog catalog;
  private final InstantSource clock;
  private final GenerationSettings settings;

  Housekeeping(
      Transactions transactions,
      TierCatalog catalog,
      InstantSource clock,
      GenerationSettings settings) {
    this.transactions = transactions;
    this.catalog = catalog;
    this.clock = clock;
    this.settings = settings;
  }

  /** Has it done again and again, from when the dispatcher begins. */
  void register(JobDispatcher dispatcher) {
    dispatcher.repeat("fold-logs", FOLD, this::fold);
    dispatcher.repeat("prune", PRUNE, this::prune);
  }

  /** Folds the single pieces of text of finished jobs away. */
  void fold() {
    Instant endedBefore = clock.instant().minus(settings.foldAfter());
    all("jobs folded", FEW, stores -> stores.events().fold(endedBefore, FEW));
  }

  /** Deletes what has had its time. */
  void prune() {
    Instant now = clock.instant();
    all("lapsed reservations", FEW, stores -> stores.usage().releaseLapsed(FEW));
    all("idempotency keys", MANY, stores -> stores.idempotencyKeys().purge(now, MANY));
    Instant sessions = now.minus(KEEP_SESSIONS);
    all("sessions", MANY, stores -> stores.sessions().purge(sessions, MANY));
    all("one-time tokens", MANY, stores -> stores.tickets().purge(now, MANY));
    Instant attempts = now.minus(KEEP_ATTEMPTS);
    all("counts of attempts", MANY, stores -> stores.attempts().purge(attempts, MANY));
    Instant usage = now.minus(KEEP_USAGE);
    all("rows of usage", MANY, stores -> stores.usage().purge(usage, MANY));
    catalog.tiers().forEach(tier -> pruneJobs(tier, now));
  }

  private void pruneJobs(Tier tier, Instant now) {
    tier.limits()
        .keepFor()
        .map(now::minus)
        .ifPresent(
            endedBefore ->
                all(
                    "jobs from tier " + tier.id(),
                    FEW,
                    stores -> stores.jobs().purge(tier.id(), endedBefore, now, FEW)));
  }

  /**
   * Takes step after step, each a transaction of its own, until one finds less than it could take.
   */
  private void all(String what, int step, Work<Integer> work) {
    if (Thread.currentThread().isInterrupted()) {
      return; // the process stops, or another one does this now
    }
    int sum = 0;
    try {
      int done;
      do {
        done = transactions.inTransaction(work);
        sum += done;
      } while (done >= step && !Thread.currentThread().isInterrupted());
      LOG.log(sum > 0 ? Level.INFO : Level.DEBUG, "Put away: {0} {1}", sum, what);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Putting {0} away must wait: {1}", what, e.getMessage());
    }
  }
}
