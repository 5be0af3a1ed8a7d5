package io.contentcrew.testkit;

import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.tier.RateLimiter;
import java.time.Duration;

/** The contracts on the wrong adapter. They are run by {@link ContractsBiteTest} only. */
final class Naive {
  private Naive() {}

  static class TransactionsCase extends TransactionsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class UsersCase extends UsersContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class SessionsCase extends SessionsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class TiersCase extends TiersContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class SubscriptionsCase extends SubscriptionsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class JobsCase extends JobsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class JobEventsCase extends JobEventsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class ArtifactsCase extends ArtifactsContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class UsageLedgerCase extends UsageLedgerContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class IdempotencyKeysCase extends IdempotencyKeysContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class JobQueueCase extends JobQueueContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class StorageCase extends StorageContract {
    @Override
    protected Storage open() {
      return new NaiveStorage(clock);
    }

    @Override
    protected Storage broken() {
      return new NaiveStorage(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class RateLimiterCase extends RateLimiterContract {
    private final TestClock clock = new TestClock(Fixtures.NOW);

    @Override
    protected RateLimiter open() {
      return new NaiveLimits.Limiter(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  static class ContentCacheCase extends ContentCacheContract {
    @Override
    protected ContentCache open() {
      return new NaiveLimits.Cache();
    }

    @Override
    protected Duration timeToLive() {
      return Duration.ofHours(1);
    }

    @Override
    protected void pass(Duration time) {
      // it knows no time
    }
  }
}
