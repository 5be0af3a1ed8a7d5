package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Storage;
import io.contentcrew.testkit.ArtifactsContract;
import io.contentcrew.testkit.IdempotencyKeysContract;
import io.contentcrew.testkit.JobEventsContract;
import io.contentcrew.testkit.JobQueueContract;
import io.contentcrew.testkit.JobsContract;
import io.contentcrew.testkit.SessionsContract;
import io.contentcrew.testkit.StorageContract;
import io.contentcrew.testkit.SubscriptionsContract;
import io.contentcrew.testkit.TiersContract;
import io.contentcrew.testkit.TransactionsContract;
import io.contentcrew.testkit.UsageLedgerContract;
import io.contentcrew.testkit.UsersContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class MemoryStorageTest {
  @Nested
  class TheStorage extends StorageContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected Storage broken() {
      Storage closed = MemoryStorage.create(clock);
      closed.close();
      return closed;
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheTransactions extends TransactionsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheUsers extends UsersContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheSessions extends SessionsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheTiers extends TiersContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheSubscriptions extends SubscriptionsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheJobs extends JobsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheJobEvents extends JobEventsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheArtifacts extends ArtifactsContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheUsageLedger extends UsageLedgerContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheIdempotencyKeys extends IdempotencyKeysContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }

  @Nested
  class TheJobQueue extends JobQueueContract {
    @Override
    protected Storage open() {
      return MemoryStorage.create(clock);
    }

    @Override
    protected void pass(Duration time) {
      clock.advance(time);
    }
  }
}
