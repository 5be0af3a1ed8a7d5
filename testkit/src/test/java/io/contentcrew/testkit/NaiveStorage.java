package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
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
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.ports.tier.Tiers;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A wrong adapter: what one writes at first. Maps, each safe by itself; transactions that are none;
 * a look and then a write.
 */
final class NaiveStorage implements Storage, Stores {
  private final Map<UserId, Users.Account> users = new ConcurrentHashMap<>();
  private final Map<SessionId, Session> sessions = new ConcurrentHashMap<>();
  private final Map<UserId, TierId> grants = new ConcurrentHashMap<>();
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
    return new Users() {
      @Override
      public boolean add(User user, Optional<PasswordHash> passwordHash) {
        boolean free = findByEmail(user.email()).isEmpty() && find(user.id()).isEmpty();
        Gap.between();
        if (free) {
          users.put(user.id(), new Account(user, passwordHash));
        }
        return free;
      }

      @Override
      public Optional<User> find(UserId id) {
        return Optional.ofNullable(users.get(id)).map(Account::user);
      }

      @Override
      public Optional<Account> findByEmail(EmailAddress email) {
        return users.values().stream()
            .filter(account -> account.user().email().equals(email))
            .findFirst();
      }

      @Override
      public void setPasswordHash(UserId id, PasswordHash passwordHash) {
        find(id).ifPresent(user -> users.put(id, new Account(user, Optional.of(passwordHash))));
      }

      @Override
      public Optional<User> lock(UserId id) {
        return find(id);
      }
    };
  }

  @Override
  public Sessions sessions() {
    return new Sessions() {
      @Override
      public void add(Session session) {
        sessions.put(session.id(), session);
      }

      @Override
      public Optional<SignedIn> find(SessionId id, Instant now) {
        return Optional.ofNullable(sessions.get(id))
            .filter(session -> !now.isAfter(session.expiresAt()))
            .flatMap(
                session ->
                    users()
                        .find(session.userId())
                        .map(user -> new SignedIn(session, user, Entitlement.free())));
      }

      @Override
      public boolean end(SessionId id, Instant now) {
        boolean there = sessions.containsKey(id);
        Gap.between();
        sessions.remove(id);
        return there;
      }

      @Override
      public int purge(Instant endedBefore, int limit) {
        int many = sessions.size();
        sessions.values().removeIf(session -> !session.expiresAt().isAfter(endedBefore));
        return many - sessions.size();
      }
    };
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
    return new Subscriptions() {
      @Override
      public Entitlement entitlement(UserId user, Instant now) {
        return new Entitlement(grants.getOrDefault(user, TierId.FREE), Optional.empty());
      }

      @Override
      public TierCache.Entry versioned(UserId user, Instant now) {
        return new TierCache.Entry(entitlement(user, now), grants.size());
      }

      @Override
      public long grant(UserId user, TierId tier, Instant now) {
        grants.put(user, tier);
        return grants.size();
      }
    };
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
  }
}
