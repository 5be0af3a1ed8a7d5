package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.TierChanges.Change;
import io.contentcrew.sdk.Now;
import io.contentcrew.sdk.tier.Entitlements;
import io.contentcrew.sdk.user.PostOffice;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows after a commit: caches are told, and letters are sent. Both are written down in the
 * transaction, so that they follow also if this process dies before.
 */
final class Aftermath {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int FEW = 100;

  private final Transactions transactions;
  private final Entitlements entitlements;
  private final Optional<PostOffice> post;
  private final boolean isIdle;
  private final InstantSource clock;

  Aftermath(
      Transactions transactions,
      Entitlements entitlements,
      Optional<PostOffice> post,
      boolean isIdle,
      InstantSource clock) {
    this.transactions = transactions;
    this.entitlements = entitlements;
    this.post = post;
    this.isIdle = isIdle;
    this.clock = clock;
  }

  /** What is to follow. For one thread. */
  static final class Notes {
    private final List<Change> changes = new ArrayList<>();
    private boolean hasLetters;

    void clear() {
      changes.clear();
      hasLetters = false;
    }

    void changed(UserId user, long version) {
      changes.add(new Change(user, version));
    }

    void written() {
      hasLetters = true;
    }
  }

  /** When a change of a tier is due to be told by whoever looks, if it was not told at once. */
  static Instant due(Instant now) {
    return now.plus(LEASE);
  }

  /** Does it. */
  void follow(Notes notes) {
    notes.changes.forEach(this::tell);
    if (notes.hasLetters) {
      post.ifPresent(PostOffice::ring);
    }
  }

  /** Tells what was not told at once. */
  void catchUp() {
    try {
      List<Change> due;
      do {
        Instant now = Now.by(clock);
        due = transactions.inTransaction(stores -> stores.tierChanges().take(now, LEASE, FEW));
        due.forEach(this::tell);
      } while (due.size() == FEW && !Thread.currentThread().isInterrupted());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Telling caches of new tiers must wait: {0}", e.getMessage());
    }
  }

  /**
   * If the cache cannot be told now, it will be; until then what it knows grows old soon. Where
   * this process only looks at the stores, the service beside it is to tell its own cache.
   */
  private void tell(Change change) {
    try {
      if (entitlements.evict(change.user(), change.version()) && !isIdle) {
        transactions.inRelaxedTransaction(
            stores -> {
              stores.tierChanges().remove(change.user(), change.version());
              return true;
            });
      }
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "A change of a tier will be told again: {0}", e.getMessage());
    }
  }
}
