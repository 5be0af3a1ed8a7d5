package io.contentcrew.domain.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.user.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of a subscription by an event. Providers tell events in any order and more than
 * once; in whatever order and how often the events of a history are applied, the same remains.
 */
public sealed interface Transition {
  /** It changes. */
  record Changed(Subscription next, List<Notice> notices) implements Transition {
    public Changed {
      Objects.requireNonNull(next, "next");
      notices = List.copyOf(notices);
    }
  }

  /** It stays as it is. */
  record Kept(Reason reason) implements Transition {
    /** Why. */
    public enum Reason {
      /** Something newer is known. */
      STALE,
      /** It is so already. */
      REPEATED
    }
  }

  /**
   * Several things were told at the same time, and nothing shows which was last: the provider is to
   * be asked.
   *
   * @param otherwise what to take where it cannot be asked; the same in whatever order they came
   */
  record Undecided(Transition otherwise) implements Transition {
    public Undecided {
      Objects.requireNonNull(otherwise, "otherwise");
    }
  }

  /**
   * It cannot be applied before something else is known.
   *
   * @param name the provider's name for what is missing
   */
  record Waiting(For what, String name) implements Transition {
    /** What is missing. */
    public enum For {
      /** Who the customer of that name is. */
      CUSTOMER,
      /** What is sold under that name. */
      PRICE,
      /** The subscription of that name. */
      SUBSCRIPTION,
      /** What that status means. */
      STATUS,
      /** An answer of the provider about the subscription of that name. */
      ANSWER
    }

    public Waiting {
      Objects.requireNonNull(what, "what");
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Decides.
   *
   * @param held the subscription as it is, if it is known
   * @param owner whose it is, where that is known and {@code held} is not
   * @param plans what was bought under the names of some prices, if they are known
   */
  static Transition of(
      Optional<Subscription> held,
      OfSubscription event,
      Optional<UserId> owner,
      Function<List<String>, Optional<Plan>> plans) {
    return new Reducer(held, owner, plans).apply(event);
  }
}
