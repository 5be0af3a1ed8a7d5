package io.contentcrew.sdk.user;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Deletes accounts. From the moment it returns nobody is let in by the account, its jobs are
 * stopped, and what it has bought is ended at the provider; its data is erased after a while, or at
 * once if its owner wants that. Safe for use by many threads.
 */
public final class DeleteAccount {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.user");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_AT_ONCE = 1_000;
  private static final int STEP = 50;

  private final Transactions transactions;
  private final Proofs proofs;
  private final Optional<PostOffice> post;
  private final JobStops jobStops;
  private final Duration grace;
  private final Duration guestStay;
  private final InstantSource clock;

  DeleteAccount(
      Transactions transactions,
      Proofs proofs,
      Optional<PostOffice> post,
      JobStops jobStops,
      Duration grace,
      Duration guestStay,
      InstantSource clock) {
    this.transactions = transactions;
    this.proofs = proofs;
    this.post = post;
    this.jobStops = jobStops;
    this.grace = grace;
    this.guestStay = guestStay;
    this.clock = clock;
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /** The account is deleted; its data is gone at {@code eraseAt}. */
    record Deleted(Instant eraseAt) implements Outcome {}

    /** It was not shown that it is the owner who asks. */
    record NotProven(Proof.Verdict verdict) implements Outcome {}

    /** There is no such account, or it was deleted already. */
    record NotFound() implements Outcome {}
  }

  /**
   * Deletes an account.
   *
   * @param atOnce whether its data is to be gone when this returns
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Outcome delete(UserId user, Proof proof, boolean atOnce) {
    Proof.Verdict verdict = proofs.checkToLeave(user, proof);
    if (verdict != Proof.Verdict.PROVEN) {
      return new Outcome.NotProven(verdict);
    }
    Instant now = Now.by(clock);
    Instant eraseAt = atOnce ? now : now.plus(grace);
    if (!transactions.inTransaction(stores -> close(stores, user, eraseAt, now))) {
      return new Outcome.NotFound();
    }
    post.ifPresent(PostOffice::ring);
    jobStops.stopAll(user);
    if (atOnce) {
      jobStops.awaitNone(user, PATIENCE); // their readers are to learn of it
      erase(user);
    }
    return new Outcome.Deleted(eraseAt);
  }

  private boolean close(Stores stores, UserId user, Instant eraseAt, Instant now) {
    Optional<User> owner = stores.users().lock(user).map(Account::user);
    if (owner.isEmpty() || !stores.users().delete(user, eraseAt)) {
      return false;
    }
    stores.subscriptions().bought(user).stream()
        .filter(Subscription::isLive)
        .forEach(one -> stores.endings().add(one, now));
    stores.sessions().endAll(user, Optional.empty(), now);
    stores.apiKeys().revokeAll(user);
    stores.identities().unlinkAll(user); // who comes back by one of them comes as somebody new
    stores.tickets().removeAll(user);
    AccountContext.note(stores, Kind.ACCOUNT_DELETED, user, now);
    PostOffice.tell(post, stores, owner.get(), new Matter.AccountDeleted(), now);
    return true;
  }

  /** Deletes the guests who have not signed up, and erases the deleted accounts that are due. */
  void eraseDue() {
    try {
      Instant now = Now.by(clock);
      deleteGuests(now);
      List<UserId> due =
          transactions.inTransaction(stores -> stores.users().erasable(now, MOST_AT_ONCE));
      for (UserId user : due) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        tryToErase(user);
      }
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Erasing deleted accounts must wait: {0}", e.getMessage());
    }
  }

  private void deleteGuests(Instant now) {
    List<UserId> gone =
        transactions.inTransaction(
            stores -> stores.users().guests(now.minus(guestStay), MOST_AT_ONCE));
    for (UserId guest : gone) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      tryToDelete(guest, now);
    }
  }

  private void tryToDelete(UserId guest, Instant now) {
    try {
      if (transactions.inTransaction(stores -> close(stores, guest, now, now))) {
        jobStops.stopAll(guest);
      }
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Deleting guest {0} must wait: {1}", guest, e.getMessage());
    }
  }

  /** One that cannot be erased now keeps no other waiting. */
  private void tryToErase(UserId user) {
    try {
      erase(user);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Erasing account {0} must wait: {1}", user, e.getMessage());
    }
  }

  /** Its jobs first, in steps, as there may be many; then the rest in one. */
  private void erase(UserId user) {
    eraseJobs(user);
    Instant now = Now.by(clock);
    boolean erased =
        transactions.inTransaction(
            stores -> {
              boolean gone = stores.users().erase(user);
              if (gone) {
                AccountContext.note(stores, Kind.ACCOUNT_ERASED, user, now);
              }
              return gone;
            });
    if (erased) {
      LOG.log(Level.INFO, "The data of account {0} is erased", user);
    }
  }

  private void eraseJobs(UserId user) {
    Jobs.Query query = new Jobs.Query(Optional.empty(), Optional.empty(), STEP);
    int deleted;
    do {
      deleted =
          transactions.inTransaction(
              stores -> {
                int gone = 0;
                for (Job job : stores.jobs().page(user, query)) {
                  gone += stores.jobs().delete(job.id(), user) ? 1 : 0;
                }
                return gone;
              });
    } while (deleted > 0 && !Thread.currentThread().isInterrupted());
  }
}
