package io.contentcrew.sdk.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.sdk.Now;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies a stored delivery: all that follows from it and the word that it is done, in one
 * transaction. What cannot be applied is tried again later, more and more seldom, and then given up
 * for somebody to look at.
 *
 * <p>The transaction need not be durable when it returns: what a crash undoes, it undoes together
 * with the word that it is done, and the delivery, which is durable, is applied again. Safe for use
 * by many threads.
 */
public final class ApplySubscriptionEvent {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.subscription");

  /** Until the next try, after each one that failed; none follows after the last. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24));

  /** The same for what waits for something; it is released at once when that becomes known. */
  private static final List<Duration> PARKED =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(24));

  /** What became of a delivery; of what it is about several times, the first of these. */
  public enum Result {
    /** It has changed something, or has put something into the books. */
    APPLIED,
    /** Something newer is known. */
    STALE,
    /** It is so already. */
    REPEATED,
    /** It is nothing that concerns us. */
    IGNORED,
    /** It waits for something to become known. */
    PARKED,
    /** It will be applied later. */
    POSTPONED,
    /** It was given up; an operator must look at it. */
    DEAD;

    /** Of both the first. */
    Result or(Result other) {
      return other.compareTo(this) < 0 ? other : this;
    }
  }

  private final Transactions transactions;
  private final Books books;
  private final Aftermath aftermath;
  private final InstantSource clock;

  ApplySubscriptionEvent(
      Transactions transactions, Books books, Aftermath aftermath, InstantSource clock) {
    this.transactions = transactions;
    this.books = books;
    this.aftermath = aftermath;
    this.clock = clock;
  }

  /**
   * A delivery to be applied.
   *
   * @param attempts how often that was tried in vain
   * @param isSaidAgain whether the provider has sent it several times and may mean it each time
   */
  record Task(
      WebhookId id,
      PaymentProvider provider,
      WebhookEvent event,
      int attempts,
      boolean isSaidAgain) {}

  /** Applies it now, without asking anybody; what must be asked first is left for later. */
  Result applyAtOnce(Task task) {
    return guarded(task, Optional.empty());
  }

  /**
   * Applies several now, in one transaction, if nothing is in the way of any of them.
   *
   * @return what became of those that were applied; the others are as they were
   */
  Map<WebhookId, Result> applyTogether(List<Task> tasks) {
    List<Task> readable = tasks.stream().filter(ApplySubscriptionEvent::isReadable).toList();
    if (readable.size() < 2) {
      return Map.of();
    }
    try {
      return together(readable);
    } catch (RuntimeException e) { // whatever it is, it comes again to whoever it belongs to
      LOG.log(Level.DEBUG, "{0} deliveries are applied one by one: {1}", readable.size(), e);
      return Map.of();
    }
  }

  private static boolean isReadable(Task task) {
    return task.event.events().stream().noneMatch(SubscriptionEvent.Unreadable.class::isInstance);
  }

  private Map<WebhookId, Result> together(List<Task> tasks) {
    List<Task> inOrder = // in which everybody takes subscriptions
        tasks.stream().sorted(Comparator.comparing(ApplySubscriptionEvent::subscription)).toList();
    Aftermath.Notes notes = new Aftermath.Notes();
    Map<WebhookId, Result> results =
        transactions.inRelaxedTransaction(
            stores -> {
              notes.clear(); // the work may run again
              return allOf(stores, inOrder, notes);
            });
    aftermath.follow(notes);
    return results;
  }

  private static String subscription(Task task) {
    return task.event.events().stream()
        .filter(SubscriptionEvent.OfSubscription.class::isInstance)
        .map(event -> ((SubscriptionEvent.OfSubscription) event).subscription().toString())
        .findFirst()
        .orElse("");
  }

  private Map<WebhookId, Result> allOf(Stores stores, List<Task> tasks, Aftermath.Notes notes) {
    Instant now = Now.by(clock);
    Map<WebhookId, Result> results = new HashMap<>();
    Map<WebhookId, String> outcomes = new HashMap<>();
    for (Task task : tasks) {
      Result result = Result.IGNORED;
      for (SubscriptionEvent event : task.event.events()) {
        if (!(entered(stores, task, event, Map.of(), notes, now)
            instanceof Books.Entered.Done(Result one))) {
          throw new NotTogether();
        }
        result = result.or(one);
      }
      results.put(task.id, result);
      outcomes.put(task.id, result.name());
    }
    if (!stores.webhooks().finish(outcomes, now)) {
      throw new Overtaken();
    }
    return results;
  }

  private Books.Entered entered(
      Stores stores,
      Task task,
      SubscriptionEvent event,
      Map<SubscriptionRef, Optional<Stated>> answers,
      Aftermath.Notes notes,
      Instant now) {
    Books.Entry entry =
        new Books.Entry(event, task.provider.arbiter().isPresent(), task.isSaidAgain, answers);
    return books.enter(stores, task.provider.name(), entry, notes, now);
  }

  /** Applies it, and asks the provider where that is necessary. */
  Result apply(Task task) {
    return guarded(task, task.provider.arbiter());
  }

  private Result guarded(Task task, Optional<SubscriptionArbiter> arbiter) {
    try {
      return asking(task, arbiter);
    } catch (Overtaken e) {
      return Result.REPEATED;
    } catch (PortException e) {
      return postponed(task, e.getMessage());
    } catch (RuntimeException e) { // a bug: whoever sent it must not be told, nor lose it
      LOG.log(Level.ERROR, "Delivery " + task.id + " met a bug", e);
      return postponed(task, "a bug: " + e.getClass().getSimpleName());
    }
  }

  private Result asking(Task task, Optional<SubscriptionArbiter> arbiter) {
    Map<SubscriptionRef, Optional<Stated>> answers = new HashMap<>();
    while (true) {
      try {
        return within(task, answers);
      } catch (MustAsk e) {
        if (arbiter.isEmpty()) {
          return later(task);
        }
        answers.put(e.subscription, answer(arbiter.get(), e));
      }
    }
  }

  /** Where it refuses to answer, what can be decided without is; what cannot is asked later. */
  private static Optional<Stated> answer(SubscriptionArbiter arbiter, MustAsk question) {
    try {
      return arbiter.ask(question.subscription);
    } catch (PortFailureException e) {
      if (question.cannotDoWithout) {
        throw e;
      }
      LOG.log(
          Level.ERROR,
          "{0} is decided without its provider''s answer: {1}",
          question.subscription,
          e.getMessage());
      return Optional.empty();
    }
  }

  private Result within(Task task, Map<SubscriptionRef, Optional<Stated>> answers) {
    Aftermath.Notes notes = new Aftermath.Notes();
    Result result =
        transactions.inRelaxedTransaction(
            stores -> {
              notes.clear(); // the work may run again
              return all(stores, task, answers, notes);
            });
    aftermath.follow(notes);
    return result;
  }

  private Result all(
      Stores stores,
      Task task,
      Map<SubscriptionRef, Optional<Stated>> answers,
      Aftermath.Notes notes) {
    Instant now = Now.by(clock);
    Result result = Result.IGNORED;
    for (SubscriptionEvent event : task.event.events()) {
      if (event instanceof SubscriptionEvent.Unreadable(String why)) {
        stores.webhooks().bury(task.id, why, now);
        LOG.log(Level.ERROR, "Delivery {0} cannot be read: {1}", task.id, why);
        return Result.DEAD;
      }
      switch (entered(stores, task, event, answers, notes, now)) {
        case Books.Entered.Done(Result one) -> result = result.or(one);
        case Books.Entered.Waits(Waiting waiting) -> {
          return parked(stores, task, waiting, now);
        }
        case Books.Entered.MustAsk(SubscriptionRef subscription, boolean cannotDoWithout) ->
            throw new MustAsk(subscription, cannotDoWithout);
      }
    }
    if (!stores.webhooks().finish(task.id, result.name(), now)) {
      throw new Overtaken();
    }
    return result;
  }

  // ---- what is left for later

  private static Result parked(Stores stores, Task task, Waiting waiting, Instant now) {
    if (task.attempts >= PARKED.size()) {
      String why = "waited in vain for " + waiting.what() + " " + waiting.name();
      stores.webhooks().bury(task.id, why, now);
      LOG.log(Level.ERROR, "Delivery {0} is given up: it {1}", task.id, why);
      return Result.DEAD;
    }
    stores.webhooks().park(task.id, waiting, now, PARKED.get(task.attempts));
    LOG.log(
        Level.WARNING, "Delivery {0} waits for {1} {2}", task.id, waiting.what(), waiting.name());
    return Result.PARKED;
  }

  /** Not a failure: it is soon looked at by somebody who may ask. */
  private Result later(Task task) {
    Instant now = Now.by(clock);
    transactions.inTransaction(
        stores -> {
          stores.webhooks().retry(task.id, "the provider is to be asked", now, Duration.ZERO);
          return true;
        });
    return Result.POSTPONED;
  }

  private Result postponed(Task task, String why) {
    Instant now = Now.by(clock);
    boolean isLast = task.attempts >= PAUSES.size();
    LOG.log(
        isLast ? Level.ERROR : Level.WARNING,
        "Delivery {0} could not be applied{1}: {2}",
        task.id,
        isLast ? " and is given up" : "",
        why);
    try {
      transactions.inTransaction(
          stores -> {
            WebhookInbox inbox = stores.webhooks();
            if (isLast) {
              inbox.bury(task.id, why, now);
            } else {
              inbox.retry(task.id, why, now, Pauses.about(PAUSES.get(task.attempts)));
            }
            return true;
          });
    } catch (PortException e) { // it is due by what is stored
      LOG.log(Level.WARNING, "Delivery {0} is due again by itself: {1}", task.id, e.getMessage());
    }
    return isLast ? Result.DEAD : Result.POSTPONED;
  }

  /** Somebody else has applied it meanwhile; what was done here is undone. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("applied already", null, false, false);
    }
  }

  /** One of several needs more than to be entered; what was done for the others is undone. */
  private static final class NotTogether extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTogether() {
      super("one of them cannot be applied at once", null, false, false);
    }
  }

  /** The provider is to be asked, outside of the transaction. */
  private static final class MustAsk extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SubscriptionRef subscription;
    private final boolean cannotDoWithout;

    MustAsk(SubscriptionRef subscription, boolean cannotDoWithout) {
      super("the provider is to be asked", null, false, false);
      this.subscription = subscription;
      this.cannotDoWithout = cannotDoWithout;
    }
  }
}
