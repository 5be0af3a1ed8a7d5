package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.subscription.InspectWebhooks;
import io.contentcrew.testkit.FakePaystack;
import io.contentcrew.testkit.FakeStripe;
import io.contentcrew.testkit.FakeStripeEvent;
import io.contentcrew.testkit.SignedWebhook;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Buying from Stripe and from Paystack through the API, and all that follows, to the end of the
 * account: with servers that speak as they do, and the service as anybody would set it up.
 */
@Timeout(400)
class ProvidersWalkTest extends ServiceHarness {
  private static final String PASSWORD = "correct horse battery";

  /** The chore that ends what those had who have left comes by once a minute. */
  private static final Duration A_CHORE = Duration.ofMinutes(5);

  private final FakeStripe stripe = FakeStripe.start(InstantSource.system());
  private final FakePaystack paystack = FakePaystack.start(InstantSource.system());
  private Client nobody;

  @AfterEach
  void stopProviders() {
    stripe.close();
    paystack.close();
  }

  private Client sellingStripe() {
    stripe.selling("price_basic", BillingInterval.MONTH, 999);
    stripe.selling("price_pro", BillingInterval.MONTH, 2_999);
    nobody =
        start(
            "STRIPE_SECRET_KEY", stripe.apiKey(),
            "STRIPE_WEBHOOK_SECRET", stripe.webhookSecret(),
            "STRIPE_BASE_URL", stripe.url().toString(),
            "STRIPE_PRICES", "basic.month=price_basic,pro.month=price_pro");
    return nobody.signedUp();
  }

  private Client sellingPaystack() {
    Currency naira = Currency.getInstance("NGN");
    paystack.plan("PLN_basic", new Money(naira, 1_500_000), BillingInterval.MONTH);
    paystack.plan("PLN_pro", new Money(naira, 4_500_000), BillingInterval.MONTH);
    nobody =
        start(
            "PAYSTACK_SECRET_KEY", paystack.key().reveal(),
            "PAYSTACK_BASE_URL", paystack.url().toString(),
            "PAYSTACK_PLANS", "basic.month=PLN_basic,pro.month=PLN_pro");
    return nobody.signedUp();
  }

  // ---- what users do

  private static URI checkout(Client client, String tier, String... headers) {
    Answer begun =
        client.post("/v1/billing/checkout", Map.of("tier", tier, "interval", "month"), headers);
    assertThat(begun.status()).as(begun.text()).isEqualTo(201);
    ApiDocument.assertShape(ApiDocument.operation("startCheckout"), begun);
    return URI.create(begun.json().get("url").textValue());
  }

  private static Answer act(Client client, String what) {
    return client.send(client.request("/v1/billing/" + what).POST(BodyPublishers.noBody()));
  }

  private static JsonNode done(Client client, String what) {
    Answer answer = act(client, what);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode held(Client client) {
    Answer answer = client.get("/v1/billing/subscription");
    ApiDocument.assertShape(ApiDocument.operation("showSubscription"), answer);
    return answer.json().get("subscription");
  }

  private static String tier(Client client) {
    return client.get("/v1/auth/me").json().get("tier").textValue();
  }

  private static void leave(Client client) {
    Answer left =
        client.send(
            client
                .request("/v1/account", "Content-Type", "application/json")
                .method(
                    "DELETE",
                    BodyPublishers.ofByteArray(Json.write(Map.of("password", PASSWORD)))));
    assertThat(left.status()).as(left.text()).isEqualTo(200);
  }

  // ---- what providers do

  private void deliver(String provider, WebhookDelivery delivery) {
    HttpRequest.Builder request = nobody.request("/api/webhooks/" + provider);
    delivery.headers().forEach((name, values) -> request.header(name, values.getFirst()));
    Answer answer = nobody.send(request.POST(BodyPublishers.ofByteArray(delivery.body())));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("result").textValue()).isNotEqualTo("dead");
  }

  /** Also what the provider had to be asked about first. */
  private void assertAllIsApplied() {
    InspectWebhooks inbox = service().wiring().crew().billing().inspectWebhooks();
    await().atMost(A_CHORE).until(() -> inbox.counts().getOrDefault(State.DUE, 0L) == 0);
    assertThat(inbox.counts().getOrDefault(State.DEAD, 0L)).isZero();
    assertThat(inbox.counts().getOrDefault(State.PARKED, 0L)).isZero();
  }

  private void stripeTells() {
    for (FakeStripeEvent event : stripe.take()) {
      deliver("stripe", stripe.delivery(event));
    }
  }

  private void paystackTells(List<byte[]> events) {
    for (byte[] event : events) {
      deliver("paystack", SignedWebhook.paystack(paystack.key().reveal(), event));
    }
  }

  // ---- the walks

  @Test
  void what_is_bought_at_stripe_goes_its_way_to_the_end_of_the_account() {
    Client ada = sellingStripe();
    URI page = checkout(ada, "basic");
    assertThat(tier(ada)).as("nothing is granted by beginning").isEqualTo("free");
    String subscription = stripe.pay(page);
    assertThat(tier(ada)).as("nor by coming back").isEqualTo("free");
    stripeTells();
    assertThat(tier(ada)).isEqualTo("basic");
    JsonNode bought = held(ada);
    assertThat(bought.get("id").textValue()).isEqualTo(subscription);
    assertThat(bought.get("provider").textValue()).isEqualTo("stripe");
    assertThat(bought.get("test").booleanValue()).isFalse();
    assertThat(bought.at("/next_charge/amount").longValue()).isEqualTo(999);
    assertThat(bought.at("/next_charge/currency").textValue()).isEqualTo("USD");

    assertThat(done(ada, "cancel").at("/subscription/cancels_at_period_end").booleanValue())
        .isTrue();
    stripeTells();
    assertThat(held(ada).get("ends_at")).isEqualTo(bought.get("period_end"));
    assertThat(tier(ada)).as("paid for until then").isEqualTo("basic");
    assertThat(done(ada, "resume").at("/subscription/cancels_at_period_end").booleanValue())
        .isFalse();
    stripeTells();
    assertThat(held(ada).get("ends_at").isNull()).isTrue();

    Answer changed = ada.post("/v1/billing/change", Map.of("tier", "pro", "interval", "month"));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    stripeTells();
    assertThat(tier(ada)).isEqualTo("pro");
    assertThat(held(ada).at("/next_charge/amount").longValue()).isEqualTo(2_999);
    assertThat(done(ada, "portal").get("url").textValue()).startsWith(stripe.url().toString());
    assertThat(checkoutStatus(ada)).as("one is enough").isEqualTo(409);

    leave(ada);
    await().atMost(A_CHORE).until(() -> stripe.status(subscription).equals("canceled"));
    stripeTells(); // of somebody who has left
    assertAllIsApplied();
    assertThat(stripe.subscriptions()).hasSize(1);
  }

  private static int checkoutStatus(Client client) {
    return client
        .post("/v1/billing/checkout", Map.of("tier", "basic", "interval", "month"))
        .status();
  }

  @Test
  void the_same_checkout_at_stripe_leads_to_the_same_page() {
    Client ada = sellingStripe();
    URI page = checkout(ada, "pro", "Idempotency-Key", "key-1");
    assertThat(checkout(ada, "pro", "Idempotency-Key", "key-1")).isEqualTo(page);
    assertThat(stripe.sessions()).hasSize(1);
    assertThat(checkout(ada, "pro", "Idempotency-Key", "key-2")).isNotEqualTo(page);
    assertThat(checkout(nobody.signedUp(), "pro", "Idempotency-Key", "key-1")).isNotEqualTo(page);
  }

  @Test
  void what_is_bought_at_paystack_goes_its_way_to_the_end_of_the_account() {
    Client ada = sellingPaystack();
    URI page = checkout(ada, "pro");
    assertThat(tier(ada)).isEqualTo("free");
    paystackTells(paystack.pay(page));
    assertThat(tier(ada)).isEqualTo("pro");
    JsonNode bought = held(ada);
    String subscription = bought.get("id").textValue();
    assertThat(bought.get("provider").textValue()).isEqualTo("paystack");
    assertThat(bought.at("/next_charge/currency").textValue()).isEqualTo("NGN");
    assertThat(bought.at("/next_charge/amount").longValue()).isEqualTo(4_500_000);

    assertThat(done(ada, "cancel").at("/subscription/cancels_at_period_end").booleanValue())
        .isTrue();
    paystackTells(paystack.events());
    assertThat(paystack.status(subscription)).isEqualTo("non-renewing");
    assertThat(held(ada).get("ends_at")).isEqualTo(bought.get("period_end"));
    assertThat(tier(ada)).as("paid for until then").isEqualTo("pro");
    assertThat(done(ada, "resume").at("/subscription/cancels_at_period_end").booleanValue())
        .isFalse();
    paystackTells(paystack.events());
    assertThat(paystack.status(subscription)).isEqualTo("active");

    Answer changed = ada.post("/v1/billing/change", Map.of("tier", "basic", "interval", "month"));
    assertThat(changed.status()).as("Paystack changes no plans").isEqualTo(409);
    assertThat(tier(ada)).isEqualTo("pro");
    assertThat(done(ada, "portal").get("url").textValue()).startsWith(paystack.url().toString());
    paystackTells(paystack.renew(subscription));
    assertThat(tier(ada)).isEqualTo("pro");

    leave(ada);
    await().atMost(A_CHORE).until(() -> !paystack.status(subscription).equals("active"));
    paystackTells(paystack.events());
    assertThat(paystack.status(subscription)).isEqualTo("non-renewing");
    assertAllIsApplied();
  }

  @Test
  void the_same_checkout_at_paystack_leads_to_a_page_again_which_can_be_paid() {
    Client ada = sellingPaystack();
    checkout(ada, "pro", "Idempotency-Key", "key-1");
    URI again = checkout(ada, "pro", "Idempotency-Key", "key-1");
    List<byte[]> paid = paystack.pay(again);
    paystackTells(paid);
    String first = held(ada).get("id").textValue();
    paystackTells(paid);
    assertThat(held(ada).get("id").textValue()).isEqualTo(first);
    assertThat(tier(ada)).isEqualTo("pro");
  }
}
