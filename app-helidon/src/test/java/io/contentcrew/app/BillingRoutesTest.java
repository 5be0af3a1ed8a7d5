package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.ApiDocument.Operation;
import io.contentcrew.app.Client.Answer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Buying a plan and all that follows, offline: from the sign-up over the page of the provider that
 * takes no money, and its signed webhooks, to the end.
 */
@Timeout(120)
class BillingRoutesTest extends ServiceHarness {
  private static final Map<String, Object> PRO = Map.of("tier", "pro", "interval", "month");
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Answer checkout(Client client, Map<String, Object> wish, String... headers) {
    return client.post("/v1/billing/checkout", wish, headers);
  }

  private static Answer act(Client client, String what) {
    Answer answer =
        client.send(client.request("/v1/billing/" + what).POST(BodyPublishers.noBody()));
    if (answer.status() == 200) {
      ApiDocument.assertShape(operation(what), answer);
    }
    return answer;
  }

  private static Operation operation(String what) {
    return ApiDocument.operation(
        switch (what) {
          case "portal" -> "openPortal";
          case "cancel" -> "cancelSubscription";
          case "resume" -> "resumeSubscription";
          default -> throw new IllegalArgumentException(what);
        });
  }

  private static JsonNode subscription(Client client) {
    Answer answer = client.get("/v1/billing/subscription");
    ApiDocument.assertShape(ApiDocument.operation("showSubscription"), answer);
    return answer.json();
  }

  private static String tier(Client client) {
    return client.get("/v1/auth/me").json().get("tier").textValue();
  }

  /** Where that page leads on to, of an address whose host and port are not this test's. */
  private static String here(String address) {
    URI uri = URI.create(address);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  /** Pays on the page of the test provider, as a browser does, and returns where it leads. */
  private static String pay(Client nobody, String page) {
    Answer shown = nobody.get(here(page));
    assertThat(shown.status()).isEqualTo(200);
    Matcher form =
        Pattern.compile("<form method=\"post\" action=\"([^\"]*choice=pay[^\"]*)\">")
            .matcher(shown.text());
    assertThat(form.find()).as(shown.text()).isTrue();
    Answer paid = post(nobody, form.group(1).replace("&amp;", "&"));
    assertThat(paid.status()).as(paid.text()).isEqualTo(303);
    return paid.header("Location").orElseThrow();
  }

  private static Answer post(Client client, String path) {
    return client.send(
        client
            .request(path, "Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.noBody()));
  }

  private static Client bought(Client nobody, Map<String, Object> wish) {
    Client ada = nobody.signedUp();
    pay(nobody, checkout(ada, wish).json().get("url").textValue());
    await().atMost(SOON).until(() -> tier(ada).equals(wish.get("tier")));
    return ada;
  }

  // ---- the whole walk

  @Test
  void a_plan_is_bought_cancelled_resumed_and_changed_and_each_is_so_with_the_next_request() {
    Client nobody = start();
    Client ada = nobody.signedUp();
    assertThat(subscription(ada).get("subscription").isNull()).isTrue();
    assertThat(tier(ada)).isEqualTo("free");

    Answer begun = checkout(ada, PRO);
    assertThat(begun.status()).as(begun.text()).isEqualTo(201);
    ApiDocument.assertShape(ApiDocument.operation("startCheckout"), begun);
    assertThat(begun.json().get("provider").textValue()).isEqualTo("test");
    String page = begun.json().get("url").textValue();
    assertThat(tier(ada)).as("nothing is granted by beginning").isEqualTo("free");
    assertThat(pay(nobody, page)).endsWith("/billing?paid=1");
    assertThat(tier(ada)).as("the webhooks were first").isEqualTo("pro");

    JsonNode bought = subscription(ada);
    assertThat(bought.get("tier").textValue()).isEqualTo("pro");
    JsonNode held = bought.get("subscription");
    assertThat(held.get("provider").textValue()).isEqualTo("test");
    assertThat(held.get("test").booleanValue()).isTrue();
    assertThat(held.get("status").textValue()).isEqualTo("active");
    assertThat(held.get("interval").textValue()).isEqualTo("month");
    assertThat(held.get("ends_at").isNull()).isTrue();
    assertThat(held.get("next_charge").get("amount").intValue()).isEqualTo(2999);
    assertThat(held.get("next_charge_at")).isEqualTo(held.get("period_end"));
    assertThat(ada.get("/v1/usage").json().get("resets_at"))
        .as("usage is counted by what was paid for")
        .isEqualTo(held.get("period_end"));

    JsonNode cancelled = act(ada, "cancel").json().get("subscription");
    assertThat(cancelled.get("cancels_at_period_end").booleanValue()).isTrue();
    assertThat(cancelled.get("ends_at")).isEqualTo(held.get("period_end"));
    assertThat(cancelled.get("next_charge_at").isNull()).isTrue();
    assertThat(tier(ada)).as("paid for until then").isEqualTo("pro");
    JsonNode resumed = act(ada, "resume").json().get("subscription");
    assertThat(resumed.get("cancels_at_period_end").booleanValue()).isFalse();

    Answer changed = ada.post("/v1/billing/change", Map.of("tier", "basic", "interval", "month"));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    ApiDocument.assertShape(ApiDocument.operation("changeSubscription"), changed);
    assertThat(changed.json().at("/subscription/tier").textValue()).isEqualTo("basic");
    assertThat(tier(ada)).isEqualTo("basic");
    assertThat(act(ada, "portal").json().get("url").textValue()).endsWith("/billing");
  }

  @Test
  void a_year_is_bought_for_a_year() {
    Client ada = bought(start(), Map.of("tier", "basic", "interval", "year", "provider", "test"));
    JsonNode held = subscription(ada).get("subscription");
    assertThat(held.get("interval").textValue()).isEqualTo("year");
    assertThat(held.at("/next_charge/amount").intValue()).isEqualTo(9999);
    assertThat(Instant.parse(held.get("period_end").textValue()))
        .isAfter(
            Instant.parse(ada.get("/v1/usage").json().get("period_start").textValue())
                .plus(360, ChronoUnit.DAYS));
  }

  @Test
  void a_second_subscription_is_refused_with_the_way_out() {
    Client nobody = start();
    Client ada = bought(nobody, PRO);
    Answer second = checkout(ada, Map.of("tier", "basic", "interval", "year"));
    assertThat(second.status()).isEqualTo(409);
    ApiDocument.assertShape(ApiDocument.operation("startCheckout"), second);
    assertThat(second.code()).isEqualTo("CONFLICT");
    assertThat(second.json().get("change").textValue()).isEqualTo("/v1/billing/change");
    assertThat(second.json().get("portal").textValue()).isEqualTo("/v1/billing/portal");
    assertThat(second.json().get("plan").textValue()).isEqualTo("pro");
    assertThat(checkout(nobody.signedUp(), PRO).status()).as("somebody else").isEqualTo(201);
  }

  // ---- the page

  @Test
  void the_page_says_test_runs_nothing_and_leads_back_without_a_plan_if_that_is_wished() {
    Client nobody = start();
    Client ada = nobody.signedUp();
    String page = here(checkout(ada, PRO).json().get("url").textValue());
    Answer shown = nobody.get(page);
    assertThat(shown.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(shown.header("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("script-src");
    assertThat(shown.header("Cache-Control")).contains("no-store");
    assertThat(shown.text())
        .contains("TEST: no money moves here", "<strong>pro</strong>", "29.99 USD")
        .doesNotContain("<script");
    Answer left = post(nobody, page + "&choice=leave");
    assertThat(left.status()).isEqualTo(303);
    assertThat(left.header("Location").orElse("")).endsWith("/billing?left=1");
    assertThat(post(nobody, page + "&choice=rob").status()).isEqualTo(200);
    assertThat(tier(ada)).isEqualTo("free");
  }

  @Test
  void an_address_that_was_made_up_shows_nothing_of_itself() {
    Client nobody = start();
    for (String token : List.of("", "x", "%3Cscript%3Ealert(1)%3C/script%3E")) {
      Answer shown = nobody.get("/test-payments/checkout?token=" + token);
      assertThat(shown.status()).isEqualTo(404);
      assertThat(shown.text()).doesNotContain("script");
      assertThat(post(nobody, "/test-payments/checkout?choice=pay&token=" + token).status())
          .isEqualTo(404);
    }
    assertThat(nobody.method("DELETE", "/test-payments/checkout").status()).isEqualTo(405);
  }

  // ---- what cannot be

  @Test
  void what_is_not_right_is_told_with_its_place() {
    Client ada = start().signedUp();
    assertWrong(checkout(ada, Map.of("tier", "gold", "interval", "month")), "/tier", "unknown");
    assertWrong(
        checkout(ada, Map.of("tier", "pro", "interval", "monthly")), "/interval", "unknown");
    assertWrong(
        checkout(ada, Map.of("tier", "enterprise", "interval", "month")), "/tier", "not_for_sale");
    assertWrong(
        checkout(ada, Map.of("tier", "free", "interval", "month")), "/tier", "not_for_sale");
    assertWrong(
        checkout(ada, Map.of("tier", "pro", "interval", "month", "provider", "stripe")),
        "/provider",
        "unknown");
    assertWrong(
        checkout(ada, Map.of("tier", "pro", "interval", "month", "provider", "Not a name")),
        "/provider",
        "unknown");
    assertWrong(checkout(ada, Map.of("tier", "pro")), "/interval", "missing");
    assertWrong(
        checkout(ada, Map.of("tier", "pro", "interval", "month", "coupon", "x")),
        "/coupon",
        "unknown");
    assertWrong(
        checkout(ada, PRO, "Idempotency-Key", "two words"), "/headers/Idempotency-Key", "invalid");
  }

  private static void assertWrong(Answer answer, String pointer, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
    assertThat(answer.json().at("/errors/0/code").textValue()).isEqualTo(code);
  }

  @Test
  void without_a_subscription_there_is_nothing_to_cancel_resume_change_or_show_a_page_of() {
    Client ada = start().signedUp();
    for (String what : List.of("cancel", "resume", "portal")) {
      Answer answer = act(ada, what);
      assertThat(answer.status()).as(what).isEqualTo(409);
      assertThat(answer.json().get("checkout").textValue()).isEqualTo("/v1/billing/checkout");
    }
    assertThat(ada.post("/v1/billing/change", PRO).status()).isEqualTo(409);
  }

  @Test
  void where_nothing_is_sold_a_checkout_is_answered_503() {
    Client ada = start("TEST_PAYMENTS", "off").signedUp();
    Answer answer = checkout(ada, PRO);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(ada.get("/v1/billing/providers").json().get("data")).isEmpty();
  }

  @Test
  void a_provider_that_is_down_is_answered_503_and_nothing_has_happened() {
    Client ada =
        start(
                "STRIPE_SECRET_KEY", "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
                "STRIPE_BASE_URL", "http://127.0.0.1:9",
                "STRIPE_PRICES", "pro.month=price_1")
            .signedUp();
    Answer answer = checkout(ada, PRO);
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(subscription(ada).get("subscription").isNull()).isTrue();
  }

  @Test
  void only_the_owner_who_is_signed_in_reaches_any_of_it_and_only_from_a_page_of_ours() {
    Client nobody = start();
    assertThat(nobody.get("/v1/billing/subscription").status()).isEqualTo(401);
    assertThat(checkout(nobody, PRO).status()).isEqualTo(401);
    Browser browser = new Browser(nobody);
    Map<String, String> form =
        Map.of("email", "eve@example.com", "password", "correct horse battery", "name", "Eve");
    assertThat(browser.post("/v1/auth/signup", form).status()).isEqualTo(201);
    assertThat(browser.post("/v1/billing/checkout", PRO).status()).as("CSRF").isEqualTo(403);
    assertThat(browser.method("POST", "/v1/billing/cancel").status()).isEqualTo(403);
    assertThat(browser.get("/v1/billing/subscription").status()).isEqualTo(200);
  }

  @Test
  void who_sells_what_is_there_for_everybody_to_see() {
    Answer answer = start().get("/v1/billing/providers");
    ApiDocument.assertShape(ApiDocument.operation("listPaymentProviders"), answer);
    JsonNode test = answer.json().at("/data/0");
    assertThat(test.get("name").textValue()).isEqualTo("test");
    assertThat(test.get("test").booleanValue()).isTrue();
    assertThat(test.get("plans").toString())
        .contains("{\"tier\":\"pro\",\"interval\":\"year\"}")
        .doesNotContain("enterprise");
  }
}
