package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.testkit.AccountStatesContract;
import io.contentcrew.testkit.ApiKeysContract;
import io.contentcrew.testkit.ArtifactsContract;
import io.contentcrew.testkit.AttemptsContract;
import io.contentcrew.testkit.AuditLogContract;
import io.contentcrew.testkit.BillingLedgerContract;
import io.contentcrew.testkit.BoughtSubscriptionsContract;
import io.contentcrew.testkit.ChoresContract;
import io.contentcrew.testkit.CustomersContract;
import io.contentcrew.testkit.EndingsContract;
import io.contentcrew.testkit.EntitlingSubscriptionsContract;
import io.contentcrew.testkit.IdempotencyKeysContract;
import io.contentcrew.testkit.IdentitiesContract;
import io.contentcrew.testkit.JobEventsContract;
import io.contentcrew.testkit.JobLibraryContract;
import io.contentcrew.testkit.JobOrderContract;
import io.contentcrew.testkit.JobPurgeContract;
import io.contentcrew.testkit.JobQueueContract;
import io.contentcrew.testkit.JobSignalsContract;
import io.contentcrew.testkit.JobsContract;
import io.contentcrew.testkit.LettersContract;
import io.contentcrew.testkit.SessionsContract;
import io.contentcrew.testkit.StorageContract;
import io.contentcrew.testkit.StorageSubject;
import io.contentcrew.testkit.SubscriptionsContract;
import io.contentcrew.testkit.TestClock;
import io.contentcrew.testkit.TicketsContract;
import io.contentcrew.testkit.TierChangesContract;
import io.contentcrew.testkit.TiersContract;
import io.contentcrew.testkit.TransactionsContract;
import io.contentcrew.testkit.UsageLedgerContract;
import io.contentcrew.testkit.UsersContract;
import io.contentcrew.testkit.WebhookInboxContract;
import io.contentcrew.testkit.WebhookWaitingContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  interface OnPostgres extends StorageSubject {
    @Override
    default Storage open(TestClock clock) {
      TestServer.empty(database);
      return PostgresAdapter.unchecked(database);
    }

    @Override
    default void pass(TestClock clock, Duration time) {
      TestServer.pass(database, time);
      clock.advance(time);
    }
  }

  @Nested
  class TheStorage extends StorageContract implements OnPostgres {
    private Storage broken;

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
  }

  @Nested
  class TheTransactions extends TransactionsContract implements OnPostgres {}

  @Nested
  class TheUsers extends UsersContract implements OnPostgres {}

  @Nested
  class TheSessions extends SessionsContract implements OnPostgres {}

  @Nested
  class TheAccountStates extends AccountStatesContract implements OnPostgres {}

  @Nested
  class TheIdentities extends IdentitiesContract implements OnPostgres {}

  @Nested
  class TheApiKeys extends ApiKeysContract implements OnPostgres {}

  @Nested
  class TheTickets extends TicketsContract implements OnPostgres {}

  @Nested
  class TheAttempts extends AttemptsContract implements OnPostgres {}

  @Nested
  class TheLetters extends LettersContract implements OnPostgres {}

  @Nested
  class TheAuditLog extends AuditLogContract implements OnPostgres {}

  @Nested
  class TheTiers extends TiersContract implements OnPostgres {}

  @Nested
  class TheSubscriptions extends SubscriptionsContract implements OnPostgres {}

  @Nested
  class TheBoughtSubscriptions extends BoughtSubscriptionsContract implements OnPostgres {}

  @Nested
  class TheEntitlingSubscriptions extends EntitlingSubscriptionsContract implements OnPostgres {}

  @Nested
  class TheCustomers extends CustomersContract implements OnPostgres {}

  @Nested
  class TheWebhookInbox extends WebhookInboxContract implements OnPostgres {}

  @Nested
  class TheWebhookWaiting extends WebhookWaitingContract implements OnPostgres {}

  @Nested
  class TheBillingLedger extends BillingLedgerContract implements OnPostgres {}

  @Nested
  class TheTierChanges extends TierChangesContract implements OnPostgres {}

  @Nested
  class TheEndings extends EndingsContract implements OnPostgres {}

  @Nested
  class TheJobs extends JobsContract implements OnPostgres {}

  @Nested
  class TheJobEvents extends JobEventsContract implements OnPostgres {}

  @Nested
  class TheArtifacts extends ArtifactsContract implements OnPostgres {}

  @Nested
  class TheUsageLedger extends UsageLedgerContract implements OnPostgres {}

  @Nested
  class TheIdempotencyKeys extends IdempotencyKeysContract implements OnPostgres {}

  @Nested
  class TheJobLibrary extends JobLibraryContract implements OnPostgres {}

  @Nested
  class TheJobPurge extends JobPurgeContract implements OnPostgres {}

  @Nested
  class TheJobOrder extends JobOrderContract implements OnPostgres {}

  @Nested
  class TheChores extends ChoresContract implements OnPostgres {}

  @Nested
  class TheJobQueue extends JobQueueContract implements OnPostgres {}

  @Nested
  class TheJobSignals extends JobSignalsContract {
    private final List<PostgresAdapter> opened = new ArrayList<>();

    @Override
    protected JobSignals open() {
      PostgresAdapter instance = PostgresAdapter.unchecked(database);
      opened.add(instance);
      return instance.signals();
    }

    @AfterEach
    void close() {
      opened.forEach(PostgresAdapter::close);
    }
  }
}
