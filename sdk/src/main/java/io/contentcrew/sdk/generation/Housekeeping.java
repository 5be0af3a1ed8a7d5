package io.contentcrew.sdk.generation;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Puts away what nobody needs any more: pieces of text of jobs long over, keys that have expired.
 * Several processes may do it at once.
 */
final class Housekeeping implements Runnable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.generation");
  private static final int JOBS_AT_ONCE = 200;

  private final Transactions transactions;
  private final InstantSource clock;
  private final GenerationSettings settings;

  Housekeeping(Transactions transactions, InstantSource clock, GenerationSettings settings) {
    this.transactions = transactions;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public void run() {
    try {
      Instant now = clock.instant();
      Instant endedBefore = now.minus(settings.foldAfter());
      int folded;
      do {
        folded =
            transactions.inTransaction(stores -> stores.events().fold(endedBefore, JOBS_AT_ONCE));
      } while (folded == JOBS_AT_ONCE);
      transactions.inTransaction(stores -> stores.idempotencyKeys().purge(now));
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Housekeeping must wait: {0}", e.getMessage());
    } catch (RuntimeException e) { // a periodic task that throws is never called again
      LOG.log(Level.ERROR, "Housekeeping failed", e);
    }
  }
}
