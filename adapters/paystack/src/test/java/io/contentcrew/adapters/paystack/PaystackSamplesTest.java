package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Webhooks.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Paystack's own samples mean. */
class PaystackSamplesTest {
  private static SubscriptionRef ref(String code) {
    return new SubscriptionRef(PaymentProviderName.PAYSTACK, code);
  }

  private static Optional<Money> naira(long kobo) {
    return Optional.of(new Money(Currency.getInstance("NGN"), kobo));
  }

  private static Optional<Instant> at(String time) {
    return Optional.of(Instant.parse(time));
  }

  private static Stated stated(
      String code,
      String customer,
      PaystackStatus status,
      List<String> plans,
      Optional<Instant> next,
      Optional<String> token,
      Optional<Money> cost) {
    return new Stated(
        new Snapshot(
            ref(code),
            customer,
            Optional.empty(),
            status,
            plans,
            Term.of(Optional.empty(), next),
            token,
            cost),
        new Order.Ranked());
  }

  private static WebhookEvent read(String fixture) {
    return Webhooks.read(fixture(fixture));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "charge.dispute.create 358950",
        "charge.success.one-off qTPrJoy9Bx",
        "charge.success.plan 683e6787-7645-557a-a270-c9035c3a2b65",
        "invoice.create INV_thy2vkmirn2urwv",
        "invoice.payment_failed INV_3kfmqw48ca7b48k",
        "refund.failed TRF_9vgfawjnoz58uxy",
        "refund.pending tvunjbbd_412829_4b18075d_c7had",
        "refund.processed 132013318360",
        "subscription.create SUB_vsyqdmlzble3uii",
        "subscription.disable SUB_vsyqdmlzble3uii",
        "subscription.not_renew SUB_d638sdiWAio7jnl",
        "transfer.success acv_9ee55786-2323-4760-98e2-6380c9cb3f68"
      })
  void a_key_tells_the_event_what_it_is_about_and_each_byte_that_was_said(String line) {
    String name = line.split(" ", -1)[0];
    String type = name.startsWith("charge.success") ? "charge.success" : name;
    WebhookEvent event = read(name);

    assertThat(event.type()).isEqualTo(type);
    assertThat(event.hasOwnId()).isFalse();
    assertThat(event.apiVersion()).isEmpty();
    assertThat(event.key()).matches(type + ":" + line.split(" ", -1)[1] + ":[0-9a-f]{64}");
    assertThat(read(name)).isEqualTo(event);
    byte[] other = Arrays.copyOf(fixture(name), fixture(name).length + 1);
    other[other.length - 1] = ' ';
    assertThat(Webhooks.read(other).key()).isNotEqualTo(event.key());
    assertThat(Webhooks.read(other).events()).isEqualTo(event.events());
  }

  @Test
  void a_subscription_that_was_made_is_active() {
    WebhookEvent event = read("subscription.create");

    assertThat(event.customer()).contains("CUS_xnxdt6s1zg1f4nx");
    assertThat(event.at()).isEqualTo(at("2016-10-01T10:59:59Z"));
    assertThat(event.events())
        .containsExactly(
            stated(
                "SUB_vsyqdmlzble3uii",
                "CUS_xnxdt6s1zg1f4nx",
                PaystackStatus.ACTIVE,
                List.of("PLN_gx2wn530m0i3w3m"),
                at("2016-05-19T07:00:00Z"),
                Optional.empty(),
                naira(50_000)));
  }

  @Test
  void one_that_is_not_renewed_says_no_date_and_brings_its_token() {
    WebhookEvent event = read("subscription.not_renew");

    assertThat(event.at()).isEmpty(); // what it says is when the subscription was made
    assertThat(event.events())
        .containsExactly(
            stated(
                "SUB_d638sdiWAio7jnl",
                "CUS_8gbmdpvn12c67ix",
                PaystackStatus.NON_RENEWING,
                List.of("PLN_tlknnnzfi4w2evu"),
                Optional.empty(),
                Optional.of("086x99rmqc4qhcw"),
                naira(120_000)));
  }

  @Test
  void one_that_is_disabled_as_complete_is_completed() {
    assertThat(read("subscription.disable").events())
        .containsExactly(
            stated(
                "SUB_vsyqdmlzble3uii",
                "CUS_xnxdt6s1zg1f4nx",
                PaystackStatus.COMPLETED,
                List.of("PLN_gx2wn530m0i3w3m"),
                at("2020-11-26T15:00:00Z"),
                Optional.of("ctt824k16n34u69"),
                naira(300_000)));
  }

  @Test
  void a_bill_that_is_paid_already_says_so_and_its_mad_period_says_nothing() {
    assertThat(read("invoice.create").events())
        .containsExactly(
            stated(
                "SUB_fq7dbe8tju0i1v8",
                "CUS_00w4ath3e2ukno4",
                PaystackStatus.ACTIVE,
                List.of(),
                at("2018-12-20T00:00:00Z"),
                Optional.of("3a1h7bcu8zxhm8k"),
                Optional.empty()),
            new Paid(
                ref("SUB_fq7dbe8tju0i1v8"),
                "INV_thy2vkmirn2urwv",
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2018-12-20T15:00:06Z")));
  }

  @Test
  void a_bill_that_failed_is_not_tried_again_at_a_date_that_has_passed() {
    assertThat(read("invoice.payment_failed").events())
        .containsExactly(
            stated(
                "SUB_f7ct8g01mtcjf78",
                "CUS_3p3ylxyf07605kx",
                PaystackStatus.ACTIVE,
                List.of(),
                at("2019-03-25T00:00:00Z"),
                Optional.of("gptk4apuohyyjsg"),
                Optional.empty()),
            new PaymentFailed(
                ref("SUB_f7ct8g01mtcjf78"),
                "INV_3kfmqw48ca7b48k",
                1,
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.parse("2019-03-25T14:00:03Z")));
  }

  @Test
  void a_charge_for_a_plan_names_the_plan_and_no_subscription() {
    assertThat(read("charge.success.plan").events())
        .containsExactly(
            new Charged(
                PaymentProviderName.PAYSTACK,
                "CUS_mfkew13owtwcmb2",
                Optional.of("PLN_a5vr5skxg72f4lr"),
                Optional.empty(),
                "683e6787-7645-557a-a270-c9035c3a2b65",
                naira(110_000),
                Instant.parse("2020-11-23T11:00:09Z")));
  }

  @Test
  void a_charge_without_a_plan_is_for_nothing_that_we_sell() {
    assertThat(read("charge.success.one-off").events())
        .containsExactly(
            new Charged(
                PaymentProviderName.PAYSTACK,
                "CUS_qo38as2hpsgk2r0",
                Optional.empty(),
                Optional.empty(),
                "qTPrJoy9Bx",
                naira(10_000),
                Instant.parse("2016-09-30T21:10:19Z")));
  }

  @Test
  void a_dispute_is_for_the_books() {
    assertThat(read("charge.dispute.create").events())
        .containsExactly(
            new MoneyReturned(
                PaymentProviderName.PAYSTACK,
                MoneyReturned.Kind.DISPUTE,
                Optional.of("CUS_6wbxh6689vt0n7s"),
                "358950",
                "awaiting-merchant-feedback",
                naira(5_800),
                Instant.parse("2020-11-24T13:46:57Z")));
  }

  @Test
  void refunds_name_an_amount_in_figures_or_in_quotes_and_no_customer_and_no_time() {
    assertThat(read("refund.failed").events())
        .containsExactly(refund("TRF_9vgfawjnoz58uxy", "failed", 20_000));
    assertThat(read("refund.pending").events())
        .containsExactly(refund("tvunjbbd_412829_4b18075d_c7had", "pending", 10_000));
    assertThat(read("refund.processed").events())
        .containsExactly(refund("132013318360", "processed", 5_000));
    assertThat(read("refund.processed").customer()).isEmpty();
  }

  private static MoneyReturned refund(String reference, String state, long kobo) {
    return new MoneyReturned(
        PaymentProviderName.PAYSTACK,
        MoneyReturned.Kind.REFUND,
        Optional.empty(),
        reference,
        state,
        naira(kobo),
        Instant.EPOCH);
  }

  @Test
  void a_transfer_is_none_of_our_business() {
    assertThat(read("transfer.success").events()).containsExactly(new Irrelevant());
  }
}
