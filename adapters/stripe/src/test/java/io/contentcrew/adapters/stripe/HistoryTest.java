package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.testkit.FakeStripeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whatever order the events of a history come, and in whatever version, the same is known. */
class HistoryTest extends StripeTest {
  private static final Plan BASIC = new Plan(new TierId("basic"), BillingInterval.MONTH);
  private static final Plan PRO = new Plan(new TierId("pro"), BillingInterval.YEAR);

  @ParameterizedTest
  @ValueSource(strings = {"2019-12-03", "2020-08-27", "2024-11-20.acacia", "2026-07-29.dahlia"})
  void the_order_in_which_events_come_does_not_matter(String version) {
    stripe.speaking(version);
    String id = live();
    Subscription expected = applied(events(), List.of());
    assertThat(expected.status()).isEqualTo(StripeStatus.ACTIVE);
    assertThat(expected.plan()).isEqualTo(PRO);
    assertThat(expected.isEnding()).isFalse();
    assertThat(expected.payments().problem()).isEmpty();
    assertThat(expected.snapshot().facets()).isEqualTo(subscription(id).snapshot().facets());
    assertAnyOrder(expected);

    stripe.end(id);
    Subscription ended = applied(events(), List.of());
    assertThat(ended.isLive()).isFalse();
    assertAnyOrder(ended);
  }

  /** Several things happen in each second. */
  private String live() {
    Subscription subscription = bought();
    String id = subscription.ref().id();
    checkout.cancelAtPeriodEnd(subscription);
    checkout.resume(subscription(id));
    clock.advance(Duration.ofDays(31));
    stripe.fail(id);
    clock.advance(Duration.ofDays(3));
    stripe.fail(id);
    clock.advance(Duration.ofDays(1));
    stripe.settle(id);
    checkout.change(subscription(id), "price_pro", "c1");
    return id;
  }

  private List<OfSubscription> events() {
    List<OfSubscription> events = new ArrayList<>();
    for (FakeStripeEvent event : stripe.events()) {
      for (SubscriptionEvent each : EventReader.read(event.body()).events()) {
        if (each instanceof OfSubscription of) {
          events.add(of);
        }
      }
    }
    return events;
  }

  private void assertAnyOrder(Subscription expected) {
    Random random = new Random(20_261_123L);
    for (int round = 0; round < 200; round++) {
      List<OfSubscription> events = events();
      events.addAll(events.subList(0, random.nextInt(events.size()))); // some come twice
      Collections.shuffle(events, random);
      assertThat(applied(events, List.of())).as("round %d: %s", round, events).isEqualTo(expected);
    }
  }

  /** What waits for the subscription is applied once it is known. */
  private static Subscription applied(List<OfSubscription> events, List<OfSubscription> parked) {
    Optional<Subscription> held = Optional.empty();
    List<OfSubscription> waiting = new ArrayList<>(parked);
    List<OfSubscription> left = new ArrayList<>(events);
    while (!left.isEmpty()) {
      OfSubscription event = left.removeFirst();
      Transition transition =
          Transition.of(
              held,
              event,
              Optional.of(USER),
              prices -> Optional.of(prices.contains("price_pro") ? PRO : BASIC));
      if (transition instanceof Transition.Undecided(Transition otherwise)) {
        transition = otherwise;
      }
      switch (transition) {
        case Transition.Changed(Subscription next, var notices) -> {
          held = Optional.of(next);
          left.addAll(waiting);
          waiting.clear();
        }
        case Transition.Waiting wait -> waiting.add(event);
        case Transition.Kept kept -> {}
        case Transition.Undecided undecided -> throw new AssertionError(undecided);
      }
    }
    assertThat(waiting).isEmpty();
    return held.orElseThrow();
  }
}
