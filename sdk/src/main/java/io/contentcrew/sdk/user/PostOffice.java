package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.Letters.Due;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends letters. They are written in the transaction of what they are about, and sent afterwards,
 * so that none is lost while mail cannot be sent, and none is sent for what did not happen. A
 * letter's token is made when it is sent; the store never has it. Safe for use by many threads.
 */
public final class PostOffice implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.mail");
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
  private static final Duration GIVE_UP = Duration.ofDays(2);

  private final Transactions transactions;
  private final Mailer mailer;
  private final LetterTexts texts;
  private final InstantSource clock;
  private final Ids ids;
  private final Semaphore sending = new Semaphore(1);
  private final AtomicBoolean rung = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Sends by that mailer.
   *
   * @param webPage the address of the web page, to which links in letters lead
   */
  public PostOffice(Transactions transactions, Mailer mailer, URI webPage, InstantSource clock) {
    this.transactions = transactions;
    this.mailer = mailer;
    this.texts = new LetterTexts(webPage);
    this.clock = clock;
    this.ids = new Ids(clock);
  }

  /** Writes a letter in that transaction. */
  void write(Stores stores, EmailAddress to, Matter matter, Instant now) {
    stores.letters().add(new Letter(new LetterId(ids.next()), to, matter, now));
  }

  /** Writes one to the owner of an account in that transaction, if there is mail and an address. */
  public static void tell(
      Optional<PostOffice> post, Stores stores, User owner, Matter matter, Instant now) {
    post.ifPresent(
        office -> owner.email().ifPresent(email -> office.write(stores, email, matter, now)));
  }

  /** Says that letters were written: they are sent soon, on a thread of their own. */
  public void ring() {
    if (!closed && rung.compareAndSet(false, true)) {
      Thread.ofVirtual().name("crew-mail").start(this::sendDue);
    }
  }

  /** Sends what is due. Blocks until nothing is. */
  void sendDue() {
    if (!sending.tryAcquire()) {
      return; // whoever is at it looks once more
    }
    try {
      do {
        rung.set(false);
        sendAll();
      } while (rung.get());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Letters must wait: {0}", e.getMessage());
    } finally {
      sending.release();
    }
  }

  /** One at a time, so that no lease runs out while others are handed over. */
  private void sendAll() {
    while (!closed && !Thread.currentThread().isInterrupted()) {
      Instant now = Now.by(clock);
      List<Due> due = transactions.inTransaction(stores -> stores.letters().take(now, LEASE, 1));
      if (due.isEmpty()) {
        return;
      }
      send(due.getFirst());
    }
  }

  private void send(Due due) {
    Letter letter = due.letter();
    Optional<Mailer.Message> message =
        transactions.inTransaction(stores -> message(stores, letter));
    if (message.isEmpty()) {
      remove(letter); // what it was about is not so any more
      return;
    }
    try {
      mailer.send(message.get());
    } catch (PortFailureException e) {
      LOG.log(Level.WARNING, "Letter {0} was refused for good: {1}", letter.id(), e.getMessage());
    } catch (PortUnavailableException e) {
      postpone(due, e);
      return;
    } catch (RuntimeException e) { // a bug there must keep no other letter waiting
      LOG.log(Level.ERROR, "Letter " + letter.id() + " met a bug of the mailer", e);
      postpone(due, e);
      return;
    }
    remove(letter);
  }

  private void postpone(Due due, RuntimeException reason) {
    Letter letter = due.letter();
    Instant now = Now.by(clock);
    if (now.isAfter(letter.writtenAt().plus(GIVE_UP))) {
      LOG.log(
          Level.WARNING,
          "Letter {0} could not be sent in {1} and is given up: {2}",
          letter.id(),
          GIVE_UP,
          reason.getMessage());
      remove(letter);
      return;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(due.attempt() - 1, 10));
    Duration capped = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    LOG.log(
        Level.WARNING,
        "Letter {0} must wait for {1}: {2}",
        letter.id(),
        capped,
        reason.getMessage());
    transactions.inTransaction(
        stores -> {
          stores.letters().postpone(letter.id(), now.plus(capped));
          return true;
        });
  }

  private void remove(Letter letter) {
    transactions.inTransaction(
        stores -> {
          stores.letters().remove(letter.id());
          return true;
        });
  }

  // ---- what stands in it

  /** The message, with a token that is good from now on; empty if there is nothing to say. */
  private Optional<Mailer.Message> message(Stores stores, Letter letter) {
    EmailAddress to = letter.to();
    return switch (letter.matter()) {
      case Matter.ConfirmSignUp(String name) ->
          Optional.of(texts.confirmSignUp(to, token(stores, new Ticket.SignUp(to, name))));
      case Matter.VerifyEmail(UserId owner) ->
          owner(stores, owner, to)
              .filter(user -> !user.emailVerified())
              .map(
                  user ->
                      texts.verifyEmail(
                          to, user.name(), token(stores, new Ticket.VerifyEmail(owner, to))));
      case Matter.ResetPassword(UserId owner) ->
          owner(stores, owner, to)
              .map(
                  user ->
                      texts.resetPassword(
                          to, user.name(), token(stores, new Ticket.ResetPassword(owner, to))));
      case Matter.AddressInUse(UserId owner) ->
          owner(stores, owner, to).map(user -> texts.addressInUse(to, user.name()));
      case Matter.PasswordChanged(UserId owner) ->
          owner(stores, owner, to).map(user -> texts.passwordChanged(to, user.name()));
      case Matter.AccessAdded(UserId owner) ->
          owner(stores, owner, to).map(user -> texts.accessAdded(to, user.name()));
      case Matter.PaymentFailed(UserId owner, var payAt) ->
          owner(stores, owner, to).map(user -> texts.paymentFailed(to, user.name(), payAt));
      case Matter.TrialEnding(UserId owner, var trialEnd) ->
          owner(stores, owner, to).map(user -> texts.trialEnding(to, user.name(), trialEnd));
      case Matter.PlanEnded(UserId owner, var tier) ->
          owner(stores, owner, to).map(user -> texts.planEnded(to, user.name(), tier));
      case Matter.AccountDeleted() -> Optional.of(texts.accountDeleted(to));
    };
  }

  /** The account, if it still has the address. */
  private static Optional<User> owner(Stores stores, UserId owner, EmailAddress to) {
    return stores.users().find(owner).filter(user -> user.email().equals(Optional.of(to)));
  }

  private String token(Stores stores, Ticket ticket) {
    String token = Ids.token();
    Instant expiresAt = Now.by(clock).plus(ticket.lifetime());
    stores.tickets().add(Digest.of(token), ticket, expiresAt);
    return token;
  }

  /** Sends no more; waits a little for a letter that is being handed over. */
  @Override
  public void close() {
    closed = true;
    try {
      if (sending.tryAcquire(5, TimeUnit.SECONDS)) {
        sending.release();
      } else {
        LOG.log(Level.WARNING, "A letter is still being handed over; it may be sent twice");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
