package io.contentcrew.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In whatever order and how often the events of a history come, the same remains. */
class AnyOrderTest {
  private static final SubscriptionRef STRIPE =
      new SubscriptionRef(PaymentProviderName.STRIPE, "sub_1");
  private static final SubscriptionRef PAYSTACK =
      new SubscriptionRef(PaymentProviderName.PAYSTACK, "SUB_1");
  private static final int ORDERS = 30;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void at_stripe_the_last_state_remains_where_seconds_differ(long seed) {
    Random random = new Random(seed);
    List<Stated> history = stripe(random, false);
    List<OfSubscription> all = withBills(history, STRIPE, random);

    Optional<Subscription> inOrder = Deliveries.after(all);

    Snapshot last = history.getLast().snapshot();
    assertThat(inOrder).map(Subscription::snapshot).contains(last);
    assertSame(all, inOrder, random);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void at_stripe_the_same_state_remains_where_much_happens_in_one_second(long seed) {
    Random random = new Random(seed);
    List<OfSubscription> all = withBills(stripe(random, true), STRIPE, random);

    assertSame(all, Deliveries.after(all), random);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void at_paystack_the_same_state_remains(long seed) {
    Random random = new Random(seed);
    List<OfSubscription> all = paystack(random);

    assertSame(all, Deliveries.after(all), random);
  }

  private static void assertSame(
      List<OfSubscription> events, Optional<Subscription> expected, RandomGenerator random) {
    assertThat(expected).isPresent();
    for (int i = 0; i < ORDERS; i++) {
      List<OfSubscription> order = Deliveries.shuffled(events, random);
      assertThat(Deliveries.after(order)).as("%s", order).isEqualTo(expected);
    }
  }

  // ---- histories

  private static List<Stated> stripe(Random random, boolean inOneSecond) {
    List<Stated> history = new ArrayList<>();
    Instant at = Deliveries.START;
    Snapshot now =
        Snapshot.of(STRIPE, "cus_1", pick(random, StripeStatus.INCOMPLETE, StripeStatus.ACTIVE))
            .withPrices(List.of("price_basic"))
            .withTerm(term(0));
    history.add(stated(now, at, 0, Step.CREATED, Map.of()));
    int changes = 1 + random.nextInt(5);
    for (int i = 1; i <= changes; i++) {
      if (!inOneSecond || random.nextInt(3) == 0) {
        at = at.plusSeconds(1 + random.nextInt(3));
      }
      Snapshot next = changed(now, random);
      history.add(stated(next, at, i, Step.UPDATED, before(now, next)));
      now = next;
    }
    if (random.nextBoolean()) {
      at = inOneSecond ? at : at.plusSeconds(1);
      Snapshot over = now.withStatus(StripeStatus.CANCELED).withTerm(now.term().withEndedAt(at));
      history.add(stated(over, at, changes + 1, Step.DELETED, Map.of()));
    }
    return history;
  }

  private static Stated stated(
      Snapshot snapshot, Instant at, int number, Step step, Map<Facet, String> previous) {
    return new Stated(snapshot, new Order.Dated(at, "evt_" + number, step, previous));
  }

  private static Snapshot changed(Snapshot now, Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          now.withStatus(
              pick(
                  random,
                  StripeStatus.ACTIVE,
                  StripeStatus.PAST_DUE,
                  StripeStatus.UNPAID,
                  StripeStatus.PAUSED));
      case 1 -> now.withPrices(List.of(random.nextBoolean() ? "price_pro" : "price_basic"));
      case 2 -> now.withTerm(now.term().withCancelsAtPeriodEnd(random.nextBoolean()));
      default -> now.withTerm(term(random.nextInt(3)));
    };
  }

  private static Term term(int month) {
    Instant from = Deliveries.START.plus(Duration.ofDays(30L * month));
    return Term.of(Optional.of(from), Optional.of(from.plus(Duration.ofDays(30))));
  }

  private static Map<Facet, String> before(Snapshot before, Snapshot after) {
    Map<Facet, String> changed = new EnumMap<>(Facet.class);
    Map<Facet, String> then = after.facets();
    before
        .facets()
        .forEach(
            (facet, value) -> {
              if (!value.equals(then.get(facet))) {
                changed.put(facet, value);
              }
            });
    return changed;
  }

  private static List<OfSubscription> withBills(
      List<Stated> history, SubscriptionRef ref, Random random) {
    List<OfSubscription> all = new ArrayList<>(history);
    for (int i = random.nextInt(5); i > 0; i--) {
      Instant at = Deliveries.START.plusSeconds(random.nextInt(10));
      String invoice = "in_" + random.nextInt(3);
      all.add(
          random.nextBoolean()
              ? new Paid(
                  ref, invoice, Optional.empty(), Optional.of(at.plus(Duration.ofDays(30))), at)
              : new PaymentFailed(
                  ref,
                  invoice,
                  1 + random.nextInt(3),
                  Optional.empty(),
                  Optional.empty(),
                  false,
                  at));
    }
    return all;
  }

  private static List<OfSubscription> paystack(Random random) {
    Snapshot made =
        Snapshot.of(PAYSTACK, "CUS_1", PaystackStatus.ACTIVE).withPrices(List.of("price_basic"));
    List<Stated> history = new ArrayList<>();
    history.add(ranked(made.withTerm(until(1))));
    int months = random.nextInt(3);
    for (int month = 2; month <= months + 1; month++) { // bills do not say what was bought
      PaystackStatus status = pick(random, PaystackStatus.ACTIVE, PaystackStatus.ATTENTION);
      history.add(
          ranked(
              Snapshot.of(PAYSTACK, "CUS_1", status)
                  .withTerm(until(month))
                  .withManageToken("token")));
    }
    if (random.nextBoolean()) {
      history.add(ranked(made.withStatus(PaystackStatus.NON_RENEWING).withManageToken("token")));
      if (random.nextBoolean()) {
        history.add(ranked(made.withStatus(PaystackStatus.COMPLETED).withTerm(until(months + 1))));
      }
    }
    return withBills(history, PAYSTACK, random);
  }

  private static Stated ranked(Snapshot snapshot) {
    return new Stated(snapshot, new Order.Ranked());
  }

  private static Term until(int month) {
    return Term.of(
        Optional.empty(), Optional.of(Deliveries.START.plus(Duration.ofDays(30L * month))));
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
