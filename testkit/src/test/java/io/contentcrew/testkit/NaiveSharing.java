package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.tier.TierCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What instances share, as one writes it at first, and the contracts on it. They are run by {@link
 * SharingContractsBiteTest} only.
 */
final class NaiveSharing {
  private NaiveSharing() {}

  /** Forgets what it is told to, remembers no versions, and keeps the rest for ever. */
  record Tiers(Map<UserId, Entry> entries) implements TierCache {
    Tiers() {
      this(new ConcurrentHashMap<>());
    }

    @Override
    public Optional<Entry> find(UserId user) {
      return Optional.ofNullable(entries.get(user));
    }

    @Override
    public void put(UserId user, Entry entry) {
      Entry known = entries.get(user);
      Gap.between();
      if (known == null || known.version() <= entry.version()) {
        entries.put(user, entry);
      }
    }

    @Override
    public void evict(UserId user, long version) {
      entries.remove(user);
    }
  }

  /** Marks a change with an entry of the free tier, and compares versions as texts. */
  record Texts(Map<UserId, Entry> entries) implements TierCache {
    Texts() {
      this(new ConcurrentHashMap<>());
    }

    @Override
    public Optional<Entry> find(UserId user) {
      return Optional.ofNullable(entries.get(user));
    }

    @Override
    public void put(UserId user, Entry entry) {
      entries.merge(
          user,
          entry,
          (known, given) ->
              String.valueOf(known.version()).compareTo(String.valueOf(given.version())) > 0
                  ? known
                  : given);
    }

    @Override
    public void evict(UserId user, long version) {
      put(user, new Entry(Entitlement.free(), version));
    }
  }

  /** Calls the listeners itself, and knows a listener by what it is. */
  record Signals(Set<Consumer<Signal>> listeners) implements JobSignals {
    @Override
    public void send(Collection<Signal> signals) {
      for (Signal signal : new HashSet<>(signals)) {
        List.copyOf(listeners).forEach(listener -> listener.accept(signal));
      }
    }

    @Override
    public Listening listen(Consumer<Signal> listener) {
      listeners.add(listener);
      return new Listening() {
        @Override
        public boolean hears() {
          return true;
        }

        @Override
        public void close() {
          listeners.remove(listener);
        }
      };
    }
  }

  /** Sends everywhere, but only the last signal of each job, and calls those who have gone. */
  static final class Latest implements JobSignals {
    private final List<Consumer<Signal>> listeners;

    Latest(List<Consumer<Signal>> listeners) {
      this.listeners = listeners;
    }

    @Override
    public void send(Collection<Signal> signals) {
      Map<Object, Signal> latest = new ConcurrentHashMap<>();
      signals.forEach(signal -> latest.put(signal.id(), signal));
      Thread.ofVirtual()
          .start(() -> latest.values().forEach(signal -> listeners.forEach(l -> l.accept(signal))));
    }

    @Override
    public Listening listen(Consumer<Signal> listener) {
      listeners.add(listener);
      return new Listening() {
        @Override
        public boolean hears() {
          return true;
        }

        @Override
        public void close() {
          // it forgets to
        }
      };
    }
  }

  static class TiersCase extends TierCacheContract {
    @Override
    protected TierCache open() {
      return new Tiers();
    }

    @Override
    protected Duration timeToLive() {
      return Duration.ofMinutes(1);
    }

    @Override
    protected void pass(Duration time) {
      // it knows no time
    }
  }

  static class TextsCase extends TiersCase {
    @Override
    protected TierCache open() {
      return new Texts();
    }
  }

  static class SignalsCase extends JobSignalsContract {
    private final Set<Consumer<JobSignals.Signal>> listeners = new HashSet<>();

    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected JobSignals open() {
      return new Signals(listeners);
    }
  }

  static class LocalCase extends SignalsCase {
    @Override
    protected JobSignals open() {
      return new Signals(new HashSet<>());
    }
  }

  static class LatestCase extends JobSignalsContract {
    private final List<Consumer<JobSignals.Signal>> listeners = new CopyOnWriteArrayList<>();

    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected JobSignals open() {
      return new Latest(listeners);
    }
  }
}
