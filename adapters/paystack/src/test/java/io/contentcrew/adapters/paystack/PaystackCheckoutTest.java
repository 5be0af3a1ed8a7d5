package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Buyer.holding;
import static io.contentcrew.adapters.paystack.Buyer.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order.Asked;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionStatus;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.testkit.FakePaystack;
import io.contentcrew.testkit.FakePaystackAnswer;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaystackCheckoutTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-01-10T09:00:00Z"));
  private final FakePaystack paystack =
      FakePaystack.start(clock).plan("PLN_pro", Buyer.PRICE, BillingInterval.MONTH);
  private final PaystackAdapter adapter =
      PaystackAdapter.open(
          PaystackConfig.of(paystack.key())
              .withBaseUrl(paystack.url())
              .withRetries(2, Duration.ofMillis(1)),
          clock);
  private final Checkout checkout = adapter.paymentProvider().checkout().orElseThrow();
  private final SubscriptionArbiter arbiter = adapter.paymentProvider().arbiter().orElseThrow();

  @AfterEach
  void close() {
    adapter.close();
    paystack.close();
  }

  private String subscribed() {
    URI page = checkout.start(order("k-sub"));
    paystack.pay(page);
    return paystack.subscription(reference(page));
  }

  private static String reference(URI page) {
    return page.getPath().substring(page.getPath().lastIndexOf('/') + 1);
  }

  private Subscription held(String code) {
    return holding(code, PaystackStatus.ACTIVE, Optional.of("token-of-" + code));
  }

  private List<String> calls() {
    return paystack.requests().stream().map(one -> one.method() + " " + one.path()).toList();
  }

  // ---- what it is

  @Test
  void it_is_paystack_and_moves_money() {
    PaymentProvider provider = adapter.paymentProvider();

    assertThat(provider.name().value()).isEqualTo("paystack");
    assertThat(provider.displayName()).isEqualTo("Paystack");
    assertThat(provider.isTest()).isFalse();
  }

  @Test
  void without_an_api_key_it_only_listens() {
    PaystackConfig config = PaystackConfig.of(List.of(paystack.key()), Optional.empty());
    try (PaystackAdapter mute = PaystackAdapter.open(config, clock)) {
      assertThat(mute.paymentProvider().checkout()).isEmpty();
      assertThat(mute.paymentProvider().arbiter()).isEmpty();
      assertThat(mute.paymentProvider().events()).isNotNull();
    }
  }

  // ---- begin

  @Test
  void a_payment_is_begun_with_all_that_paystack_is_to_repeat() {
    URI page = checkout.start(order("k1"));

    FakePaystack.Request request = paystack.requests().getLast();
    JsonNode body = request.body();
    assertThat(calls()).containsExactly("GET /plan/PLN_pro", "POST /transaction/initialize");
    assertThat(request.header("Authorization")).contains("Bearer " + paystack.key().reveal());
    assertThat(request.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(body.path("email").asText()).isEqualTo("buyer@example.com");
    assertThat(body.path("amount").asLong()).isEqualTo(450_000);
    assertThat(body.path("currency").asText()).isEqualTo("NGN");
    assertThat(body.path("plan").asText()).isEqualTo("PLN_pro");
    assertThat(body.path("callback_url").asText()).isEqualTo(Buyer.PAID.toString());
    assertThat(body.path("metadata").path("user_id").asText()).isEqualTo(Buyer.USER.toString());
    assertThat(body.path("metadata").path("cancel_action").asText())
        .isEqualTo(Buyer.LEFT.toString());
    assertThat(body.path("reference").asText()).matches("[A-Za-z0-9.=-]{10,100}");
    assertThat(page.toString()).startsWith(paystack.url() + "/checkout/");
  }

  @Test
  void what_the_plan_costs_counts_and_not_what_we_think() {
    Money thought = new Money(Currency.getInstance("USD"), 2_999);
    for (Optional<Money> ours : List.of(Optional.<Money>empty(), Optional.of(thought))) {
      checkout.start(order("k" + ours.isPresent(), "PLN_pro", ours));

      JsonNode body = paystack.requests().getLast().body();
      assertThat(body.path("amount").asLong()).isEqualTo(450_000);
      assertThat(body.path("currency").asText()).isEqualTo("NGN");
    }
  }

  @Test
  void an_order_that_was_begun_before_is_begun_anew() {
    URI first = checkout.start(order("k1"));
    URI second = checkout.start(order("k1"));
    URI third = checkout.start(order("k1"));

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(reference(third)).matches("ccrew-[0-9a-f-]{36}");
    assertThat(paystack.pay(third)).hasSize(2);
  }

  @Test
  void an_order_whose_answer_was_lost_is_begun_anew() {
    paystack.next(FakePaystackAnswer.usual(), FakePaystackAnswer.lost());

    assertThat(paystack.pay(checkout.start(order("k1")))).hasSize(2);
  }

  @Test
  void paystack_may_lose_an_answer_twice() {
    FakePaystackAnswer usual = FakePaystackAnswer.usual();
    // each that is lost makes a duplicate of its own retry
    paystack.next(usual, FakePaystackAnswer.lost(), usual, FakePaystackAnswer.lost());

    assertThat(paystack.pay(checkout.start(order("k1")))).hasSize(2);
  }

  @Test
  void an_order_of_which_every_reference_is_taken_is_left() {
    FakePaystackAnswer taken = FakePaystackAnswer.refusing(400, "Duplicate Transaction Reference");
    paystack.next(FakePaystackAnswer.usual(), taken, taken, taken);

    assertThatThrownBy(() -> checkout.start(order("k1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("refused to begin a payment (status 400)");
    assertThat(calls()).hasSize(4);
  }

  @Test
  void a_plan_that_paystack_does_not_have_is_named() {
    assertThatThrownBy(() -> checkout.start(order("k1", "PLN_gone", Optional.of(Buyer.PRICE))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("no plan PLN_gone: correct the price of the tier");
    assertThatThrownBy(() -> checkout.start(order("k2", "PLN_gone", Optional.empty())))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("no plan PLN_gone");
    assertThatThrownBy(() -> checkout.start(order("k3", "../balance", Optional.empty())))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("no plan");
    assertThat(calls()).noneMatch(call -> call.contains("balance"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403})
  void a_currency_that_the_account_does_not_take_is_named(int status) {
    paystack.plan("PLN_us", new Money(Currency.getInstance("USD"), 2_999), BillingInterval.MONTH);
    paystack.next(
        FakePaystackAnswer.usual(),
        FakePaystackAnswer.refusing(status, "Currency not supported by merchant"));

    assertThatThrownBy(() -> checkout.start(order("k1", "PLN_us", Optional.of(Buyer.PRICE))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("takes no USD")
        .hasMessageNotContaining("API key");
  }

  // ---- manage

  @Test
  void the_page_where_a_card_is_changed_is_paystacks() {
    String code = subscribed();

    assertThat(checkout.manage(held(code), Buyer.PAID))
        .isEqualTo(URI.create(paystack.url() + "/manage/" + code));
  }

  @Test
  void a_page_where_nobody_should_be_sent_is_none() {
    String code = subscribed();
    for (String link : List.of("javascript:alert(1)", "ftp://x.example/", "//x", "", "a b")) {
      paystack.next(
          FakePaystackAnswer.whole(
              200, Map.of(), "{\"status\":true,\"data\":{\"link\":\"" + link + "\"}}"));
      assertThatThrownBy(() -> checkout.manage(held(code), Buyer.PAID))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("makes no sense");
    }
  }

  // ---- cancel, resume, end

  @Test
  void a_subscription_is_cancelled_with_the_token_that_we_have_seen() {
    String code = subscribed();

    checkout.cancelAtPeriodEnd(held(code));

    assertThat(paystack.status(code)).isEqualTo("non-renewing");
    assertThat(calls())
        .endsWith("POST /subscription/disable")
        .doesNotContain("GET /subscription/" + code);
  }

  @Test
  void a_token_that_we_have_not_seen_is_asked_for() {
    String code = subscribed();

    checkout.cancelAtPeriodEnd(holding(code, PaystackStatus.ACTIVE, Optional.empty()));

    assertThat(paystack.status(code)).isEqualTo("non-renewing");
    assertThat(calls()).endsWith("GET /subscription/" + code, "POST /subscription/disable");
  }

  @Test
  void a_token_that_has_changed_since_is_asked_for_again() {
    String code = subscribed();
    paystack.changeToken(code);

    checkout.cancelAtPeriodEnd(held(code));

    assertThat(paystack.status(code)).isEqualTo("non-renewing");
  }

  @Test
  void what_is_cancelled_already_stays_so_and_what_is_resumed_too() {
    String code = subscribed();

    checkout.resume(held(code));
    assertThat(paystack.status(code)).isEqualTo("active");
    checkout.cancelAtPeriodEnd(held(code));
    checkout.cancelAtPeriodEnd(held(code));
    checkout.end(held(code));
    assertThat(paystack.status(code)).isEqualTo("non-renewing");
    checkout.resume(held(code));
    checkout.resume(held(code));
    assertThat(paystack.status(code)).isEqualTo("active");
  }

  @Test
  void to_end_is_to_let_nothing_be_charged_any_more() {
    String code = subscribed();

    checkout.end(held(code));

    assertThat(paystack.status(code)).isEqualTo("non-renewing");
  }

  @Test
  void what_has_ended_stays_so_and_cannot_be_resumed() {
    String code = subscribed();
    paystack.lapse(code);

    checkout.end(held(code));
    checkout.cancelAtPeriodEnd(held(code));
    int before = calls().size();
    checkout.end(holding(code, PaystackStatus.CANCELLED, Optional.empty()));

    assertThat(calls()).hasSize(before); // nobody need be asked
    assertThat(paystack.status(code)).isEqualTo("cancelled");
    assertThatThrownBy(() -> checkout.resume(held(code)))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("subscribe anew");
  }

  @Test
  void what_paystack_does_not_have_cannot_be_turned() {
    for (String code : List.of("SUB_elsewhere", "../plan", ".", "a/b")) {
      assertThatThrownBy(() -> checkout.end(held(code)))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("knows of no paystack:" + code);
      assertThatThrownBy(() -> checkout.resume(held(code)))
          .isInstanceOf(PortFailureException.class);
      assertThatThrownBy(() -> checkout.manage(held(code), Buyer.PAID))
          .isInstanceOf(PortFailureException.class);
    }
    assertThat(calls()).allMatch(call -> call.contains("/subscription/"));
  }

  @Test
  void a_refusal_for_no_reason_that_we_know_is_told() {
    String code = subscribed();
    paystack.next(
        FakePaystackAnswer.refusing(400, "No"),
        FakePaystackAnswer.whole(
            200,
            Map.of(),
            "{\"status\":true,\"data\":{\"subscription_code\":\""
                + code
                + "\",\"status\":\"active\",\"email_token\":\"t\"}}"),
        FakePaystackAnswer.refusing(400, "No, says buyer@example.com"));

    assertThatThrownBy(() -> checkout.cancelAtPeriodEnd(held(code)))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("refused to cancel a subscription (status 400)")
        .hasMessageNotContaining("buyer");
  }

  @Test
  void what_a_subscription_is_for_cannot_be_changed_and_the_way_out_is_told() {
    assertThat(checkout.canChange()).isFalse();
    assertThatThrownBy(() -> checkout.change(held("SUB_1"), "PLN_2", "k"))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("cancel it, and subscribe anew");
    assertThat(calls()).isEmpty();
  }

  // ---- ask

  @Test
  void paystack_says_how_a_subscription_is() {
    String code = subscribed();
    clock.advance(Duration.ofDays(1));

    Stated stated = arbiter.ask(Buyer.ref(code)).orElseThrow();

    assertThat(stated.order()).isEqualTo(new Asked(clock.instant()));
    assertThat(stated.snapshot().status()).isEqualTo(PaystackStatus.ACTIVE);
    assertThat(stated.snapshot().customer()).isEqualTo("CUS_fake1");
    assertThat(stated.snapshot().prices()).containsExactly("PLN_pro");
    assertThat(stated.snapshot().manageToken()).contains("token-of-" + code);
    assertThat(stated.snapshot().term().periodEnd())
        .contains(Instant.parse("2026-02-10T09:00:00Z"));
  }

  @Test
  void what_ends_and_what_has_ended_is_said_so() {
    String code = subscribed();
    checkout.cancelAtPeriodEnd(held(code));
    assertThat(asked(code)).isEqualTo(PaystackStatus.NON_RENEWING);
    paystack.complete(code);
    assertThat(asked(code)).isEqualTo(PaystackStatus.COMPLETED);
    paystack.lapse(code);
    assertThat(asked(code)).isEqualTo(PaystackStatus.CANCELLED);
  }

  private SubscriptionStatus asked(String code) {
    return arbiter.ask(Buyer.ref(code)).orElseThrow().snapshot().status();
  }

  @Test
  void of_what_paystack_does_not_have_it_says_nothing() {
    assertThat(arbiter.ask(Buyer.ref("SUB_elsewhere"))).isEmpty();
    assertThat(arbiter.ask(Buyer.ref("../plan/PLN_pro"))).isEmpty();
    assertThat(arbiter.ask(Buyer.ref(".."))).isEmpty();
    assertThat(calls()).containsExactly("GET /subscription/SUB_elsewhere");
    paystack.next(FakePaystackAnswer.refusing(200, "Subscription not found"));
    assertThat(arbiter.ask(Buyer.ref("SUB_elsewhere"))).isEmpty();
  }

  @Test
  void an_answer_about_another_one_or_in_words_that_we_do_not_know_makes_no_sense() {
    paystack.next(
        FakePaystackAnswer.whole(
            200,
            Map.of(),
            "{\"status\":true,\"data\":{\"subscription_code\":\"SUB_2\",\"status\":\"active\"}}"),
        FakePaystackAnswer.whole(
            200,
            Map.of(),
            "{\"status\":true,\"data\":{\"subscription_code\":\"SUB_1\",\"status\":\"new\"}}"));

    assertThatThrownBy(() -> arbiter.ask(Buyer.ref("SUB_1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("makes no sense");
    assertThatThrownBy(() -> arbiter.ask(Buyer.ref("SUB_1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("status that we do not know");
  }

  @Test
  void paystack_keeps_no_list_of_what_it_could_not_deliver() {
    assertThat(arbiter.undelivered(Instant.EPOCH, 10)).isEmpty();
    assertThat(calls()).isEmpty();
  }
}
