package io.contentcrew.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What payment providers, and those who pretend to be one, get at the door for webhooks. */
@Timeout(120)
class WebhookRoutesTest extends ServiceHarness {
  private static final String PAYSTACK_KEY = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

  private final Instant now = InstantSource.system().instant();

  private Client startSelling(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "STRIPE_WEBHOOK_SECRET",
                StripeSender.SECRET,
                "STRIPE_PRICES",
                "basic.month=price_basic,pro.month=price_pro",
                "PAYSTACK_WEBHOOK_SECRET",
                PAYSTACK_KEY,
                "TEST_PAYMENTS",
                "off"));
    settings.addAll(List.of(more));
    return start(settings.toArray(String[]::new));
  }

  private static String id(Client client) {
    return client.get("/v1/auth/me").json().get("id").textValue();
  }

  private static String tier(Client client) {
    return client.get("/v1/auth/me").json().get("tier").textValue();
  }

  private static byte[] harmless(String id) {
    return StripeSender.event(
        "product.updated", Map.of("id", id, "object", "product"), InstantSource.system().instant());
  }

  private static void assertReceived(Answer answer, String result) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("received").booleanValue()).isTrue();
    assertThat(answer.json().get("result").textValue()).isEqualTo(result);
    ApiDocument.assertShape(ApiDocument.operation("receiveStripe"), answer);
  }

  // ---- what is genuine

  @Test
  void what_is_told_is_so_with_the_very_next_request_and_once_however_often_it_is_told() {
    Client ada = startSelling().signedUp();
    StripeSender stripe = new StripeSender(Client.of(ada.port()));
    assertThat(tier(ada)).isEqualTo("free");
    byte[] created =
        StripeSender.subscription(
            "customer.subscription.created", "sub_1", id(ada), "price_pro", now);
    assertReceived(stripe.genuine(created), "applied");
    assertThat(tier(ada)).isEqualTo("pro");
    assertReceived(stripe.genuine(created), "repeated");
    byte[] deleted =
        StripeSender.subscription(
            "customer.subscription.deleted",
            "sub_1",
            id(ada),
            "price_pro",
            now.plusSeconds(2),
            "canceled");
    assertReceived(stripe.genuine(deleted), "applied");
    assertThat(tier(ada)).isEqualTo("free");
    assertReceived(stripe.genuine(created), "repeated");
    assertThat(tier(ada)).isEqualTo("free");
  }

  @Test
  void paystack_is_believed_by_its_own_signature() {
    Client nobody = startSelling();
    byte[] body = "{\"event\": \"transfer.success\",\n \"data\": {\"id\": 1}}".getBytes(UTF_8);
    String right = StripeSender.hmac("HmacSHA512", PAYSTACK_KEY, "", body);
    assertReceived(paystack(nobody, body, right), "ignored");
    assertThat(paystack(nobody, body, "00" + right.substring(2)).status()).isEqualTo(400);
  }

  @Test
  void while_a_key_of_paystack_is_replaced_both_count() {
    Client nobody =
        start(
            "PAYSTACK_SECRET_KEY", PAYSTACK_KEY, "PAYSTACK_WEBHOOK_SECRET", "sk_test_before-that");
    byte[] body = "{\"event\": \"transfer.success\", \"data\": {\"id\": 2}}".getBytes(UTF_8);
    for (String key : List.of(PAYSTACK_KEY, "sk_test_before-that")) {
      Answer answer = paystack(nobody, body, StripeSender.hmac("HmacSHA512", key, "", body));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
    String other = StripeSender.hmac("HmacSHA512", "sk_test_of-somebody", "", body);
    assertThat(paystack(nobody, body, other).status()).isEqualTo(400);
  }

  private static Answer paystack(Client client, byte[] body, String signature) {
    return client.send(
        client
            .request("/api/webhooks/paystack", "X-Paystack-Signature", signature)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        ""
      })
  void nothing_is_asked_of_the_type_of_the_content(String type) {
    StripeSender stripe = new StripeSender(startSelling());
    byte[] body = harmless("prod_1");
    Answer answer =
        type.isEmpty() ? stripe.genuine(body) : stripe.genuine(body, "Content-Type", type);
    assertReceived(answer, "ignored");
  }

  @Test
  void bytes_that_are_no_text_and_no_bytes_at_all_are_stored_when_they_are_signed() {
    StripeSender stripe = new StripeSender(startSelling());
    for (byte[] body :
        List.of(
            new byte[] {},
            new byte[] {(byte) 0xC3, (byte) 0x28, 0, (byte) 0xFF},
            "null".getBytes(UTF_8),
            "{\"id\": \"evt_1\", ".getBytes(UTF_8))) {
      Answer answer = stripe.genuine(body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      ApiDocument.assertShape(ApiDocument.operation("receiveStripe"), answer);
    }
  }

  @Test
  void the_session_of_a_browser_that_comes_with_it_is_nobodys_business() {
    Client nobody = startSelling();
    Client ada = nobody.signedUp();
    assertReceived(
        new StripeSender(ada)
            .genuine(
                harmless("prod_2"),
                "Cookie",
                "ccrew_session=" + ada.token(),
                "Origin",
                "https://evil.example"),
        "ignored");
  }

  @Test
  void five_hundred_genuine_ones_at_once_are_all_taken() throws Exception {
    StripeSender stripe = new StripeSender(startSelling("WEBHOOK_FAILURE_LIMIT", "1"));
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      for (int i = 0; i < 500; i++) {
        byte[] body = harmless("prod_" + i);
        answers.add(threads.submit(() -> stripe.genuine(body)));
      }
      for (Future<Answer> answer : answers) {
        assertReceived(answer.get(), "ignored");
      }
    }
  }

  // ---- what is not

  @Test
  void the_same_in_other_bytes_is_not_genuine_and_changes_nothing() throws Exception {
    Client ada = startSelling().signedUp();
    StripeSender stripe = new StripeSender(Client.of(ada.port()));
    byte[] body =
        StripeSender.subscription(
            "customer.subscription.created", "sub_1", id(ada), "price_pro", now);
    byte[] pretty =
        Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Client.JSON.readTree(body));
    Answer refused = stripe.send(pretty, StripeSender.signature(body));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("BAD_REQUEST");
    assertThat(refused.text()).doesNotContain("sub_1").doesNotContain(id(ada));
    assertThat(tier(ada)).isEqualTo("free");
    assertReceived(stripe.genuine(pretty), "applied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1,v1=00", "v1=00", "t=abc,v1=00", "t", "\u00e9", "t=1,t=2,v1=0"})
  void a_signature_that_is_none_is_answered_400_and_nothing_of_it_comes_back(String signature) {
    StripeSender stripe = new StripeSender(startSelling());
    byte[] body = harmless("canary-prod");
    Answer answer = stripe.send(body, signature.replace("\u00e9", "canary-signature"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).doesNotContain("canary");
    ApiDocument.assertShape(ApiDocument.operation("receiveStripe"), answer);
  }

  @Test
  void too_many_forged_ones_from_one_address_are_refused_and_genuine_ones_never() {
    StripeSender stripe = new StripeSender(startSelling("WEBHOOK_FAILURE_LIMIT", "5"));
    byte[] body = harmless("prod_1");
    for (int i = 0; i < 5; i++) {
      assertThat(stripe.send(body, "t=1,v1=00").status()).isEqualTo(400);
    }
    Answer refused = stripe.send(body, "t=1,v1=00");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isPresent();
    ApiDocument.assertShape(ApiDocument.operation("receiveStripe"), refused);
    for (int i = 0; i < 20; i++) {
      assertReceived(stripe.genuine(harmless("prod_g" + i)), "ignored");
    }
  }

  @Test
  void without_a_secret_nothing_is_believed_and_it_is_to_be_delivered_again() {
    Client nobody = start("TEST_PAYMENTS", "off");
    for (String provider : List.of("stripe", "paystack")) {
      Answer answer =
          nobody.postRaw("/api/webhooks/" + provider, "application/json", harmless("prod_1"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.text())
          .contains(provider.equals("stripe") ? "STRIPE_WEBHOOK_SECRET" : "PAYSTACK_WEBHOOK");
    }
    assertThat(nobody.postRaw("/api/webhooks/test", "text/plain", new byte[0]).status())
        .isEqualTo(404);
    assertThat(nobody.get("/test-payments/checkout?token=x").status()).isEqualTo(404);
  }

  // ---- sizes

  @Test
  void a_body_may_be_larger_than_others_and_not_larger_than_its_own_limit() {
    Client nobody = startSelling();
    StripeSender stripe = new StripeSender(nobody);
    byte[] largest =
        StripeSender.event(
            "product.updated", Map.of("id", "prod_1", "description", "x".repeat(900_000)), now);
    assertReceived(stripe.genuine(largest), "ignored");
    byte[] tooLarge = new byte[(1 << 20) + 1];
    Answer told = stripe.genuine(tooLarge);
    assertThat(told.status()).isEqualTo(413);
    assertThat(told.code()).isEqualTo("REQUEST_TOO_LARGE");
    Answer streamed =
        nobody.send(
            nobody
                .request(StripeSender.PATH)
                .header("Stripe-Signature", StripeSender.signature(tooLarge))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge))));
    assertThat(streamed.status()).isEqualTo(413);
    assertThat(told.text()).contains(String.valueOf(1 << 20));
  }

  @Test
  void ten_megabytes_are_refused_before_they_are_read() {
    Client nobody = startSelling();
    RawHttp.Request head =
        new RawHttp.Request(
            "POST",
            StripeSender.PATH,
            List.of("Host: localhost", "Content-Length: 10485760", "Stripe-Signature: t=1,v1=00"),
            new byte[0]);
    Answer answer = RawHttp.send(nobody.port(), head);
    assertThat(answer.status()).isEqualTo(413);
    byte[] all = new byte[10 << 20];
    Answer sent =
        RawHttp.send(
            nobody.port(),
            new RawHttp.Request(
                "POST",
                StripeSender.PATH,
                List.of("Host: localhost", "Content-Length: " + all.length),
                all));
    assertThat(sent.status()).isEqualTo(413);
  }

  @Test
  void only_post_is_known() {
    Client nobody = startSelling();
    for (String provider : List.of("stripe", "paystack")) {
      Answer answer = nobody.get("/api/webhooks/" + provider);
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("POST");
    }
    assertThat(nobody.postRaw("/api/webhooks/acme", "text/plain", new byte[0]).status())
        .isEqualTo(404);
  }

  // ---- metrics

  @Test
  void they_are_counted_by_provider_type_and_outcome_and_made_up_types_are_one() {
    Client nobody = startSelling();
    StripeSender stripe = new StripeSender(nobody);
    stripe.genuine(harmless("prod_1"));
    stripe.genuine(
        StripeSender.event("made.up.by.somebody", Map.of("id", "x_1", "object", "x"), now));
    stripe.genuine(
        StripeSender.subscription("customer.subscription.created", "sub_9", "", "price_pro", now));
    stripe.send(harmless("prod_2"), "t=1,v1=00");
    assertThat(nobody.get("/metrics").text())
        .contains(
            "crew_webhooks_total{outcome=\"ignored\",provider=\"stripe\",type=\"other\"} 2.0",
            "crew_webhooks_total{outcome=\"forged\",provider=\"stripe\",type=\"none\"} 1.0",
            "crew_webhooks_total{outcome=\"parked\",provider=\"stripe\","
                + "type=\"customer.subscription.created\"} 1.0")
        .contains(
            "crew_webhooks_waiting{state=\"parked\"} 1.0",
            "crew_webhooks_waiting{state=\"dead\"} 0.0",
            "crew_webhooks_oldest_seconds 0.0")
        .doesNotContain("made.up");
  }
}
