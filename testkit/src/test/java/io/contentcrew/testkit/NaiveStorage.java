package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.PieceVersion;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Artifacts;
import io.contentcrew.ports.generation.IdempotencyKeys;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobEvents;
import io.contentcrew.ports.generation.JobQueue;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Customers;
import io.contentcrew.ports.subscription.Endings;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.subscription.TierChanges;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.tier.Tiers;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.Attempts;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Letters;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Tickets;
import io.contentcrew.ports.user.Users;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A wrong adapter: what one writes at first. Maps, each safe by itself; transactions that are none;
 * a look and then a write.
 */
final class NaiveStorage implements Storage, Stores {
  private final NaiveUsers users = new NaiveUsers();
  private final NaiveUsers.NaiveSessions sessions = new NaiveUsers.NaiveSessions(users);
  private final NaiveSubscriptions subscriptions = new NaiveSubscriptions();
  private final NaiveBilling billing = new NaiveBilling();
  private final NaiveInbox webhooks = new NaiveInbox();
  private final NaiveAccounts accounts = new NaiveAccounts(users);
  private final NaiveJobs jobs;
  private final NaiveJobs.Events events;
  private final NaiveLedger ledger = new NaiveLedger();
  private final NaiveLedger.Keys keys = new NaiveLedger.Keys();
  private final NaiveQueue queue = new NaiveQueue();
  private Optional<TierCatalog> tiers = Optional.empty();

  NaiveStorage(InstantSource clock) {
    jobs = new NaiveJobs(clock);
    events = new NaiveJobs.Events();
  }

  @Override
  public Transactions transactions() {
    return new Transactions() {
      @Override
      public <T> T inTransaction(Work<T> work) {
        return work.with(NaiveStorage.this);
      }

      @Override
      public <T> T read(Work<T> work) {
        return work.with(NaiveStorage.this);
      }

      @Override
      public <T> T inRelaxedTransaction(Work<T> work) {
        return work.with(NaiveStorage.this);
      }
    };
  }

  @Override
  public JobDispatcher dispatcher() {
    return queue;
  }

  /** Tells nobody. */
  @Override
  public JobSignals signals() {
    return new JobSignals() {
      @Override
      public void send(Collection<Signal> signals) {
        // lost
      }

      @Override
      public Listening listen(Consumer<Signal> listener) {
        return new Listening() {
          @Override
          public boolean hears() {
            return true;
          }

          @Override
          public void close() {
            // nothing was heard anyway
          }
        };
      }
    };
  }

  @Override
  public void ping() {
    // always says yes
  }

  @Override
  public void close() {
    queue.stop(Duration.ZERO);
  }

  @Override
  public Users users() {
    return users;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Identities identities() {
    return accounts.identities();
  }

  @Override
  public ApiKeys apiKeys() {
    return accounts.apiKeys();
  }

  @Override
  public Tickets tickets() {
    return accounts.tickets();
  }

  @Override
  public Attempts attempts() {
    return accounts.attempts();
  }

  @Override
  public Letters letters() {
    return accounts.letters();
  }

  @Override
  public AuditLog audit() {
    return accounts.audit();
  }

  @Override
  public Tiers tiers() {
    return new Tiers() {
      @Override
      public void seed(TierCatalog catalog) {
        tiers = Optional.of(catalog);
      }

      @Override
      public Optional<TierCatalog> load() {
        return tiers;
      }
    };
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public Customers customers() {
    return billing.customers();
  }

  @Override
  public WebhookInbox webhooks() {
    return webhooks;
  }

  @Override
  public BillingLedger billing() {
    return billing.ledger();
  }

  @Override
  public TierChanges tierChanges() {
    return billing.changes();
  }

  @Override
  public Endings endings() {
    return billing.endings();
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public JobQueue queue() {
    return queue;
  }

  @Override
  public JobEvents events() {
    return events;
  }

  @Override
  public Artifacts artifacts() {
    return new NaiveArtifacts();
  }

  @Override
  public UsageLedger usage() {
    return ledger;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return keys;
  }

  /** Forgets everything. */
  private static final class NaiveArtifacts implements Artifacts {
    @Override
    public void add(JobId id, StoredArtifact artifact) {
      // lost
    }

    @Override
    public List<StoredArtifact> list(JobId id) {
      return List.of();
    }

    @Override
    public Optional<StoredArtifact> find(JobId id, Format format) {
      return Optional.empty();
    }

    @Override
    public Optional<StoredArtifact> find(JobId id, Format format, int version) {
      return Optional.empty();
    }

    @Override
    public List<PieceVersion> versions(JobId id, Format format) {
      return List.of();
    }

    @Override
    public List<StoredArtifact> history(JobId id) {
      return List.of();
    }

    @Override
    public void trim(JobId id, Format format, int most) {
      // there is nothing to trim
    }
  }
}
