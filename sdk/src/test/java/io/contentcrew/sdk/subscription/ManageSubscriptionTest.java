package io.contentcrew.sdk.subscription;

import static io.contentcrew.sdk.subscription.BillingHarness.BASIC;
import static io.contentcrew.sdk.subscription.BillingHarness.PRO;
import static io.contentcrew.sdk.subscription.BillingHarness.SUB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.ManageSubscription.Bought;
import io.contentcrew.sdk.subscription.ManageSubscription.Outcome;
import io.contentcrew.sdk.subscription.ManageSubscription.Shown;
import io.contentcrew.sdk.subscription.ReconcileSubscriptions.Drift;
import io.contentcrew.sdk.subscription.ReconcileSubscriptions.Report;
import io.contentcrew.sdk.user.DeleteAccount;
import io.contentcrew.sdk.user.Proof;
import io.contentcrew.testkit.Fixtures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManageSubscriptionTest {
  private static final URI PAGE = URI.create("https://crew.example/billing");

  private final BillingHarness house = new BillingHarness();
  private final UserId ada = house.ada().id();

  @AfterEach
  void close() {
    house.close();
  }

  // ---- buying

  @Test
  void a_checkout_leads_to_the_providers_page_and_grants_nothing() {
    StartCheckout.Outcome outcome = start(PRO, Optional.empty());

    assertThat(outcome)
        .isEqualTo(
            new StartCheckout.Outcome.Started(
                PaymentProviderName.STRIPE, URI.create("https://pay.example/key")));
    assertThat(house.stripe.calls).containsExactly("start price_pro -");
    assertThat(house.tier(ada)).isEqualTo("free");
  }

  @Test
  void who_has_bought_before_is_the_same_customer() {
    house.tell("evt_1", house.active(ada));
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");
    house.tell("evt_2", house.stated(over, "evt_2", 1));

    start(PRO, Optional.empty());

    assertThat(house.stripe.calls).containsExactly("start price_pro cus_1");
  }

  @Test
  void a_second_subscription_is_refused_while_the_first_one_lives() {
    house.tell("evt_1", house.active(ada));

    assertThat(start(PRO, Optional.empty()))
        .isEqualTo(new StartCheckout.Outcome.Subscribed(SUB, BASIC));
    assertThat(house.stripe.calls).isEmpty();
  }

  @Test
  void one_whose_first_payment_never_came_may_be_begun_anew() {
    Snapshot incomplete = house.snapshot(Optional.of(ada), StripeStatus.INCOMPLETE, "price_basic");
    house.tell("evt_1", house.stated(incomplete, "evt_1", 0));

    assertThat(start(PRO, Optional.empty())).isInstanceOf(StartCheckout.Outcome.Started.class);
  }

  @Test
  void where_several_sell_it_the_user_chooses() {
    assertThat(start(BASIC, Optional.empty()))
        .isEqualTo(
            new StartCheckout.Outcome.ChooseProvider(
                List.of(PaymentProviderName.STRIPE, PaymentProviderName.PAYSTACK)));
    assertThat(start(BASIC, Optional.of(PaymentProviderName.PAYSTACK)))
        .isInstanceOf(StartCheckout.Outcome.Started.class);
  }

  @Test
  void what_nobody_sells_cannot_be_bought() {
    Plan yearly = new Plan(new TierId("pro"), BillingInterval.YEAR);

    assertThat(start(yearly, Optional.empty()))
        .isEqualTo(new StartCheckout.Outcome.NotForSale(yearly));
    assertThat(start(PRO, Optional.of(new PaymentProviderName("else"))))
        .isEqualTo(new StartCheckout.Outcome.UnknownProvider());
    house.stripe.hasCredentials = false;
    assertThat(start(PRO, Optional.empty())).isEqualTo(new StartCheckout.Outcome.NotForSale(PRO));
  }

  private StartCheckout.Outcome start(Plan plan, Optional<PaymentProviderName> provider) {
    return house
        .billing()
        .startCheckout()
        .start(new StartCheckout.Request(ada, plan, provider, PAGE, PAGE, "key"));
  }

  // ---- what there is

  @Test
  void it_shows_what_was_bought_and_when_it_is_charged_next() {
    house.tell("evt_1", house.active(ada));

    Shown shown = manage().show(ada);

    assertThat(shown.tier().value()).isEqualTo("basic");
    Bought bought = shown.bought().orElseThrow();
    assertThat(bought.status()).isEqualTo("active");
    assertThat(bought.periodEnd()).contains(Fixtures.NOW.plus(Duration.ofDays(30)));
    assertThat(bought.nextChargeAt()).isEqualTo(bought.periodEnd());
    assertThat(bought.nextCharge().orElseThrow().minor()).isEqualTo(999);
    assertThat(bought.cancelsAtPeriodEnd()).isFalse();
    assertThat(bought.endsAt()).isEmpty();
    assertThat(bought.problem()).isEmpty();
  }

  @Test
  void what_ends_is_charged_no_more() {
    Snapshot ending = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.tell(
        "evt_1",
        house.stated(ending.withTerm(ending.term().withCancelsAtPeriodEnd(true)), "evt_1", 0));

    Bought bought = bought();

    assertThat(bought.cancelsAtPeriodEnd()).isTrue();
    assertThat(bought.endsAt()).contains(Fixtures.NOW.plus(Duration.ofDays(30)));
    assertThat(bought.nextChargeAt()).isEmpty();
  }

  @Test
  void a_failed_payment_is_shown_with_the_page_to_pay_it() {
    house.tell("evt_1", house.active(ada));
    URI page = URI.create("https://pay.example/in_1");
    house.tell(
        "evt_2",
        new PaymentFailed(
            SUB,
            "in_1",
            2,
            Optional.of(Fixtures.NOW.plus(Duration.ofDays(3))),
            Optional.of(page),
            true,
            Fixtures.NOW.plusSeconds(1)));

    ManageSubscription.Problem problem = bought().problem().orElseThrow();

    assertThat(problem.payAt()).contains(page);
    assertThat(problem.attempts()).isEqualTo(2);
    assertThat(bought().nextChargeAt()).contains(Fixtures.NOW.plus(Duration.ofDays(3)));
  }

  @Test
  void what_is_past_due_is_owed_also_where_no_bill_was_told() {
    Snapshot pastDue = house.snapshot(Optional.of(ada), StripeStatus.PAST_DUE, "price_basic");
    house.tell("evt_1", house.stated(pastDue, "evt_1", 0));

    assertThat(bought().problem().orElseThrow().since()).isEqualTo(Fixtures.NOW);
  }

  @Test
  void who_never_bought_anything_has_nothing() {
    assertThat(manage().show(ada)).isEqualTo(new Shown(TierId.FREE, Optional.empty()));
    assertThat(manage().portal(ada, PAGE)).isEqualTo(new Outcome.NotSubscribed());
    assertThat(manage().cancel(ada)).isEqualTo(new Outcome.NotSubscribed());
  }

  // ---- what is done with it

  @Test
  void a_cancellation_is_seen_at_once_where_the_provider_can_be_asked() {
    house.stripe.answersQuestions = true;
    house.tell("evt_1", house.active(ada));
    Snapshot active = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.stripe.answers.put(
        SUB,
        new Stated(
            active.withTerm(active.term().withCancelsAtPeriodEnd(true)),
            new Order.Asked(Fixtures.NOW.plusSeconds(1))));

    Outcome outcome = manage().cancel(ada);

    assertThat(house.stripe.calls).containsExactly("cancel sub_1", "ask sub_1");
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(bought().cancelsAtPeriodEnd()).isTrue();
    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void what_the_provider_does_not_do_is_not_done() {
    house.tell("evt_1", house.active(ada));
    house.stripe.isAway = true;

    assertThatThrownBy(() -> manage().cancel(ada)).isInstanceOf(PortUnavailableException.class);
    assertThat(bought().cancelsAtPeriodEnd()).isFalse();
  }

  @Test
  void a_change_is_the_providers_to_make() {
    house.tell("evt_1", house.active(ada));

    assertThat(manage().change(ada, PRO, "key")).isInstanceOf(Outcome.Done.class);
    assertThat(house.stripe.calls).containsExactly("change sub_1 price_pro");
    assertThat(house.tier(ada)).isEqualTo("basic"); // until Stripe tells

    assertThat(manage().change(ada, BASIC, "key")).isInstanceOf(Outcome.Done.class);
    assertThat(house.stripe.calls).hasSize(1); // it is that already
  }

  @Test
  void who_cannot_change_is_told_what_to_do() {
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));

    assertThat(manage().change(ada, BASIC, "key")).isInstanceOf(Outcome.NotPossible.class);
    assertThat(manage().change(ada, PRO, "key")).isInstanceOf(Outcome.NotPossible.class);
    assertThat(house.paystack.calls).isEmpty();
  }

  @Test
  void the_portal_is_there_also_for_what_has_ended() {
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");
    house.tell("evt_1", house.stated(over, "evt_1", 0));

    assertThat(manage().portal(ada, PAGE))
        .isEqualTo(new Outcome.Page(URI.create("https://pay.example/manage")));
    assertThat(manage().resume(ada)).isEqualTo(new Outcome.NotSubscribed());
  }

  // ---- asking the providers

  @Test
  void what_no_event_has_told_is_found_by_asking() {
    house.stripe.answersQuestions = true;
    house.tell("evt_1", house.active(ada));
    Snapshot over = house.snapshot(Optional.of(ada), StripeStatus.CANCELED, "price_basic");
    house.stripe.answers.put(SUB, new Stated(over, new Order.Asked(Fixtures.NOW.plusSeconds(9))));
    Drift drift = new Drift(SUB, "active", "canceled");

    Report looked = house.billing().reconcileSubscriptions().reconcile(true);
    assertThat(looked).isEqualTo(new Report(1, List.of(drift), List.of(), Map.of()));
    assertThat(house.tier(ada)).isEqualTo("basic");

    Report mended = house.billing().reconcileSubscriptions().reconcile(ada, false);
    assertThat(mended.drift()).containsExactly(drift);
    assertThat(house.tier(ada)).isEqualTo("free");
  }

  @Test
  void what_was_delivered_in_vain_is_taken_up() {
    house.stripe.answersQuestions = true;
    house.stripe.delivery("evt_1", house.active(ada));
    house.stripe.undelivered.add("evt_1".getBytes(StandardCharsets.UTF_8));

    house.storage.run("reconcile-subscriptions");

    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void a_provider_that_does_not_answer_is_in_the_report() {
    house.stripe.answersQuestions = true;
    house.tell("evt_1", house.active(ada));
    house.stripe.isAway = true;

    Report report = house.billing().reconcileSubscriptions().reconcile(false);

    assertThat(report.failed()).containsExactly("stripe:sub_1: the provider is told to be away");
    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  // ---- leaving

  @Test
  void who_deletes_the_account_pays_no_more_also_if_the_provider_is_away_then() {
    house.tell("evt_1", house.active(ada));
    house.stripe.isAway = true;

    assertThat(house.crew.users().deleteAccount().delete(ada, new Proof.Vouched(), true))
        .isInstanceOf(DeleteAccount.Outcome.Deleted.class);
    house.storage.run("end-subscriptions");
    assertThat(house.stripe.calls).containsExactly("end sub_1");

    house.stripe.isAway = false;
    house.clock.advance(Duration.ofMinutes(2));
    house.storage.run("end-subscriptions");
    house.storage.run("end-subscriptions");
    assertThat(house.stripe.calls).containsExactly("end sub_1", "end sub_1");
  }

  @Test
  void who_signs_up_again_with_the_address_of_a_deleted_account_has_what_they_buy() {
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));
    house.crew.users().deleteAccount().delete(ada, new Proof.Vouched(), false);
    UserId bob = house.crew.users().add("bob@example.com", "Bob").id();
    SubscriptionRef second = new SubscriptionRef(PaymentProviderName.PAYSTACK, "SUB_2");
    Stated nameless =
        new Stated(
            Snapshot.of(second, "CUS_1", PaystackStatus.ACTIVE).withPrices(List.of("PLN_basic")),
            new Order.Ranked());

    assertThat(house.tell(house.paystack, "create 2", nameless)).isEqualTo(Result.PARKED);
    house.tell(
        house.paystack,
        "charge",
        new Charged(
            PaymentProviderName.PAYSTACK,
            "CUS_1",
            Optional.of("PLN_basic"),
            Optional.of(bob),
            "ref_1",
            Optional.empty(),
            Fixtures.NOW));
    house.applyDue();

    assertThat(house.tier(bob)).isEqualTo("basic");
  }

  @Test
  void what_is_paid_after_the_account_was_deleted_is_ended() {
    house.crew.users().deleteAccount().delete(ada, new Proof.Vouched(), false);

    assertThat(house.tell("evt_1", house.active(ada))).isEqualTo(Result.APPLIED);
    house.storage.run("end-subscriptions");

    assertThat(house.stripe.calls).containsExactly("end sub_1");
  }

  // ---- what is in the way

  @Test
  void what_has_lapsed_and_will_not_be_charged_again_is_not_in_the_way() {
    house.tell(house.paystack, "create", house.paystack(ada, PaystackStatus.ACTIVE));
    house.tell(house.paystack, "not_renew", house.paystack(ada, PaystackStatus.NON_RENEWING));
    assertThat(start(PRO, Optional.empty())).isInstanceOf(StartCheckout.Outcome.Subscribed.class);

    house.clock.advance(Duration.ofDays(31));

    assertThat(start(PRO, Optional.empty())).isInstanceOf(StartCheckout.Outcome.Started.class);
  }

  @Test
  void what_test_payments_sold_ends_where_there_are_none() {
    SubscriptionRef test = new SubscriptionRef(PaymentProviderName.TEST, "test_1");
    Snapshot bought = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    house.storage.inTransaction(
        stores ->
            stores
                .subscriptions()
                .save(
                    new Subscription(
                        ada,
                        PRO,
                        new Snapshot(
                            test,
                            "c",
                            Optional.of(ada),
                            StripeStatus.ACTIVE,
                            List.of("p"),
                            bought.term(),
                            Optional.empty(),
                            Optional.empty()),
                        new Known.Ranked(),
                        Payments.none()),
                    Optional.empty(),
                    Fixtures.NOW));
    assertThat(house.tier(ada)).isEqualTo("pro");

    house.crew = house.crew(BillingHarness.PRICES);

    assertThat(house.tier(ada)).isEqualTo("free");
    assertThat(start(PRO, Optional.empty())).isInstanceOf(StartCheckout.Outcome.Started.class);
  }

  @Test
  void a_change_that_is_not_paid_is_not_made() {
    house.tell("evt_1", house.active(ada));
    house.stripe.declines = true;

    assertThat(manage().change(ada, PRO, "key")).isInstanceOf(Outcome.NotPossible.class);
    assertThat(house.tier(ada)).isEqualTo("basic");
  }

  @Test
  void a_year_is_counted_by_its_months() {
    Snapshot year = house.snapshot(Optional.of(ada), StripeStatus.ACTIVE, "price_basic");
    Instant end = Fixtures.NOW.plus(Duration.ofDays(365));
    house.tell(
        "evt_1",
        house.stated(
            year.withTerm(Term.of(Optional.of(Fixtures.NOW), Optional.of(end))), "evt_1", 0));
    house.clock.advance(Duration.ofDays(40));

    assertThat(house.crew.showUsage().show(ada).period())
        .isEqualTo(
            new UsagePeriod(
                Instant.parse("2026-04-14T12:00:00Z"), Instant.parse("2026-05-14T12:00:00Z")));
  }

  // ---- helpers

  private ManageSubscription manage() {
    return house.billing().manageSubscription();
  }

  private Bought bought() {
    return manage().show(ada).bought().orElseThrow();
  }
}
