package io.contentcrew.sdk.user;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.generation.UsageLedger;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Now;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Gives a user everything that is kept about them, piece by piece, so that a long history needs no
 * more memory than a short one. Safe for use by many threads.
 */
public final class ExportAccount {
  private static final int PAGE = 50;

  private final Transactions transactions;
  private final InstantSource clock;

  ExportAccount(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Takes the pieces, in the order of these methods. What it throws ends the export. */
  public interface Sink {
    /** The account; once. */
    void account(Account account);

    /** The identities at providers; once. */
    void identities(List<Identities.Linked> identities);

    /** The sessions that are open; once. */
    void sessions(List<Sessions.Open> sessions);

    /** The API keys; once. */
    void apiKeys(List<ApiKeys.Listed> keys);

    /** What the user has subscribed to or was granted; once. */
    void subscriptions(List<Subscriptions.Held> subscriptions);

    /** What the user has bought, as the providers tell it; once. */
    void purchases(List<Subscription> purchases);

    /** What the books say of the user's money, and what they were told about it; once. */
    void payments(List<BillingLedger.Row> rows);

    /** What the user has had of the quotas; once. */
    void usage(List<UsageLedger.Period> periods);

    /**
     * A job with all versions of its pieces; as often as there are jobs, the newest first.
     * Revisions are jobs too, and their versions are with the jobs that they revise.
     */
    void job(Job job, List<StoredArtifact> artifacts);

    /** An event about the safety of the account; as often as there are, the oldest first. */
    void securityEvent(AuditLog.Numbered event);
  }

  /**
   * Exports. What changes meanwhile may be in it or not.
   *
   * @return whether there is such an account
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public boolean export(UserId user, Sink sink) {
    Instant now = Now.by(clock);
    Optional<Account> account =
        transactions.inTransaction(
            stores -> {
              Optional<Account> found = stores.users().account(user);
              found.ifPresent(any -> AccountContext.note(stores, Kind.DATA_EXPORTED, user, now));
              return found;
            });
    if (account.isEmpty()) {
      return false;
    }
    sink.account(account.get());
    sink.identities(transactions.read(stores -> stores.identities().list(user)));
    sink.sessions(transactions.read(stores -> stores.sessions().list(user, now)));
    sink.apiKeys(transactions.read(stores -> stores.apiKeys().list(user)));
    sink.subscriptions(transactions.read(stores -> stores.subscriptions().list(user)));
    sink.purchases(transactions.read(stores -> stores.subscriptions().bought(user)));
    sink.payments(transactions.read(stores -> stores.billing().list(user)));
    sink.usage(transactions.read(stores -> stores.usage().periods(user)));
    jobs(user, sink);
    securityEvents(user, sink);
    return true;
  }

  private void jobs(UserId user, Sink sink) {
    List<Job> page;
    Jobs.Query query = new Jobs.Query(Optional.empty(), Optional.empty(), PAGE);
    do {
      Jobs.Query next = query;
      page = transactions.read(stores -> stores.jobs().page(user, next));
      for (Job job : page) {
        sink.job(job, transactions.read(stores -> stores.artifacts().history(job.id())));
      }
      if (!page.isEmpty()) {
        query = new Jobs.Query(Optional.empty(), Optional.of(page.getLast().id()), PAGE);
      }
    } while (page.size() == PAGE);
  }

  private void securityEvents(UserId user, Sink sink) {
    List<AuditLog.Numbered> page;
    long after = 0;
    do {
      long from = after;
      page = transactions.read(stores -> stores.audit().list(user, from, PAGE));
      page.forEach(sink::securityEvent);
      after = page.isEmpty() ? after : page.getLast().number();
    } while (page.size() == PAGE);
  }
}
