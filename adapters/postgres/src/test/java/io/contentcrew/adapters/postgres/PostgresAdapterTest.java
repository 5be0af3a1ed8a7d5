package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.Storage;
import io.contentcrew.testkit.ArtifactsContract;
import io.contentcrew.testkit.IdempotencyKeysContract;
import io.contentcrew.testkit.JobEventsContract;
import io.contentcrew.testkit.JobQueueContract;
import io.contentcrew.testkit.JobsContract;
import io.contentcrew.testkit.SessionsContract;
import io.contentcrew.testkit.StorageContract;
import io.contentcrew.testkit.SubscriptionsContract;
import io.contentcrew.testkit.TestClock;
import io.contentcrew.testkit.TiersContract;
import io.contentcrew.testkit.TransactionsContract;
import io.contentcrew.testkit.UsageLedgerContract;
import io.contentcrew.testkit.UsersContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts on a real server. */
class PostgresAdapterTest {
  private static PostgresConfig database;

  @BeforeAll
  static void create() {
    database = TestServer.database();
  }

  private static Storage open() {
    TestServer.empty(database);
    return PostgresAdapter.unchecked(database);
  }

  private static void passed(TestClock clock, Duration time) {
    TestServer.pass(database, time);
    clock.advance(time);
  }

  @Nested
  class TheStorage extends StorageContract {
    private Storage broken;

    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected Storage broken() {
      PostgresConfig nowhere =
          PostgresConfig.of(
              "127.0.0.1", unusedPort(), "none", "nobody", database.server().password());
      broken = PostgresAdapter.unchecked(nowhere);
      return broken;
    }

    @AfterEach
    void closeBroken() {
      if (broken != null) {
        broken.close();
      }
    }

    private static int unusedPort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheTransactions extends TransactionsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheUsers extends UsersContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheSessions extends SessionsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheTiers extends TiersContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheSubscriptions extends SubscriptionsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheJobs extends JobsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheJobEvents extends JobEventsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheArtifacts extends ArtifactsContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheUsageLedger extends UsageLedgerContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheIdempotencyKeys extends IdempotencyKeysContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }

  @Nested
  class TheJobQueue extends JobQueueContract {
    @Override
    protected Storage open() {
      return PostgresAdapterTest.open();
    }

    @Override
    protected void pass(Duration time) {
      passed(clock, time);
    }
  }
}
