package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.testkit.FakeStripeAnswer;
import io.contentcrew.testkit.FakeStripeRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripeCheckoutTest extends StripeTest {
  private static final Instant EXPIRY = Instant.parse("2026-11-22T10:41:00Z");

  private FakeStripeRequest last() {
    return stripe.requests().getLast();
  }

  @Test
  void a_checkout_leads_to_a_page_and_tells_stripe_whose_it_is() {
    URI page = checkout.start(order("k1"));

    assertThat(page.toString()).startsWith(stripe.url() + "/c/pay/cs_test_");
    assertThat(last()).hasToString("POST /v1/checkout/sessions");
    assertThat(last().fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("mode", "subscription"),
                Map.entry("line_items[0][price]", "price_basic"),
                Map.entry("line_items[0][quantity]", "1"),
                Map.entry("client_reference_id", USER.toString()),
                Map.entry("metadata[user_id]", USER.toString()),
                Map.entry("subscription_data[metadata][user_id]", USER.toString()),
                Map.entry("customer_email", EMAIL),
                Map.entry("success_url", "https://crew.test/billing?done=1&x=ä"),
                Map.entry("cancel_url", "https://crew.test/billing"),
                Map.entry("expires_at", Long.toString(EXPIRY.getEpochSecond()))));
    assertThat(last().header("Authorization")).contains("Bearer " + stripe.apiKey());
    assertThat(last().header("Stripe-Version")).contains("2026-07-29.dahlia");
  }

  @Test
  void a_known_customer_is_named_and_their_address_is_not() {
    String customer = stripe.customer(bought().ref().id());

    checkout.start(order("k2", "price_pro", Optional.of(customer)));

    assertThat(last().fields())
        .containsEntry("customer", customer)
        .doesNotContainKey("customer_email");
  }

  @Test
  void of_two_checkouts_with_the_same_key_one_counts() {
    URI first = checkout.start(order("k1"));

    assertThat(checkout.start(order("k1"))).isEqualTo(first);
    assertThat(checkout.start(order("k2"))).isNotEqualTo(first);
    assertThat(stripe.sessions()).hasSize(2);
  }

  @Test
  void a_key_may_be_long_and_of_any_letters() {
    URI first = checkout.start(order("ключ\n".repeat(100)));

    assertThat(checkout.start(order("ключ\n".repeat(100)))).isEqualTo(first);
    assertThat(checkout.start(order("ключ\n".repeat(99)))).isNotEqualTo(first);
    assertThat(last().header("Idempotency-Key").orElseThrow()).matches("start:[0-9a-f]{64}");
  }

  @Test
  void keys_of_other_things_are_other_keys() {
    Subscription subscription = bought();
    checkout.start(order("k"));

    checkout.change(subscription, "price_pro", "k");

    assertThat(stripe.sessions()).hasSize(2);
  }

  @Test
  void the_same_key_with_another_price_is_another_checkout() {
    URI first = checkout.start(order("k1"));

    assertThat(checkout.start(order("k1", "price_pro", Optional.empty()))).isNotEqualTo(first);
    assertThat(checkout.start(order("k1"))).isEqualTo(first);
  }

  @Test
  void the_same_key_for_another_change_is_a_failure() {
    Subscription subscription = bought();
    checkout.change(subscription, "price_pro", "c1");

    assertThat(failure(() -> checkout.change(subscription, "price_basic", "c1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("idempotency key");
  }

  @Test
  void a_page_is_good_for_half_an_hour_at_least_and_not_for_long() {
    for (Duration later : List.of(Duration.ZERO, Duration.ofSeconds(599), Duration.ofSeconds(7))) {
      clock.advance(later);
      checkout.start(order("k" + later));

      assertThat(expiry())
          .isBetween(
              clock.instant().plus(Duration.ofMinutes(31)),
              clock.instant().plus(Duration.ofMinutes(41)));
    }
  }

  private Instant expiry() {
    return Instant.ofEpochSecond(Long.parseLong(last().fields().get("expires_at")));
  }

  @Test
  void the_same_key_leads_to_the_same_page_for_minutes_and_to_no_page_that_is_over() {
    URI first = checkout.start(order("k1"));
    clock.advance(Duration.ofMinutes(9));
    assertThat(checkout.start(order("k1"))).isEqualTo(first);

    clock.advance(Duration.ofHours(1));

    assertThat(stripe.pay(checkout.start(order("k1")))).isNotEmpty();
  }

  @Test
  void a_customer_who_was_deleted_there_buys_as_somebody_new() {
    String customer = stripe.customer(bought().ref().id());
    stripe.deleteCustomer(customer);

    URI page = checkout.start(order("k1", "price_pro", Optional.of(customer)));

    assertThat(last().fields())
        .containsEntry("customer_email", EMAIL)
        .doesNotContainKey("customer");
    assertThat(checkout.start(order("k1", "price_pro", Optional.of(customer)))).isEqualTo(page);
    assertThat(stripe.customer(stripe.pay(page))).isNotEqualTo(customer);
  }

  @Test
  void a_customer_of_the_other_mode_is_somebody_new_in_this_one() {
    stripe.next(noCustomer());

    checkout.start(order("k1", "price_pro", Optional.of("cus_live")));

    assertThat(stripe.requests()).hasSize(2);
    assertThat(last().fields()).containsEntry("customer_email", EMAIL);
  }

  private static FakeStripeAnswer noCustomer() {
    return FakeStripeAnswer.of(
        400,
        "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\","
            + "\"param\":\"customer\",\"message\":\"No such customer: 'cus_live'; a similar object"
            + " exists in live mode, but a test mode key was used to make this request.\"}}");
  }

  @Test
  void another_refusal_is_not_begun_again() {
    String customer = stripe.customer(bought().ref().id());
    int before = stripe.requests().size();

    assertThat(failure(() -> checkout.start(order("k1", "price_gone", Optional.of(customer)))))
        .hasMessageContaining("no such price");
    assertThat(stripe.requests()).hasSize(before + 1);
  }

  @Test
  void the_portal_of_a_customer_who_is_not_there_says_so() {
    Subscription subscription = bought();
    stripe.deleteCustomer(subscription.snapshot().customer());
    URI back = URI.create("https://crew.test/billing");

    assertThat(failure(() -> checkout.manage(subscription, back)))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("open the customer portal")
        .hasMessageContaining("no such customer: they were deleted there");
    stripe.next(noCustomer());
    assertThat(failure(() -> checkout.manage(subscription, back)))
        .hasMessageContaining("or are of the other mode");
  }

  @Test
  void the_portal_is_opened_anew_each_time() {
    Subscription subscription = bought();

    URI first = checkout.manage(subscription, URI.create("https://crew.test/billing"));
    URI second = checkout.manage(subscription, URI.create("https://crew.test/billing"));

    assertThat(first.toString()).startsWith(stripe.url() + "/p/session/");
    assertThat(second).isNotEqualTo(first);
    assertThat(last().fields())
        .isEqualTo(
            Map.of(
                "customer",
                subscription.snapshot().customer(),
                "return_url",
                "https://crew.test/billing"));
  }

  @Test
  void what_was_cancelled_can_be_resumed_and_cancelled_again() {
    Subscription subscription = bought();
    String id = subscription.ref().id();

    checkout.cancelAtPeriodEnd(subscription);
    assertThat(subscription(id).isEnding()).isTrue();
    checkout.cancelAtPeriodEnd(subscription);
    assertThat(subscription(id).isEnding()).isTrue();
    checkout.resume(subscription(id));
    assertThat(subscription(id).isEnding()).isFalse();
    checkout.resume(subscription(id));
    assertThat(subscription(id).isEnding()).isFalse();
    checkout.cancelAtPeriodEnd(subscription(id));
    assertThat(subscription(id).isEnding()).isTrue();
  }

  @Test
  void one_that_was_to_end_at_some_time_is_resumed_too() {
    Subscription subscription = bought();
    stripe.endAt(subscription.ref().id(), clock.instant().plus(Duration.ofDays(90)));
    Subscription ending = subscription(subscription.ref().id());
    assertThat(ending.isEnding()).isTrue();

    checkout.resume(ending);

    assertThat(last().fields()).isNotNull();
    assertThat(subscription(subscription.ref().id()).isEnding()).isFalse();
  }

  @Test
  void a_change_replaces_what_was_bought() {
    Subscription subscription = bought();
    assertThat(checkout.canChange()).isTrue();

    checkout.change(subscription, "price_pro", "c1");

    assertThat(last().fields())
        .containsEntry("proration_behavior", "always_invoice")
        .containsEntry("payment_behavior", "error_if_incomplete");
    assertThat(last().fields().keySet()).noneMatch(name -> name.startsWith("metadata"));
    Snapshot changed = subscription(subscription.ref().id()).snapshot();
    assertThat(changed.prices()).containsExactly("price_pro");
    assertThat(changed.user()).contains(USER);
  }

  @Test
  void a_change_that_is_not_paid_for_is_declined_and_changes_nothing() {
    Subscription subscription = bought();
    stripe.decline(subscription.snapshot().customer(), true);

    assertThatThrownBy(() -> checkout.change(subscription, "price_pro", "c1"))
        .isInstanceOf(Checkout.DeclinedException.class)
        .hasMessageContaining("change a subscription to price price_pro")
        .hasMessageContaining("means of payment")
        .hasMessageContaining("card_declined");
    assertThat(subscription(subscription.ref().id())).isEqualTo(subscription);

    stripe.decline(subscription.snapshot().customer(), false);
    checkout.change(subscription, "price_pro", "c2");
    assertThat(subscription(subscription.ref().id()).snapshot().prices())
        .containsExactly("price_pro");
  }

  @Test
  void whatever_keeps_an_owner_from_paying_is_no_failure_of_ours() {
    Subscription subscription = bought();
    String secret = "Sorry, " + EMAIL;
    List<FakeStripeAnswer> answers =
        List.of(
            FakeStripeAnswer.error(402, "card_error", "expired_card", secret),
            FakeStripeAnswer.error(402, "invalid_request_error", "", secret),
            FakeStripeAnswer.error(400, "card_error", "card_declined", secret),
            FakeStripeAnswer.error(
                400,
                "invalid_request_error",
                "resource_missing",
                "This customer has no attached payment source or default payment method."));
    for (FakeStripeAnswer answer : answers) {
      FakeStripeAnswer item =
          FakeStripeAnswer.of(200, "{\"items\":{\"data\":[{\"id\":\"si_1\"}]}}");
      stripe.next(item, answer);

      assertThatThrownBy(() -> checkout.change(subscription, "price_pro", "c1"))
          .isInstanceOf(Checkout.DeclinedException.class)
          .hasMessageNotContainingAny(EMAIL, "Sorry");
    }
    stripe.next(FakeStripeAnswer.error(402, "card_error", "card_declined", secret));
    assertThat(failure(() -> checkout.cancelAtPeriodEnd(subscription)))
        .isInstanceOf(PortFailureException.class);
  }

  @Test
  void of_two_changes_with_the_same_key_one_counts() {
    Subscription subscription = bought();
    checkout.change(subscription, "price_pro", "c1");
    int events = stripe.events().size();

    checkout.change(subscription, "price_pro", "c1");

    assertThat(stripe.events()).hasSize(events);
  }

  @Test
  void one_that_has_ended_stays_so() {
    Subscription subscription = bought();

    checkout.end(subscription);
    assertThat(stripe.status(subscription.ref().id())).isEqualTo("canceled");
    checkout.end(subscription);
    checkout.end(unknown());

    assertThat(stripe.events().stream().filter(e -> e.type().endsWith(".deleted"))).hasSize(1);
  }

  @Test
  void one_of_the_other_mode_has_not_ended() {
    stripe.next(
        FakeStripeAnswer.error(
            404,
            "invalid_request_error",
            "resource_missing",
            "No such subscription: 'sub_1'; a similar object exists in live mode, but a test mode"
                + " key was used to make this request."));

    assertThat(failure(() -> checkout.end(unknown())))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("other mode");
  }

  @Test
  void a_name_can_lead_nowhere_else() {
    Subscription odd = named("../customers/x?a=b#c");

    checkout.end(odd);

    assertThat(last().path()).isEqualTo("/v1/subscriptions/../customers/x?a=b#c");
    assertThat(last().fields()).isEmpty();
    assertThat(last().method()).isEqualTo("DELETE");
  }

  @Test
  void a_name_that_is_a_step_is_nobodys() {
    for (String step : List.of(".", "..")) {
      checkout.end(named(step));

      assertThat(failure(() -> checkout.cancelAtPeriodEnd(named(step))))
          .isInstanceOf(PortFailureException.class);
      assertThat(arbiter.ask(named(step).ref())).isEmpty();
    }
    assertThat(stripe.requests()).isEmpty();
  }

  private static Subscription named(String id) {
    return new Subscription(
        USER,
        unknown().plan(),
        Snapshot.of(
            new SubscriptionRef(PaymentProviderName.STRIPE, id), "cus_1", StripeStatus.ACTIVE),
        unknown().known(),
        unknown().payments());
  }

  @Test
  void what_is_not_stripes_is_not_asked_for() {
    Subscription other =
        new Subscription(
            USER,
            unknown().plan(),
            Snapshot.of(
                new SubscriptionRef(PaymentProviderName.TEST, "sub_1"),
                "cus_1",
                StripeStatus.ACTIVE),
            unknown().known(),
            unknown().payments());

    assertThatThrownBy(() -> checkout.end(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> checkout.manage(other, URI.create("https://crew.test")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stripe.requests()).isEmpty();
  }

  // ---- what is to be mended

  @Test
  void a_price_that_is_not_there_is_named() {
    assertThat(failure(() -> checkout.start(order("k", "price_gone", Optional.empty()))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("price_gone")
        .hasMessageContaining("no such price")
        .hasMessageContaining("resource_missing")
        .hasMessageContaining("line_items[0][price]")
        .hasMessageContaining("req_ofTheFake");
  }

  @Test
  void a_key_that_is_not_taken_is_to_be_changed() {
    PortException failure =
        failure(
            () ->
                provider(config().withApiKey(Secret.of("sk_test_wrong")))
                    .checkout()
                    .orElseThrow()
                    .start(order("k")));

    assertThat(failure)
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("API key")
        .hasMessageContaining("STRIPE_SECRET_KEY")
        .hasMessageNotContainingAny("sk_test", EMAIL);
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void no_word_of_stripes_is_repeated_but_its_codes() {
    for (int status : List.of(400, 402, 403, 404, 422)) {
      stripe.next(
          FakeStripeAnswer.error(
              status,
              "invalid_request_error",
              "email_invalid",
              "Invalid email address: " + EMAIL + " with key sk_test_ofTheFake"));

      assertThat(failure(() -> checkout.start(order("k" + status))))
          .isInstanceOf(PortFailureException.class)
          .hasNoCause()
          .hasMessageContaining("email_invalid")
          .hasMessageContaining(Integer.toString(status))
          .hasMessageNotContainingAny(EMAIL, "sk_test", "Invalid email");
    }
    stripe.next(FakeStripeAnswer.error(400, "a b", EMAIL, "x"));
    assertThat(failure(() -> checkout.start(order("odd")))).hasMessageNotContaining(EMAIL);
  }

  @Test
  void an_unsaved_portal_is_to_be_saved() {
    stripe.next(
        FakeStripeAnswer.error(
            400,
            "invalid_request_error",
            "",
            "No configuration provided and your test mode default configuration has not been"
                + " created. Provide a configuration or create your default by saving your customer"
                + " portal settings in test mode."));

    assertThat(failure(() -> checkout.manage(unknown(), URI.create("https://crew.test"))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("customer portal");
  }

  @Test
  void nobody_is_sent_to_what_is_no_page() {
    for (String url : List.of("null", "\"javascript:alert(1)\"", "\"http://pay.test/\"", "7")) {
      stripe.next(FakeStripeAnswer.of(200, "{\"id\":\"cs_1\",\"url\":" + url + "}"));

      assertThat(failure(() -> checkout.start(order("k" + url.hashCode()))))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("page");
    }
  }
}
