package io.contentcrew.domain.subscription;

import io.contentcrew.domain.user.UserId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Something that a provider tells. */
public sealed interface SubscriptionEvent {
  /** What concerns one subscription, and no other. */
  sealed interface OfSubscription extends SubscriptionEvent {
    /** Which. */
    SubscriptionRef subscription();
  }

  /** How a subscription is. */
  record Stated(Snapshot snapshot, Order order) implements OfSubscription {
    public Stated {
      Objects.requireNonNull(snapshot, "snapshot");
      Objects.requireNonNull(order, "order");
    }

    @Override
    public SubscriptionRef subscription() {
      return snapshot.ref();
    }
  }

  /** How to tell whether what is stated is newer than what is known. */
  sealed interface Order {
    /**
     * By the provider's time, which is as coarse as a second.
     *
     * @param eventId the event's name: of one told twice, one counts
     * @param step what the event was about
     * @param previous what has changed with it, as it was before; empty where nothing is said
     */
    record Dated(Instant second, String eventId, Step step, Map<Snapshot.Facet, String> previous)
        implements Order {
      public Dated {
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(step, "step");
        previous = Map.copyOf(previous);
      }
    }

    /** By the status alone: a lower one does not undo a higher one. */
    record Ranked() implements Order {}

    /** It is so now, for the provider was asked. */
    record Asked(Instant at) implements Order {
      public Asked {
        Objects.requireNonNull(at, "at");
      }
    }
  }

  /** What a dated event was about, from early to late in the life of a subscription. */
  enum Step {
    /** It was begun. */
    CREATED,
    /** It was changed. */
    UPDATED,
    /** It has ended. */
    DELETED
  }

  /**
   * A bill was paid.
   *
   * @param invoice the provider's name for the bill, or for the payment where there is no bill
   * @param through until when this pays for the subscription, if that is said
   */
  record Paid(
      SubscriptionRef subscription,
      String invoice,
      Optional<Money> amount,
      Optional<Instant> through,
      Instant at)
      implements OfSubscription {
    public Paid {
      Objects.requireNonNull(subscription, "subscription");
      Objects.requireNonNull(invoice, "invoice");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(through, "through");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * A bill could not be collected.
   *
   * @param attempts how often it was tried
   * @param nextAttemptAt when it will be tried again, if it will
   * @param payAt a page where its owner can pay it, if there is one
   * @param actionRequired whether it is the owner who must do something, as for their bank
   */
  record PaymentFailed(
      SubscriptionRef subscription,
      String invoice,
      int attempts,
      Optional<Instant> nextAttemptAt,
      Optional<URI> payAt,
      boolean actionRequired,
      Instant at)
      implements OfSubscription {
    public PaymentFailed {
      Objects.requireNonNull(subscription, "subscription");
      Objects.requireNonNull(invoice, "invoice");
      Objects.requireNonNull(nextAttemptAt, "nextAttemptAt");
      Objects.requireNonNull(payAt, "payAt");
      Objects.requireNonNull(at, "at");
    }

    /** Hides the page: it opens for whoever has its address. */
    @Override
    public String toString() {
      return "PaymentFailed[" + subscription + " " + invoice + " " + at + "]";
    }
  }

  /** A trial ends soon. */
  record TrialEnding(SubscriptionRef subscription, Instant trialEnd) implements OfSubscription {
    public TrialEnding {
      Objects.requireNonNull(subscription, "subscription");
      Objects.requireNonNull(trialEnd, "trialEnd");
    }
  }

  /** Something has changed; to know what, one must ask. */
  record Changed(SubscriptionRef subscription) implements OfSubscription {
    public Changed {
      Objects.requireNonNull(subscription, "subscription");
    }
  }

  /**
   * It is in a status that we do not know: nothing is granted or taken by it.
   *
   * @param status the provider's word
   */
  record StatusUnknown(SubscriptionRef subscription, String status) implements OfSubscription {
    public StatusUnknown {
      Objects.requireNonNull(subscription, "subscription");
      Objects.requireNonNull(status, "status");
    }
  }

  /**
   * A customer has paid, and the provider does not say for which subscription.
   *
   * @param price what was paid for; empty if it was no plan, as for the change of a card
   * @param user who it was, where we told the provider and it repeats that
   */
  record Charged(
      PaymentProviderName provider,
      String customer,
      Optional<String> price,
      Optional<UserId> user,
      String reference,
      Optional<Money> amount,
      Instant at)
      implements SubscriptionEvent {
    public Charged {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(price, "price");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(at, "at");
    }
  }

  /** A user is a customer: somebody came back from the provider's page having agreed to pay. */
  record CustomerKnown(PaymentProviderName provider, String customer, Optional<UserId> user)
      implements SubscriptionEvent {
    public CustomerKnown {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(user, "user");
    }
  }

  /**
   * A customer was deleted at the provider, and with it all that they subscribed to.
   *
   * @param eventId the event's name
   */
  record CustomerDeleted(PaymentProviderName provider, String customer, String eventId, Instant at)
      implements SubscriptionEvent {
    public CustomerDeleted {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(eventId, "eventId");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Money was given back, or somebody wants it back: for the books, and for an operator to look at.
   *
   * @param reference the provider's name for it
   * @param state where it is, in the provider's word
   */
  record MoneyReturned(
      PaymentProviderName provider,
      Kind kind,
      Optional<String> customer,
      String reference,
      String state,
      Optional<Money> amount,
      Instant at)
      implements SubscriptionEvent {
    /** Of which kind. */
    public enum Kind {
      /** We gave it back. */
      REFUND,
      /** The customer's bank asks for it. */
      DISPUTE
    }

    public MoneyReturned {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(at, "at");
    }
  }

  /** Nothing that concerns us. */
  record Irrelevant() implements SubscriptionEvent {}

  /**
   * The provider has said it, and we cannot read it.
   *
   * @param why without a word of what it said
   */
  record Unreadable(String why) implements SubscriptionEvent {
    public Unreadable {
      Objects.requireNonNull(why, "why");
    }
  }
}
