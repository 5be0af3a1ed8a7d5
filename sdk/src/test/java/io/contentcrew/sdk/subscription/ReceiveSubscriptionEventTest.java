package io.contentcrew.sdk.subscription;

import static io.contentcrew.sdk.subscription.BillingHarness.SUB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.subscription.BillingLedger.Kind;
import io.contentcrew.ports.subscription.BillingLedger.Row;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.ReceiveSubscriptionEvent.Outcome;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiveSubscriptionEventTest {
  private final BillingHarness house = new BillingHarness();
  private final UserId ada = house.ada().id();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_subscription_gives_its_tier_at_once_and_counts_by_its_period() {
    assertThat(house.tier(ada)).isEqualTo("free");

    assertThat(house.tell("evt_1", house.active(ada))).isEqualTo(Result.APPLIED);

    assertThat(house.tier(ada)).isEqualTo("basic");
    assertThat(house.crew.showUsage().show(ada).period().end())
        .isEqualTo(Fixtures.NOW.plus(Duration.ofDays(30)));
  }

  @Test
  void fifty_deliveries_of_one_event_have_one_effect() {
    house.tell("evt_1", house.active(ada));
    SubscriptionEvent failed = failed("in_1", 1);
    WebhookDelivery delivery = house.stripe.delivery("evt_2", failed);

    List<Outcome> outcomes =
        Race.of(
            50,
            number ->
                house
                    .billing()
                    .receiveSubscriptionEvent()
                    .receive(PaymentProviderName.STRIPE, delivery));

    assertThat(outcomes)
        .extracting(BillingHarness::result)
        .filteredOn(Result.APPLIED::equals)
        .hasSize(1);
    assertThat(house.ledger(ada)).extracting(Row::kind).containsExactly(Kind.PAYMENT_FAILED);
    assertThat(entry("evt_2").deliveries()).isEqualTo(50);
    assertThat(house.letters(1)).hasSize(1);
  }

  @Test
  void what_comes_together_is_stored_and_applied_together() throws Exception {
    List<FutureTask<Result>> told =
        together(number -> house.stripe.delivery(name(number), plan(number)));

    for (FutureTask<Result> one : told) {
      assertThat(one.get()).isEqualTo(Result.APPLIED);
    }
    assertThat(house.storage.durable.get()).as("the first alone, then all others").isEqualTo(2);
    assertThat(house.tier(ada)).isEqualTo("basic");
    assertThat(entries()).hasSize(told.size()).allMatch(entry -> entry.state() == State.DONE);
  }

  @Test
  void one_that_waits_keeps_none_of_those_that_came_with_it() throws Exception {
    Snapshot stranger = house.snapshot(Optional.empty(), StripeStatus.ACTIVE, "price_basic");

    List<FutureTask<Result>> told =
        together(
            number ->
                house.stripe.delivery(
                    name(number),
                    number == 5 ? house.stated(stranger, name(number), number) : plan(number)));

    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).get()).isEqualTo(i == 5 ? Result.PARKED : Result.APPLIED);
    }
    assertThat(entry("evt_5").state()).isEqualTo(State.PARKED);
    assertThat(entry("evt_5").attempts()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_stored_together_is_stored_one_by_one() throws Exception {
    house.storage.refused = 2; // the first is alone, and the others come together

    for (FutureTask<Result> one :
        together(number -> house.stripe.delivery(name(number), plan(number)))) {
      assertThat(one.get()).isEqualTo(Result.APPLIED);
    }
    assertThat(house.storage.durable.get()).isEqualTo(2 + 11);
  }

  private static String name(int number) {
    return "evt_" + number;
  }

  /** A subscription of its own. */
  private Stated plan(int number) {
    Snapshot snapshot =
        Snapshot.of(
                new SubscriptionRef(PaymentProviderName.STRIPE, "sub_" + (100 - number)),
                "cus_ada",
                StripeStatus.ACTIVE)
            .withUser(ada)
            .withPrices(List.of("price_basic"));
    return house.stated(snapshot, name(number), 0);
  }

  /** Twelve deliveries, of which the first is held until the others wait. */
  private List<FutureTask<Result>> together(IntFunction<WebhookDelivery> delivery) {
    CountDownLatch free = house.storage.hold();
    List<FutureTask<Result>> tasks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      WebhookDelivery mine = delivery.apply(i);
      FutureTask<Result> task =
          new FutureTask<>(
              () ->
                  BillingHarness.result(
                      house
                          .billing()
                          .receiveSubscriptionEvent()
                          .receive(PaymentProviderName.STRIPE, mine)));
      Thread thread = new Thread(task);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        LockSupport.parkNanos(1_000_000);
      }
      tasks.add(task);
    }
    free.countDown();
    return tasks;
  }

  @Test
  void what_nobody_has_signed_is_not_stored() {
    WebhookDelivery forged =
        new WebhookDelivery(
            Map.of("Signature", List.of("forged")), "evt_1".getBytes(StandardCharsets.UTF_8));

    assertThat(
            house.billing().receiveSubscriptionEvent().receive(PaymentProviderName.STRIPE, forged))
        .isInstanceOf(Outcome.Forged.class);
    assertThat(entries()).isEmpty();
  }

  @Test
  void a_provider_that_is_not_there_is_unknown() {
    assertThat(
            house
                .billing()
                .receiveSubscriptionEvent()
                .receive(new PaymentProviderName("else"), house.stripe.delivery("evt_1")))
        .isEqualTo(new Outcome.UnknownProvider());
  }

  @Test
  void what_cannot_be_stored_is_not_accepted() {
    house.storage.isAway = true;

    assertThatThrownBy(() -> house.tell("evt_1", house.active(ada)))
        .isInstanceOf(PortUnavailableException.class);

    house.storage.isAway = false;
    assertThat(house.tell("evt_1", house.active(ada))).isEqualTo(Result.APPLIED);
  }

  @Test
  void what_fails_half_way_is_undone_and_applied_later() {
    house.storage.failures.set(1);

    assertThat(house.tell("evt_1", house.active(ada))).isEqualTo(Result.POSTPONED);
    assertThat(house.tier(ada)).isEqualTo("free");
    assertThat(entry("evt_1").state()).isEqualTo(State.DUE);

    house.clock.advance(Duration.ofSeconds(4));
    house.applyDue();
    assertThat(house.tier(ada)).isEqualTo("free"); // not yet

    house.clock.advance(Duration.ofSeconds(3));
    house.applyDue();
    assertThat(house.tier(ada)).isEqualTo("basic");
    assertThat(entry("evt_1").state()).isEqualTo(State.DONE);
  }

  @Test
  void what_fails_again_and_again_is_given_up_and_can_be_applied_by_an_operator() {
    house.storage.failures.set(Integer.MAX_VALUE);
    house.tell("evt_1", house.active(ada));
    for (int i = 0; i < 10; i++) {
      house.clock.advance(Duration.ofHours(36));
      house.applyDue();
    }
    assertThat(entry("evt_1").state()).isEqualTo(State.DEAD);
    assertThat(entry("evt_1").note()).contains("told to fail before the commit");
    assertThat(house.billing().inspectWebhooks().counts()).containsEntry(State.DEAD, 1L);

    house.storage.failures.set(0);
    house.clock.set(Fixtures.NOW);
    assertThat(house.billing().inspectWebhooks().replay(entry("evt_1").id()))
        .contains(Result.APPLIED);
    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void what_was_stored_by_an_instance_that_died_is_applied_by_another() {
    house.storage.failures.set(1);
    house.tell("evt_1", house.active(ada));
    house.clock.advance(Duration.ofSeconds(40));

    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  // ---- what waits

  @Test
  void a_customer_that_nobody_knows_is_waited_for() {
    Stated unknown =
        house.stated(
            house.snapshot(Optional.empty(), StripeStatus.ACTIVE, "price_basic"), "evt_1", 0);
    assertThat(house.tell("evt_1", unknown)).isEqualTo(Result.PARKED);
    assertThat(entry("evt_1").note())
        .hasValueSatisfying(note -> assertThat(note).contains("cus_1"));

    Result known =
        house.tell(
            "evt_2", new CustomerKnown(PaymentProviderName.STRIPE, "cus_1", Optional.of(ada)));
    assertThat(known).isEqualTo(Result.APPLIED);
    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void a_price_that_nobody_knows_is_waited_for_until_a_start_brings_it() {
    Stated unknown =
        house.stated(
            house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_new"), "evt_1", 0);
    assertThat(house.tell("evt_1", unknown)).isEqualTo(Result.PARKED);

    PriceList more =
        new PriceList(
            List.of(
                new PriceList.Entry(PaymentProviderName.STRIPE, "price_new", BillingHarness.PRO)));
    house.crew = house.crew(more);
    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("pro");
  }

  @Test
  void a_bill_waits_for_its_subscription() {
    assertThat(house.tell("evt_2", failed("in_1", 1))).isEqualTo(Result.PARKED);

    house.tell("evt_1", house.active(ada));
    house.applyDue();

    assertThat(shown().problem()).isPresent();
  }

  @Test
  void what_waits_in_vain_is_given_up_after_days() {
    house.tell("evt_1", failed("in_1", 1));
    for (int i = 0; i < 10; i++) {
      house.clock.advance(Duration.ofHours(25));
      house.applyDue();
    }

    assertThat(entry("evt_1").state()).isEqualTo(State.DEAD);
    assertThat(entry("evt_1").note()).contains("waited in vain for SUBSCRIPTION sub_1");
  }

  @Test
  void what_cannot_be_read_is_kept_for_an_operator() {
    assertThat(house.tell("evt_1", new SubscriptionEvent.Unreadable("it is not JSON")))
        .isEqualTo(Result.DEAD);

    assertThat(entry("evt_1").note()).contains("it is not JSON");
    assertThat(house.tell("evt_1", new SubscriptionEvent.Unreadable("it is not JSON")))
        .isEqualTo(Result.DEAD);
  }

  @Test
  void the_end_of_what_an_erased_account_had_is_no_news() {
    Stated ended =
        house.stated(
            house.snapshot(
                Optional.of(new UserId(new java.util.UUID(7, 9))),
                StripeStatus.CANCELED,
                "price_basic"),
            "evt_1",
            0);

    assertThat(house.tell("evt_1", ended)).isEqualTo(Result.IGNORED);
  }

  // ---- what the provider is asked

  @Test
  void what_nobody_can_tell_is_asked_but_not_while_the_provider_waits() {
    house.stripe.answersQuestions = true;
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    Snapshot unpaid = active.withStatus(StripeStatus.UNPAID);
    house.stripe.answers.put(SUB, new Stated(unpaid, new Order.Asked(Fixtures.NOW.plusSeconds(9))));
    house.tell("evt_1", tied(active, "evt_1", "unpaid"));

    assertThat(house.tell("evt_2", tied(unpaid, "evt_2", "active"))).isEqualTo(Result.POSTPONED);
    assertThat(house.stripe.calls).isEmpty();

    house.applyDue();
    assertThat(house.stripe.calls).containsExactly("ask sub_1");
    assertThat(house.tier(ada)).isEqualTo("free");
    assertThat(entry("evt_2").state()).isEqualTo(State.DONE);
  }

  @Test
  void where_the_provider_refuses_to_answer_rank_decides() {
    house.stripe.answersQuestions = true;
    house.stripe.refuses = true;
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.tell("evt_1", tied(active.withStatus(StripeStatus.UNPAID), "evt_1", "active"));
    house.tell("evt_2", tied(active, "evt_2", "unpaid"));

    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("basic");
    assertThat(entry("evt_2").state()).isEqualTo(State.DONE);
  }

  @Test
  void where_nobody_can_be_asked_both_orders_end_the_same() {
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    Stated one = tied(active, "evt_1", "unpaid");
    Stated other = tied(active.withStatus(StripeStatus.UNPAID), "evt_2", "active");
    house.tell("evt_1", one);
    assertThat(house.tell("evt_2", other)).isEqualTo(Result.APPLIED);
    String tier = house.tier(ada);

    try (BillingHarness second = new BillingHarness()) {
      UserId bob = second.ada().id();
      second.tell("evt_2", new Stated(other.snapshot().withUser(bob), other.order()));
      second.tell("evt_1", new Stated(one.snapshot().withUser(bob), one.order()));
      assertThat(second.tier(bob)).isEqualTo(tier);
    }
  }

  private static Stated tied(Snapshot snapshot, String event, String before) {
    return new Stated(
        snapshot,
        new Order.Dated(Fixtures.NOW, event, Step.UPDATED, Map.of(Snapshot.Facet.STATUS, before)));
  }

  @Test
  void a_thin_event_waits_for_credentials_and_is_then_asked_about() {
    SubscriptionEvent thin = new SubscriptionEvent.Changed(SUB);
    assertThat(house.tell("evt_1", thin)).isEqualTo(Result.PARKED);

    house.stripe.answersQuestions = true;
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.stripe.answers.put(SUB, new Stated(active, new Order.Asked(Fixtures.NOW)));
    house.crew = house.crew(BillingHarness.PRICES);
    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void a_provider_that_does_not_answer_is_asked_again() {
    house.stripe.answersQuestions = true;
    house.stripe.isAway = true;
    assertThat(house.tell("evt_1", new SubscriptionEvent.Changed(SUB))).isEqualTo(Result.POSTPONED);
    house.applyDue();
    assertThat(entry("evt_1").state()).isEqualTo(State.DUE);

    house.stripe.isAway = false;
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.stripe.answers.put(SUB, new Stated(active, new Order.Asked(Fixtures.NOW)));
    house.clock.advance(Duration.ofMinutes(1));
    house.applyDue();

    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  // ---- the same said again

  @Test
  void what_is_said_again_is_only_a_repetition_while_things_are_as_it_says() {
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));
    Stated notRenewing = house.paystack(ada, PaystackStatus.NON_RENEWING);
    house.tell(house.paystack, "not_renew", notRenewing);

    assertThat(house.tell(house.paystack, "not_renew", notRenewing)).isEqualTo(Result.REPEATED);

    resumedAtPaystack();
    assertThat(house.tell(house.paystack, "not_renew", notRenewing)).isEqualTo(Result.POSTPONED);
    house.applyDue();
    assertThat(shown().cancelsAtPeriodEnd()).isTrue();
  }

  @Test
  void what_is_delivered_late_once_more_is_not_believed_where_the_provider_says_otherwise() {
    house.paystack.answersQuestions = true;
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));
    Stated notRenewing = house.paystack(ada, PaystackStatus.NON_RENEWING);
    house.tell(house.paystack, "not_renew", notRenewing);
    resumedAtPaystack();

    house.tell(house.paystack, "not_renew", notRenewing);
    house.applyDue();

    assertThat(house.paystack.calls).contains("ask SUB_1");
    assertThat(shown().cancelsAtPeriodEnd()).isFalse();
  }

  private void resumedAtPaystack() {
    boolean before = house.paystack.answersQuestions;
    house.paystack.answersQuestions = true;
    Snapshot active = house.paystack(ada, PaystackStatus.ACTIVE).snapshot();
    house.paystack.answers.put(
        BillingHarness.PAYSTACK_SUB, new Stated(active, new Order.Asked(Fixtures.NOW)));
    assertThat(house.billing().manageSubscription().resume(ada))
        .isInstanceOf(ManageSubscription.Outcome.Done.class);
    assertThat(shown().cancelsAtPeriodEnd()).isFalse();
    house.paystack.answersQuestions = before;
  }

  // ---- money and letters

  @Test
  void a_payment_is_in_the_books_once_also_if_two_events_tell_of_it() {
    house.tell("evt_1", house.active(ada));
    Optional<Money> amount = Optional.of(new Money(Currency.getInstance("USD"), 999));
    Instant through = Fixtures.NOW.plus(Duration.ofDays(60));
    Paid paid = new Paid(SUB, "in_1", amount, Optional.of(through), Fixtures.NOW.plusSeconds(1));

    house.tell("evt_2", paid);
    assertThat(house.tell("evt_3", paid)).isEqualTo(Result.REPEATED);

    assertThat(house.ledger(ada))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.kind()).isEqualTo(Kind.PAID);
              assertThat(row.amount()).isEqualTo(amount);
            });
  }

  @Test
  void an_earlier_bill_that_comes_after_a_later_one_is_in_the_books_too() {
    house.tell("evt_1", house.active(ada));
    Optional<Money> amount = Optional.of(new Money(Currency.getInstance("USD"), 999));
    Instant at = Fixtures.NOW.plusSeconds(9);
    house.tell("evt_2", new Paid(SUB, "in_2", amount, Optional.of(at), at));
    Instant before = Fixtures.NOW.plusSeconds(1);

    house.tell("evt_3", new Paid(SUB, "in_1", amount, Optional.of(before), before));

    assertThat(house.ledger(ada)).extracting(Row::reference).containsExactly("in_2", "in_1");
  }

  @Test
  void owners_are_told_once_that_a_payment_failed_and_that_a_plan_has_ended() {
    house.tell("evt_1", house.active(ada));
    house.tell("evt_2", failed("in_1", 1));
    house.tell("evt_3", failed("in_1", 2)); // the next try for the same bill
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");
    house.tell("evt_4", house.stated(over, "evt_4", 3));
    house.tell("evt_5", house.stated(over, "evt_5", 4));

    assertThat(house.letters(2))
        .containsExactlyInAnyOrder("Your payment could not be collected", "Your plan has ended");
    assertThat(house.tier(ada)).isEqualTo("free");
  }

  @Test
  void owners_are_told_once_that_a_plan_has_lapsed() {
    house.tell("evt_1", house.active(ada));
    house.clock.advance(Duration.ofDays(38));
    assertThat(house.crew.billing().manageSubscription().show(ada).tier().value())
        .isEqualTo("free");

    house.storage.run("tell-of-lapsed-plans");
    house.storage.run("tell-of-lapsed-plans");

    assertThat(house.letters(1)).hasSize(1);
  }

  @Test
  void a_plan_that_lapsed_was_paid_again_and_ends_is_told_twice_and_no_more() {
    house.tell("evt_1", house.active(ada));
    house.clock.advance(Duration.ofDays(38));
    house.storage.run("tell-of-lapsed-plans");
    assertThat(house.letters(1)).hasSize(1);

    long second = Duration.ofDays(38).toSeconds();
    Snapshot again = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.tell("evt_2", house.stated(again, "evt_2", second));
    house.tell("evt_3", house.stated(again.withStatus(StripeStatus.CANCELED), "evt_3", second + 1));

    assertThat(house.letters(2)).hasSize(2);
  }

  @Test
  void the_end_of_what_lapsed_before_is_not_told_again() {
    house.tell("evt_1", house.active(ada));
    house.clock.advance(Duration.ofDays(38));
    house.storage.run("tell-of-lapsed-plans");
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");
    house.tell("evt_2", house.stated(over, "evt_2", Duration.ofDays(38).toSeconds()));

    assertThat(house.letters(1)).hasSize(1);
  }

  @Test
  void what_was_sold_once_ends_also_when_it_is_sold_no_more() {
    house.tell("evt_1", house.active(ada));
    house.crew = house.crew(PriceList.empty());
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");

    assertThat(house.tell("evt_2", house.stated(over, "evt_2", 1))).isEqualTo(Result.APPLIED);
    assertThat(house.tier(ada)).isEqualTo("free");
  }

  @Test
  void a_customer_that_is_deleted_has_nothing_any_more() {
    house.tell("evt_1", house.active(ada));

    Result result =
        house.tell(
            "evt_2",
            new SubscriptionEvent.CustomerDeleted(
                PaymentProviderName.STRIPE, "cus_1", "evt_2", Fixtures.NOW.plusSeconds(5)));

    assertThat(result).isEqualTo(Result.APPLIED);
    assertThat(house.tier(ada)).isEqualTo("free");
  }

  @Test
  void of_two_subscriptions_the_higher_tier_counts_and_the_other_one_after_it() {
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));
    Snapshot pro = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_pro");
    house.tell("evt_1", house.stated(pro, "evt_1", 0));
    assertThat(house.tier(ada)).isEqualTo("pro");

    house.tell("evt_2", house.stated(pro.withStatus(StripeStatus.CANCELED), "evt_2", 1));
    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  // ---- helpers

  private ManageSubscription.Bought shown() {
    return house.billing().manageSubscription().show(ada).bought().orElseThrow();
  }

  private WebhookInbox.Entry entry(String key) {
    return entries().stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
  }

  private List<WebhookInbox.Entry> entries() {
    return house
        .billing()
        .inspectWebhooks()
        .page(
            new WebhookInbox.Query(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 100));
  }

  private static PaymentFailed failed(String invoice, int attempts) {
    return new PaymentFailed(
        SUB,
        invoice,
        attempts,
        Optional.empty(),
        Optional.empty(),
        false,
        Fixtures.NOW.plusSeconds(attempts));
  }
}
