package io.contentcrew.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.stripe.StripeAdapter;
import io.contentcrew.adapters.stripe.StripeConfig;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What stories are said to end in is what the rules make of them, in any order. */
class StoryTest {
  private static final String USER = UUID.randomUUID().toString();
  private static final UserId OWNER = new UserId(UUID.fromString(USER));

  private final SubscriptionEvents stripe =
      StripeAdapter.open(StripeConfig.of(Secret.of(Courier.SECRET)), InstantSource.system())
          .paymentProvider()
          .events();

  private static Author author(long seed) {
    return new Author(Seeds.dice(seed), USER, "sub_" + seed, 1_800_000_000);
  }

  @Test
  void a_story_ends_as_it_says_in_the_order_in_which_it_happened_and_in_others() {
    for (long seed = 1; seed <= 100; seed++) {
      Story story = author(seed).write();
      Random dice = new Random(seed);
      List<Story.Event> events = new ArrayList<>(story.events());
      for (int order = 0; order < 5; order++) {
        assertThat(ending(events)).as("seed %d: %s", seed, events).isEqualTo(story.ending());
        events.add(events.get(dice.nextInt(events.size())));
        Collections.shuffle(events, dice);
      }
    }
  }

  private Story.Known ending(List<Story.Event> events) {
    Optional<Subscription> held = Optional.empty();
    Map<String, Long> paid = new HashMap<>();
    Set<String> failed = new HashSet<>();
    List<OfSubscription> waiting = new ArrayList<>();
    for (Story.Event event : events) {
      for (var told : stripe.read(event.body()).events()) {
        if (told instanceof OfSubscription one) {
          waiting.add(one);
        } else {
          assertThat(told).isInstanceOf(CustomerKnown.class);
        }
      }
      int before;
      do { // what waits is tried again whenever something has changed
        before = waiting.size();
        for (OfSubscription one : List.copyOf(waiting)) {
          switch (Transition.of(held, one, Optional.of(OWNER), StoryTest::plan)) {
            case Transition.Changed(Subscription next, var any) -> {
              held = Optional.of(next);
              waiting.remove(one);
            }
            case Transition.Kept any -> waiting.remove(one);
            case Transition.Waiting any -> {}
            case Transition.Undecided any -> throw new AssertionError("undecided: " + one);
          }
          if (one instanceof Paid bill) {
            paid.put(bill.invoice(), bill.amount().orElseThrow().minor());
          } else if (one instanceof PaymentFailed bill) {
            failed.add(bill.invoice());
          }
        }
      } while (waiting.size() < before);
    }
    assertThat(waiting).isEmpty();
    Subscription end = held.orElseThrow();
    return new Story.Known(end.status().wireName(), end.plan().tier().value(), paid, failed);
  }

  private static Optional<Plan> plan(List<String> prices) {
    return Optional.of(
        new Plan(
            new TierId(prices.getFirst().substring("price_".length())), BillingInterval.MONTH));
  }

  @Test
  void in_time_everything_is_told_and_much_of_it_at_once() {
    Set<String> types = new HashSet<>();
    Set<String> statuses = new HashSet<>();
    int most = 0;
    for (long seed = 1; seed <= 200; seed++) {
      Story story = author(seed).write();
      story.events().forEach(event -> types.add(event.type()));
      statuses.add(((Story.Known) story.ending()).status());
      var bySecond =
          story.events().stream()
              .filter(event -> event.type().startsWith("customer.subscription."))
              .collect(Collectors.groupingBy(Story.Event::second, Collectors.counting()));
      most = (int) Math.max(most, Collections.max(bySecond.values()));
      assertThat(story.events().stream().map(Story.Event::id)).doesNotHaveDuplicates();
    }
    assertThat(types)
        .containsExactlyInAnyOrder(
            "checkout.session.completed",
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "invoice.paid",
            "invoice.payment_failed");
    assertThat(statuses)
        .containsExactlyInAnyOrder("active", "trialing", "past_due", "unpaid", "canceled");
    assertThat(most).isGreaterThan(1);
  }

  @Test
  void a_story_follows_from_its_seed() {
    assertThat(author(7).write().toString())
        .isEqualTo(author(7).write().toString())
        .isNotEqualTo(author(8).write().toString());
  }
}
