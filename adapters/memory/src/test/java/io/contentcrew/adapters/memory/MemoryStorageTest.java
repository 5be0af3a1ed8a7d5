package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Storage;
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
import org.junit.jupiter.api.Nested;

class MemoryStorageTest {
  interface OnMemory extends StorageSubject {
    @Override
    default Storage open(TestClock clock) {
      return MemoryStorage.create(clock);
    }
  }

  @Nested
  class TheStorage extends StorageContract implements OnMemory {
    @Override
    protected Storage broken() {
      Storage closed = MemoryStorage.create(clock);
      closed.close();
      return closed;
    }
  }

  @Nested
  class TheTransactions extends TransactionsContract implements OnMemory {}

  @Nested
  class TheUsers extends UsersContract implements OnMemory {}

  @Nested
  class TheSessions extends SessionsContract implements OnMemory {}

  @Nested
  class TheAccountStates extends AccountStatesContract implements OnMemory {}

  @Nested
  class TheIdentities extends IdentitiesContract implements OnMemory {}

  @Nested
  class TheApiKeys extends ApiKeysContract implements OnMemory {}

  @Nested
  class TheTickets extends TicketsContract implements OnMemory {}

  @Nested
  class TheAttempts extends AttemptsContract implements OnMemory {}

  @Nested
  class TheLetters extends LettersContract implements OnMemory {}

  @Nested
  class TheAuditLog extends AuditLogContract implements OnMemory {}

  @Nested
  class TheTiers extends TiersContract implements OnMemory {}

  @Nested
  class TheSubscriptions extends SubscriptionsContract implements OnMemory {}

  @Nested
  class TheBoughtSubscriptions extends BoughtSubscriptionsContract implements OnMemory {}

  @Nested
  class TheEntitlingSubscriptions extends EntitlingSubscriptionsContract implements OnMemory {}

  @Nested
  class TheCustomers extends CustomersContract implements OnMemory {}

  @Nested
  class TheWebhookInbox extends WebhookInboxContract implements OnMemory {}

  @Nested
  class TheWebhookWaiting extends WebhookWaitingContract implements OnMemory {}

  @Nested
  class TheBillingLedger extends BillingLedgerContract implements OnMemory {}

  @Nested
  class TheTierChanges extends TierChangesContract implements OnMemory {}

  @Nested
  class TheEndings extends EndingsContract implements OnMemory {}

  @Nested
  class TheJobs extends JobsContract implements OnMemory {}

  @Nested
  class TheJobEvents extends JobEventsContract implements OnMemory {}

  @Nested
  class TheArtifacts extends ArtifactsContract implements OnMemory {}

  @Nested
  class TheUsageLedger extends UsageLedgerContract implements OnMemory {}

  @Nested
  class TheIdempotencyKeys extends IdempotencyKeysContract implements OnMemory {}

  @Nested
  class TheJobQueue extends JobQueueContract implements OnMemory {}

  @Nested
  class TheJobLibrary extends JobLibraryContract implements OnMemory {}

  @Nested
  class TheJobPurge extends JobPurgeContract implements OnMemory {}

  @Nested
  class TheJobOrder extends JobOrderContract implements OnMemory {}

  @Nested
  class TheChores extends ChoresContract implements OnMemory {}
}
