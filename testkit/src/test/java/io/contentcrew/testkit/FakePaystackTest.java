package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakePaystackTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGIN =
      "{\"email\":\"a@example.com\",\"amount\":100,\"plan\":\"PLN_1\",\"reference\":\"r1\"}";

  private final TestClock clock = new TestClock(Instant.parse("2026-01-31T10:00:00Z"));
  private final FakePaystack paystack =
      FakePaystack.start(clock)
          .plan("PLN_1", new Money(Currency.getInstance("NGN"), 500), BillingInterval.MONTH);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    paystack.close();
  }

  private HttpResponse<String> send(String key, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(paystack.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + key)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private int status(String method, String path, String body) throws Exception {
    return send(paystack.key().reveal(), method, path, body).statusCode();
  }

  private static JsonNode json(byte[] event) {
    try {
      return JSON.readTree(event);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> types(List<byte[]> events) {
    return events.stream().map(event -> json(event).path("event").asText()).toList();
  }

  @Test
  void it_serves_nobody_without_its_key_and_nothing_that_paystack_does_not_have() throws Exception {
    assertThat(send("sk_test_wrong", "GET", "/plan/PLN_1", "").statusCode()).isEqualTo(401);
    assertThat(status("GET", "/plan/PLN_1", "")).isEqualTo(200);
    assertThat(status("GET", "/plan/PLN_2", "")).isEqualTo(404);
    assertThat(status("GET", "/subscription/SUB_x", "")).isEqualTo(404);
    assertThat(status("DELETE", "/subscription/SUB_x", "")).isEqualTo(404);
    assertThat(paystack.requests()).hasSize(5);
  }

  @Test
  void a_payment_is_begun_once_under_a_reference_and_with_what_it_takes() throws Exception {
    String call = "/transaction/initialize";
    assertThat(status("POST", call, BEGIN.replace("PLN_1", "PLN_2"))).isEqualTo(400);
    assertThat(status("POST", call, BEGIN.replace("100", "0"))).isEqualTo(400);
    assertThat(status("POST", call, BEGIN.replace("@", ""))).isEqualTo(400);
    assertThat(status("POST", call, BEGIN)).isEqualTo(200);
    assertThat(status("POST", call, BEGIN)).isEqualTo(400);
    assertThatThrownBy(() -> paystack.pay("r2")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_subscription_is_turned_by_whoever_has_its_token() throws Exception {
    status("POST", "/transaction/initialize", BEGIN);
    assertThat(types(paystack.pay("r1"))).containsExactly("charge.success", "subscription.create");
    String code = paystack.subscription("r1");
    String known = "{\"code\":\"" + code + "\",\"token\":\"token-of-" + code + "\"}";
    String wrong = known.replace("token-of", "not-of");

    assertThat(status("POST", "/subscription/disable", wrong)).isEqualTo(404);
    assertThat(status("POST", "/subscription/enable", known)).isEqualTo(404);
    assertThat(paystack.status(code)).isEqualTo("active");
    assertThat(status("POST", "/subscription/disable", known)).isEqualTo(200);
    assertThat(status("POST", "/subscription/disable", known)).isEqualTo(404);
    assertThat(types(paystack.events())).containsExactly("subscription.not_renew");
    assertThat(paystack.events()).isEmpty();
    assertThatThrownBy(() -> paystack.renew(code)).isInstanceOf(IllegalStateException.class);
    assertThat(status("POST", "/subscription/enable", known)).isEqualTo(200);
    assertThat(types(paystack.renew(code)))
        .containsExactly("invoice.create", "charge.success", "invoice.update");
    assertThat(types(paystack.failRenewal(code)))
        .containsExactly("invoice.create", "invoice.payment_failed", "invoice.update");
    assertThat(paystack.status(code)).isEqualTo("attention");
    assertThat(types(List.of(paystack.lapse(code)))).containsExactly("subscription.disable");
  }

  @Test
  void it_misbehaves_when_it_is_told_to_and_once() throws Exception {
    paystack.next(
        FakePaystackAnswer.broken(),
        FakePaystackAnswer.usual(),
        FakePaystackAnswer.lost(),
        FakePaystackAnswer.cut(true));

    assertThat(status("GET", "/plan/PLN_1", "")).isEqualTo(500);
    assertThat(status("GET", "/plan/PLN_1", "")).isEqualTo(200);
    assertThat(status("POST", "/transaction/initialize", BEGIN.replace("r1", "r0"))).isEqualTo(502);
    assertThat(paystack.pay("r0")).hasSize(2);
    assertThatThrownBy(() -> status("POST", "/transaction/initialize", BEGIN))
        .isInstanceOf(IOException.class);
    assertThat(paystack.pay("r1")).hasSize(2); // it was done before the line was cut
    assertThat(status("GET", "/plan/PLN_1", "")).isEqualTo(200);
  }
}
