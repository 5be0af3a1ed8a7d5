package io.contentcrew.testkit;

import io.contentcrew.ports.Storage;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.tier.RateLimiter;
import java.time.Duration;

/** The contracts on the wrong adapter. They are run by {@link ContractsBiteTest} only. */
final class Naive {
  private Naive() {}

  interface OnNaive extends StorageSubject {
    @Override
    default Storage open(TestClock clock) {
      return new NaiveStorage(clock);
    }
  }

  static class TransactionsCase extends TransactionsContract implements OnNaive {}

  static class UsersCase extends UsersContract implements OnNaive {}

  static class SessionsCase extends SessionsContract implements OnNaive {}

  static class AccountStatesCase extends AccountStatesContract implements OnNaive {}

  static class IdentitiesCase extends IdentitiesContract implements OnNaive {}

  static class ApiKeysCase extends ApiKeysContract implements OnNaive {}

  static class TicketsCase extends TicketsContract implements OnNaive {}

  static class AttemptsCase extends AttemptsContract implements OnNaive {}

  static class LettersCase extends LettersContract implements OnNaive {}

  static class AuditLogCase extends AuditLogContract implements OnNaive {}

  static class TiersCase extends TiersContract implements OnNaive {}

  static class SubscriptionsCase extends SubscriptionsContract implements OnNaive {}

  static class BoughtSubscriptionsCase extends BoughtSubscriptionsContract implements OnNaive {}

  static class EntitlingSubscriptionsCase extends EntitlingSubscriptionsContract
      implements OnNaive {}

  static class CustomersCase extends CustomersContract implements OnNaive {}

  static class WebhookInboxCase extends WebhookInboxContract implements OnNaive {}

  static class WebhookWaitingCase extends WebhookWaitingContract implements OnNaive {}

  static class BillingLedgerCase extends BillingLedgerContract implements OnNaive {}

  static class TierChangesCase extends TierChangesContract implements OnNaive {}

  static class EndingsCase extends EndingsContract implements OnNaive {}

  static class JobsCase extends JobsContract implements OnNaive {}

  static class JobEventsCase extends JobEventsContract implements OnNaive {}

  static class ArtifactsCase extends ArtifactsContract implements OnNaive {}

  static class UsageLedgerCase extends UsageLedgerContract implements OnNaive {}

  static class IdempotencyKeysCase extends IdempotencyKeysContract implements OnNaive {}

  static class JobQueueCase extends JobQueueContract implements OnNaive {}

  static class JobOrderCase extends JobOrderContract implements OnNaive {}

  static class JobLibraryCase extends JobLibraryContract implements OnNaive {}

  static class JobPurgeCase extends JobPurgeContract implements OnNaive {}

  static class ChoresCase extends ChoresContract implements OnNaive {}

  static class StorageCase extends StorageContract implements OnNaive {
    @Override
    protected Storage broken() {
      return new NaiveStorage(clock);
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
