package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.contentcrew.app.Client.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * All bodies together take no more than there is room for, however many are sent, and how slowly.
 */
@Timeout(120)
class BodyBudgetTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int ROOM = 256 * 1024;

  private final BodyBudget budget = new BodyBudget(ROOM);
  private final List<Socket> sockets = new ArrayList<>();
  private Service service;

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    if (service != null) {
      service.close();
    }
  }

  private Client start(String... settings) {
    Map<String, String> variables = new HashMap<>(ServiceHarness.MANY_FROM_HERE);
    variables.put("STORAGE", "memory");
    variables.put("PORT", "0");
    variables.put("BCRYPT_COST", "4");
    variables.put("SECRET_KEY", ServiceHarness.SECRET_KEY);
    variables.put("LLM_PROVIDER", "offline");
    variables.put("STRIPE_WEBHOOK_SECRET", StripeSender.SECRET);
    for (int i = 0; i < settings.length; i += 2) {
      variables.put(settings[i], settings[i + 1]);
    }
    try {
      service = Service.start(AppConfig.read(variables), Wiring.SYSTEM_CLOCK, budget);
    } catch (AppConfig.Invalid e) {
      throw new IllegalArgumentException(e);
    }
    return Client.of(service.port());
  }

  /** Begins a request that says more than it sends. */
  private Socket begin(String path, String header, int told, int sent) throws IOException {
    Socket socket = new Socket("127.0.0.1", service.port());
    sockets.add(socket);
    socket.setSoTimeout(60_000);
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, header, told);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(new byte[sent]);
    socket.getOutputStream().flush();
    return socket;
  }

  /** Begins one, and waits until it is held beside the others. */
  private void beginAndHold(String path, String header, int sent, int held) throws IOException {
    begin(path, header, 500_000, sent);
    await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> budget.held() == held);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] event(int size) {
    return StripeSender.event(
        "product.updated",
        Map.of("id", "prod_1", "object", "product", "description", "x".repeat(size)),
        InstantSource.system().instant());
  }

  private static void assertTooMuch(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(answer.header("Connection")).contains("close");
  }

  @Test
  void large_bodies_that_never_end_take_half_and_small_ones_still_come_through() throws Exception {
    Client nobody = start();
    StripeSender stripe = new StripeSender(nobody);
    int ample = 40_000;
    beginAndHold(StripeSender.PATH, "Stripe-Signature: t=1,v1=00", 100_000, 100_000);
    beginAndHold(StripeSender.PATH, "Stripe-Signature: t=1,v1=00", 30_000, 130_000);
    for (int i = 0; i < 30; i++) {
      begin(StripeSender.PATH, "Stripe-Signature: t=1,v1=00", 500_000, 100_000);
    }
    Answer refused = stripe.genuine(event(ample));
    assertTooMuch(refused);
    ApiDocument.assertShape(ApiDocument.operation("receiveStripe"), refused);
    assertThat(stripe.genuine(event(100)).status()).as("a small one").isEqualTo(200);
    assertThat(nobody.signedUp().get("/v1/auth/me").status()).isEqualTo(200);
    await().atMost(SOON).until(() -> budget.held() == 130_000);

    for (Socket socket : sockets) {
      socket.close();
    }
    await().atMost(SOON).until(() -> budget.held() == 0);
    assertThat(stripe.genuine(event(ample)).status()).as("delivered again").isEqualTo(200);
  }

  @Test
  void small_bodies_that_never_end_take_no_more_than_all_on_any_route() throws Exception {
    Client nobody = start("BODY_TIMEOUT", "15s");
    String[] paths = {"/v1/auth/login", StripeSender.PATH};
    String headers = "Stripe-Signature: t=1\r\nContent-Type: application/json";
    int size = 12_288;
    int fit = ROOM / size;
    for (int i = 1; i <= fit; i++) {
      beginAndHold(paths[i % 2], headers, size, i * size);
    }
    for (int i = 0; i < 30; i++) {
      begin(paths[i % 2], headers, 16_000, size);
    }
    assertTooMuch(nobody.postText("/v1/auth/login", "{\"email\": \"" + "x".repeat(5_000) + "\"}"));
    for (Socket socket : sockets) {
      assertThat(rest(socket)).as("cut off, or told so").matches("(?s)|HTTP/1.1 (408|503) .*");
    }
    await().atMost(SOON).until(() -> budget.held() == 0); // after the last byte of each answer
    assertThat(nobody.signedUp().get("/v1/auth/me").status()).isEqualTo(200);
  }

  @Test
  void whatever_becomes_of_a_request_its_share_is_given_back() throws Exception {
    Client nobody = start("MAX_BODY_BYTES", "1024");
    Client ada = nobody.signedUp();
    StripeSender stripe = new StripeSender(nobody);
    assertThat(stripe.genuine(event(50_000)).status()).isEqualTo(200);
    assertThat(stripe.send(event(50_000), "t=1,v1=00").status()).isEqualTo(400);
    assertThat(nobody.postText("/v1/auth/login", "[" + " ".repeat(500)).status()).isEqualTo(400);
    assertThat(nobody.postText("/v1/auth/login", " ".repeat(2_000)).status()).isEqualTo(413);
    assertThat(ada.watch(ada.submit("Tea", "social"))).isNotEmpty();
    await().atMost(SOON).until(() -> budget.held() == 0); // after the last byte of the answer
    assertThat(nobody.get("/metrics").text()).contains("crew_bodies_held_bytes 0.0");
  }

  @Test
  void of_a_webhook_that_is_not_signed_nothing_is_waited_for() throws Exception {
    start("PAYSTACK_WEBHOOK_SECRET", "sk_test_4eC39HqLyjWDarjtT1zdp7dc");
    for (String provider : List.of("stripe", "paystack")) {
      Socket socket =
          begin("/api/webhooks/" + provider, "Connection: close", 1_000_000, 0); // and no more
      assertThat(rest(socket)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"BAD_REQUEST\"");
    }
    assertThat(Client.of(service.port()).get("/metrics").text())
        .contains("crew_webhooks_total{outcome=\"forged\",provider=\"stripe\",type=\"none\"} 1.0")
        .contains(
            "crew_webhooks_total{outcome=\"forged\",provider=\"paystack\",type=\"none\"} 1.0");
  }

  // ---- by itself

  @Test
  void a_share_grows_beyond_the_small_only_while_half_is_free_and_takes_nothing_it_may_not() {
    try (BodyBudget.Share large = budget.share();
        BodyBudget.Share small = budget.share()) {
      assertThat(large.take(ROOM / 2)).isTrue();
      assertThat(large.take(1)).isFalse();
      assertThat(small.take(BodyBudget.SMALL)).isTrue();
      assertThat(small.take(1)).isFalse();
      assertThat(budget.held()).isEqualTo(ROOM / 2 + BodyBudget.SMALL);
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void there_is_always_room_for_the_largest_body_that_may_be_set() {
    try (BodyBudget.Share share = BodyBudget.ofHeap().share()) {
      assertThat(share.take(4 << 20)).isTrue();
    }
  }
}
