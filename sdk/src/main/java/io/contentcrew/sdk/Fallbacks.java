package io.contentcrew.sdk;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.tier.RateLimiter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What serves while something that all instances share cannot be reached: this process by itself.
 * Nothing is refused for it, and no limit is off.
 */
final class Fallbacks {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.sdk");

  private Fallbacks() {}

  /** Tells once that something went, and once that it is back. */
  private static final class Noted {
    private final String what;
    private final AtomicBoolean away = new AtomicBoolean();

    Noted(String what) {
      this.what = what;
    }

    <T> T ask(Supplier<T> shared, Supplier<T> own) {
      try {
        T answer = shared.get();
        if (away.get() && away.compareAndSet(true, false)) {
          LOG.log(Level.INFO, "The shared {0} can be reached again", what);
        }
        return answer;
      } catch (PortUnavailableException e) {
        if (away.compareAndSet(false, true)) {
          LOG.log(
              Level.WARNING,
              "The shared {0} cannot be reached; this process goes by its own: {1}",
              what,
              e.getMessage());
        }
        return own.get();
      }
    }

    void tell(Runnable shared, Runnable own) {
      ask(
          () -> {
            shared.run();
            return true;
          },
          () -> {
            own.run();
            return true;
          });
    }
  }

  /** Counts here what is this one's share of all instances', at least one request a minute. */
  static RateLimiter share(RateLimiter own, int instances) {
    return new Share(own, instances);
  }

  private record Share(RateLimiter own, int instances) implements RateLimiter {
    @Override
    public Decision acquire(String key, Rate rate) {
      return own.acquire(key, rate.dividedBy(instances));
    }

    @Override
    public void giveBack(String key, Rate rate) {
      own.giveBack(key, rate.dividedBy(instances));
    }
  }

  private record SharedRates(Noted noted, RateLimiter shared, RateLimiter part)
      implements RateLimiter {
    @Override
    public Decision acquire(String key, Rate rate) {
      return noted.ask(() -> shared.acquire(key, rate), () -> part.acquire(key, rate));
    }

    @Override
    public void giveBack(String key, Rate rate) {
      noted.tell(() -> shared.giveBack(key, rate), () -> part.giveBack(key, rate));
    }
  }

  /** Counts there, and here, by its share, while that cannot be reached. */
  static RateLimiter of(RateLimiter shared, RateLimiter own, int instances) {
    Noted noted = new Noted("limits of rate");
    RateLimiter part = share(own, instances);
    return new SharedRates(noted, shared, part);
  }

  /** Remembers pieces there, and here while that cannot be reached. */
  static ContentCache of(ContentCache shared, ContentCache own) {
    return new SharedContent(new Noted("cache of pieces"), shared, own);
  }

  private record SharedContent(Noted noted, ContentCache shared, ContentCache own)
      implements ContentCache {
    @Override
    public Optional<List<Piece>> find(Key key) {
      return noted.ask(() -> shared.find(key), () -> own.find(key));
    }

    @Override
    public void put(Key key, List<Piece> pieces) {
      noted.tell(() -> shared.put(key, pieces), () -> own.put(key, pieces));
    }

    @Override
    public boolean lead(Key key, JobId job, Duration lease) {
      return noted.ask(() -> shared.lead(key, job, lease), () -> own.lead(key, job, lease));
    }

    @Override
    public void release(Key key, JobId job) {
      own.release(key, job); // the lead may be from a time when the other one was away
      noted.tell(() -> shared.release(key, job), () -> {});
    }
  }
}
