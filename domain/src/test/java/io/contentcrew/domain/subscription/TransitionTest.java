package io.contentcrew.domain.subscription;

import static io.contentcrew.domain.subscription.Deliveries.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionEvent.TrialEnding;
import io.contentcrew.domain.subscription.Transition.Changed;
import io.contentcrew.domain.subscription.Transition.Kept;
import io.contentcrew.domain.subscription.Transition.Undecided;
import io.contentcrew.domain.subscription.Transition.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitionTest {
  private static final SubscriptionRef STRIPE =
      new SubscriptionRef(PaymentProviderName.STRIPE, "sub_1");
  private static final SubscriptionRef PAYSTACK =
      new SubscriptionRef(PaymentProviderName.PAYSTACK, "SUB_1");
  private static final Instant PERIOD_END = START.plus(Duration.ofDays(31));

  private final Deliveries deliveries = new Deliveries();

  // ---- Stripe

  @Test
  void an_update_of_the_same_second_that_arrives_before_the_creation_stays() {
    deliveries.deliver(updated(1, START, StripeStatus.ACTIVE));
    Transition late = deliveries.deliver(created(0, START, StripeStatus.INCOMPLETE));

    assertThat(late).isInstanceOf(Changed.class); // it is remembered as an earlier one
    assertThat(deliveries.held().status()).isEqualTo(StripeStatus.ACTIVE);
  }

  @Test
  void what_is_older_than_what_is_known_changes_nothing() {
    deliveries.deliver(updated(1, START.plusSeconds(1), StripeStatus.ACTIVE));

    assertThat(deliveries.deliver(updated(0, START, StripeStatus.PAST_DUE)))
        .isEqualTo(new Kept(Kept.Reason.STALE));
  }

  @Test
  void nothing_revives_what_has_ended() {
    deliveries.deliver(updated(1, START, StripeStatus.ACTIVE));
    deliveries.deliver(deleted(2, START));

    assertThat(deliveries.deliver(updated(3, START.plusSeconds(9), StripeStatus.ACTIVE)))
        .isEqualTo(new Kept(Kept.Reason.STALE));
    assertThat(deliveries.deliver(asked(snapshot(StripeStatus.ACTIVE), START.plusSeconds(20))))
        .isEqualTo(new Kept(Kept.Reason.STALE));
    assertThat(deliveries.held().isLive()).isFalse();
  }

  @Test
  void an_end_counts_also_when_it_is_older() {
    deliveries.deliver(updated(3, START.plusSeconds(9), StripeStatus.ACTIVE));
    deliveries.deliver(deleted(2, START));

    assertThat(deliveries.held().isLive()).isFalse();
  }

  @Test
  void the_same_event_changes_nothing_the_second_time() {
    deliveries.deliver(updated(1, START, StripeStatus.ACTIVE));

    assertThat(deliveries.deliver(updated(1, START, StripeStatus.ACTIVE)))
        .isEqualTo(new Kept(Kept.Reason.REPEATED));
  }

  @Test
  void of_two_of_one_second_the_one_that_names_the_other_as_before_was_last() {
    Stated first = updated(1, START, StripeStatus.PAST_DUE);
    Stated second =
        new Stated(
            snapshot(StripeStatus.ACTIVE),
            new Order.Dated(START, "evt_0", Step.UPDATED, Map.of(Facet.STATUS, "past_due")));

    deliveries.deliver(second);
    Transition late = deliveries.deliver(first);

    assertThat(late).isInstanceOf(Changed.class);
    assertThat(deliveries.held().status()).isEqualTo(StripeStatus.ACTIVE);
  }

  @Test
  void there_and_back_in_one_second_is_for_the_provider_to_say() {
    deliveries.deliver(
        new Stated(
            snapshot(StripeStatus.PAST_DUE),
            new Order.Dated(START, "evt_1", Step.UPDATED, Map.of(Facet.STATUS, "active"))));
    Transition back =
        deliveries.deliver(
            new Stated(
                snapshot(StripeStatus.ACTIVE),
                new Order.Dated(START, "evt_2", Step.UPDATED, Map.of(Facet.STATUS, "past_due"))));

    assertThat(back).isInstanceOf(Undecided.class);
  }

  @Test
  void what_the_provider_answers_holds_until_something_later_is_told() {
    deliveries.deliver(updated(1, START, StripeStatus.PAST_DUE));
    deliveries.deliver(asked(snapshot(StripeStatus.ACTIVE), START.plusSeconds(5)));
    Transition before = deliveries.deliver(updated(2, START.plusSeconds(4), StripeStatus.UNPAID));
    assertThat(before).isEqualTo(new Kept(Kept.Reason.STALE));
    assertThat(deliveries.held().status()).isEqualTo(StripeStatus.ACTIVE);

    deliveries.deliver(updated(3, START.plusSeconds(6), StripeStatus.UNPAID));
    assertThat(deliveries.held().status()).isEqualTo(StripeStatus.UNPAID);
  }

  // ---- what must be known first

  @Test
  void it_waits_for_whose_it_is() {
    assertThat(
            Transition.of(
                Optional.empty(),
                updated(1, START, StripeStatus.ACTIVE),
                Optional.empty(),
                Deliveries::plan))
        .isEqualTo(new Waiting(Waiting.For.CUSTOMER, "cus_1"));
  }

  @Test
  void it_waits_for_what_a_price_is_and_keeps_what_there_was() {
    deliveries.deliver(updated(1, START, StripeStatus.ACTIVE));
    Subscription before = deliveries.held();
    Stated other =
        new Stated(
            snapshot(StripeStatus.ACTIVE).withPrices(List.of("price_new")),
            new Order.Dated(START.plusSeconds(1), "evt_2", Step.UPDATED, Map.of()));

    assertThat(deliveries.deliver(other)).isEqualTo(new Waiting(Waiting.For.PRICE, "price_new"));
    assertThat(deliveries.held()).isEqualTo(before);
  }

  @Test
  void bills_wait_for_their_subscription() {
    assertThat(deliveries.deliver(failed("in_1", START)))
        .isEqualTo(new Waiting(Waiting.For.SUBSCRIPTION, "sub_1"));
    assertThat(deliveries.deliver(paid("in_1", START)))
        .isEqualTo(new Waiting(Waiting.For.SUBSCRIPTION, "sub_1"));
    assertThat(deliveries.deliver(new TrialEnding(STRIPE, START)))
        .isEqualTo(new Waiting(Waiting.For.SUBSCRIPTION, "sub_1"));
  }

  @Test
  void a_status_that_nobody_knows_grants_nothing_and_takes_nothing() {
    deliveries.deliver(updated(1, START, StripeStatus.ACTIVE));

    assertThat(deliveries.deliver(new SubscriptionEvent.StatusUnknown(STRIPE, "resting")))
        .isEqualTo(new Waiting(Waiting.For.STATUS, "resting"));
    assertThat(deliveries.held().status()).isEqualTo(StripeStatus.ACTIVE);
  }

  @Test
  void what_says_only_that_something_has_changed_waits_for_an_answer() {
    assertThat(deliveries.deliver(new SubscriptionEvent.Changed(STRIPE)))
        .isEqualTo(new Waiting(Waiting.For.ANSWER, "sub_1"));
  }

  // ---- until when it grants

  @Test
  void what_is_paid_grants_until_a_grace_after_its_period() {
    deliveries.deliver(created(0, START, StripeStatus.ACTIVE));

    assertThat(until()).contains(PERIOD_END.plus(Duration.ofDays(7)));
  }

  @Test
  void a_later_bill_that_is_paid_grants_longer() {
    deliveries.deliver(created(0, START, StripeStatus.ACTIVE));
    deliveries.deliver(paid("in_1", START));

    assertThat(until()).contains(START.plus(Duration.ofDays(62 + 7)));
  }

  @Test
  void what_is_cancelled_grants_exactly_until_its_end() {
    Term term = Term.of(Optional.of(START), Optional.of(PERIOD_END));
    deliveries.deliver(
        dated(0, START, Step.CREATED, term.withCancelsAtPeriodEnd(true), StripeStatus.ACTIVE));
    assertThat(until()).contains(PERIOD_END);
    assertThat(deliveries.held().isEnding()).isTrue();

    Instant sooner = START.plus(Duration.ofDays(3));
    deliveries.deliver(
        dated(
            1, START.plusSeconds(1), Step.UPDATED, term.withCancelAt(sooner), StripeStatus.ACTIVE));
    assertThat(until()).contains(sooner);
  }

  @Test
  void what_is_owed_grants_for_a_grace_since_it_fell_due() {
    deliveries.deliver(created(0, START, StripeStatus.PAST_DUE));

    assertThat(until()).contains(START.plus(Duration.ofDays(7)));
  }

  @Test
  void other_statuses_grant_nothing() {
    for (StripeStatus status :
        List.of(StripeStatus.INCOMPLETE, StripeStatus.UNPAID, StripeStatus.PAUSED)) {
      Deliveries fresh = new Deliveries();
      fresh.deliver(created(0, START, status));
      assertThat(fresh.held().grantsUntil(Duration.ofDays(7))).contains(Instant.EPOCH);
      assertThat(fresh.held().isLive()).isTrue();
    }
  }

  @Test
  void without_a_period_it_grants_until_somebody_says_otherwise() {
    deliveries.deliver(dated(0, START, Step.CREATED, Term.unknown(), StripeStatus.ACTIVE));

    assertThat(until()).isEmpty();
    assertThat(deliveries.held().period()).isEmpty();
  }

  // ---- Paystack

  @Test
  void at_paystack_it_grants_until_the_date_that_was_told_before_it_was_cancelled() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    deliveries.deliver(ranked(PaystackStatus.NON_RENEWING, Optional.empty()));

    assertThat(until()).contains(PERIOD_END);
    assertThat(deliveries.held().isEnding()).isTrue();
  }

  @Test
  void at_paystack_a_late_creation_does_not_undo_a_cancellation_and_tells_its_date() {
    deliveries.deliver(ranked(PaystackStatus.NON_RENEWING, Optional.empty()));
    assertThat(until()).contains(Instant.EPOCH);

    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));

    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.NON_RENEWING);
    assertThat(until()).contains(PERIOD_END);
  }

  @Test
  void at_paystack_its_answer_undoes_what_was_told() {
    deliveries.deliver(ranked(PaystackStatus.NON_RENEWING, Optional.of(PERIOD_END)));
    deliveries.deliver(asked(paystack(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)), START));

    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ACTIVE);
  }

  @Test
  void at_paystack_a_failed_payment_grants_for_a_grace_until_one_succeeds() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    Instant failure = PERIOD_END.plusSeconds(60);
    deliveries.deliver(
        new PaymentFailed(
            PAYSTACK, "INV_1", 1, Optional.empty(), Optional.empty(), false, failure));
    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ATTENTION);
    assertThat(until()).contains(failure.plus(Duration.ofDays(7)));

    deliveries.deliver(
        new Paid(PAYSTACK, "INV_2", Optional.empty(), Optional.empty(), failure.plusSeconds(1)));
    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ACTIVE);
  }

  @Test
  void at_paystack_the_answer_that_something_is_owed_holds_until_it_is_paid() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    deliveries.deliver(asked(paystack(PaystackStatus.ATTENTION, Optional.of(PERIOD_END)), START));
    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ATTENTION);

    deliveries.deliver(
        new Paid(PAYSTACK, "INV_2", Optional.empty(), Optional.empty(), START.plusSeconds(1)));
    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ACTIVE);
  }

  @Test
  void a_grace_does_not_begin_anew_with_each_period_that_is_not_paid() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    for (int month = 0; month < 3; month++) {
      deliveries.deliver(owed("INV_" + month, PERIOD_END.plus(Duration.ofDays(30L * month))));
    }

    assertThat(until()).contains(PERIOD_END.plus(Duration.ofDays(7)));
  }

  @Test
  void at_stripe_too_it_counts_from_what_was_paid() {
    deliveries.deliver(created(0, START, StripeStatus.ACTIVE));
    deliveries.deliver(new Paid(STRIPE, "in_0", Optional.empty(), Optional.of(PERIOD_END), START));
    Term later = Term.of(Optional.of(PERIOD_END.plus(Duration.ofDays(30))), Optional.empty());
    deliveries.deliver(dated(1, PERIOD_END, Step.UPDATED, later, StripeStatus.PAST_DUE));

    assertThat(until()).contains(PERIOD_END.plus(Duration.ofDays(7)));
  }

  @Test
  void who_owes_does_not_get_more_by_cancelling() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    deliveries.deliver(owed("INV_1", START.plus(Duration.ofDays(1))));
    deliveries.deliver(ranked(PaystackStatus.NON_RENEWING, Optional.empty()));

    assertThat(until()).contains(START.plus(Duration.ofDays(8)));
  }

  @Test
  void at_paystack_its_answer_that_all_is_paid_clears_what_was_owed() {
    deliveries.deliver(ranked(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)));
    deliveries.deliver(owed("INV_1", START.plusSeconds(1)));
    deliveries.deliver(
        asked(paystack(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)), START.plusSeconds(9)));

    assertThat(deliveries.held().status()).isEqualTo(PaystackStatus.ACTIVE);
    assertThat(
            deliveries.deliver(
                asked(
                    paystack(PaystackStatus.ACTIVE, Optional.of(PERIOD_END)),
                    START.plusSeconds(10))))
        .isEqualTo(new Kept(Kept.Reason.REPEATED));
  }

  private static PaymentFailed owed(String invoice, Instant at) {
    return new PaymentFailed(PAYSTACK, invoice, 1, Optional.empty(), Optional.empty(), false, at);
  }

  @Test
  void a_period_of_which_only_the_end_is_known_began_an_interval_before() {
    deliveries.deliver(
        ranked(PaystackStatus.ACTIVE, Optional.of(Instant.parse("2026-03-28T07:00:00Z"))));

    assertThat(deliveries.held().period().orElseThrow().start()).isEqualTo("2026-02-28T07:00:00Z");
  }

  // ---- what its owner is told

  @Test
  void a_failed_bill_and_an_end_are_told() {
    deliveries.deliver(created(0, START, StripeStatus.ACTIVE));
    deliveries.deliver(failed("in_1", START.plusSeconds(1)));
    deliveries.deliver(deleted(2, START.plusSeconds(2)));
    deliveries.deliver(failed("in_2", START.plusSeconds(3)));

    assertThat(deliveries.notices())
        .containsExactly(
            new Notice(Notice.Kind.PAYMENT_FAILED, "in_1"),
            new Notice(Notice.Kind.PLAN_ENDED, "sub_1"));
  }

  @Test
  void a_failure_that_was_mended_meanwhile_is_not_told() {
    deliveries.deliver(created(0, START, StripeStatus.ACTIVE));
    deliveries.deliver(paid("in_1", START.plusSeconds(5)));
    deliveries.deliver(failed("in_1", START.plusSeconds(1)));

    assertThat(deliveries.notices()).isEmpty();
    assertThat(deliveries.held().payments().problem()).isEmpty();
  }

  @Test
  void the_end_of_what_never_began_is_not_told() {
    deliveries.deliver(created(0, START, StripeStatus.INCOMPLETE));
    deliveries.deliver(updated(1, START.plusSeconds(1), StripeStatus.INCOMPLETE_EXPIRED));

    assertThat(deliveries.notices()).isEmpty();
  }

  // ---- makers

  private Optional<Instant> until() {
    return deliveries.held().grantsUntil(Duration.ofDays(7));
  }

  private static Snapshot snapshot(StripeStatus status) {
    return Snapshot.of(STRIPE, "cus_1", status)
        .withPrices(List.of("price_basic"))
        .withTerm(Term.of(Optional.of(START), Optional.of(PERIOD_END)));
  }

  private static Stated created(int number, Instant at, StripeStatus status) {
    return new Stated(
        snapshot(status), new Order.Dated(at, "evt_" + number, Step.CREATED, Map.of()));
  }

  private static Stated updated(int number, Instant at, StripeStatus status) {
    return new Stated(
        snapshot(status), new Order.Dated(at, "evt_" + number, Step.UPDATED, Map.of()));
  }

  private static Stated deleted(int number, Instant at) {
    return new Stated(
        snapshot(StripeStatus.CANCELED),
        new Order.Dated(at, "evt_" + number, Step.DELETED, Map.of()));
  }

  private static Stated dated(int number, Instant at, Step step, Term term, StripeStatus status) {
    return new Stated(
        snapshot(status).withTerm(term), new Order.Dated(at, "evt_" + number, step, Map.of()));
  }

  private static Stated asked(Snapshot snapshot, Instant at) {
    return new Stated(snapshot, new Order.Asked(at));
  }

  private static Snapshot paystack(PaystackStatus status, Optional<Instant> nextPayment) {
    return Snapshot.of(PAYSTACK, "CUS_1", status)
        .withPrices(List.of("price_basic"))
        .withTerm(Term.of(Optional.empty(), nextPayment));
  }

  private static Stated ranked(PaystackStatus status, Optional<Instant> nextPayment) {
    return new Stated(paystack(status, nextPayment), new Order.Ranked());
  }

  private static Paid paid(String invoice, Instant at) {
    return new Paid(
        STRIPE, invoice, Optional.empty(), Optional.of(START.plus(Duration.ofDays(62))), at);
  }

  private static PaymentFailed failed(String invoice, Instant at) {
    return new PaymentFailed(
        STRIPE,
        invoice,
        1,
        Optional.empty(),
        Optional.of(URI.create("https://pay.example/in_1")),
        false,
        at);
  }
}
