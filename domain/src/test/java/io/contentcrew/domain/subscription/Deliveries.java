package io.contentcrew.domain.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.Transition.Changed;
import io.contentcrew.domain.subscription.Transition.Kept;
import io.contentcrew.domain.subscription.Transition.Undecided;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Delivers events to one subscription, as an inbox would: what waits comes again. */
final class Deliveries {
  static final UserId ADA = new UserId(new UUID(7, 1));
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final Plan BASIC = new Plan(new TierId("basic"), BillingInterval.MONTH);
  static final Plan PRO = new Plan(new TierId("pro"), BillingInterval.MONTH);
  private static final Map<String, Plan> PLANS = Map.of("price_basic", BASIC, "price_pro", PRO);

  private Optional<Subscription> held = Optional.empty();
  private final List<OfSubscription> waiting = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  static Optional<Subscription> after(List<? extends OfSubscription> events) {
    Deliveries deliveries = new Deliveries();
    events.forEach(deliveries::deliver);
    return deliveries.held;
  }

  Transition deliver(OfSubscription event) {
    Transition transition = apply(event);
    List<OfSubscription> again = List.copyOf(waiting);
    if (transition instanceof Changed && !again.isEmpty()) {
      waiting.clear();
      again.forEach(this::deliver);
    }
    return transition;
  }

  private Transition apply(OfSubscription event) {
    Transition transition = Transition.of(held, event, Optional.of(ADA), Deliveries::plan);
    switch (transition instanceof Undecided(Transition otherwise) ? otherwise : transition) {
      case Changed(Subscription next, List<Notice> told) -> {
        held = Optional.of(next);
        notices.addAll(told);
      }
      case Waiting any -> waiting.add(event);
      case Kept any -> {}
      case Undecided any -> throw new AssertionError("decided twice");
    }
    return transition;
  }

  Subscription held() {
    return held.orElseThrow();
  }

  List<Notice> notices() {
    return notices;
  }

  static Optional<Plan> plan(List<String> prices) {
    return prices.stream().map(PLANS::get).filter(plan -> plan != null).findFirst();
  }

  /** All of them, in any order, some of them several times. */
  static <T> List<T> shuffled(List<T> events, RandomGenerator random) {
    List<T> all = new ArrayList<>(events);
    for (int i = random.nextInt(events.size() + 1); i > 0; i--) {
      all.add(events.get(random.nextInt(events.size())));
    }
    for (int i = all.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T one = all.get(i);
      all.set(i, all.get(j));
      all.set(j, one);
    }
    return all;
  }
}
