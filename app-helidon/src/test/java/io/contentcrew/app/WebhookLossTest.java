package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What providers are told while the database or Redis is gone, and that nothing is lost by it. */
@Timeout(240)
class WebhookLossTest {
  private static final Duration BACK = Duration.ofSeconds(60);

  private static TestServers servers;
  private static FaultProxy postgres;
  private static FaultProxy redis;

  private final FakeOllama ollama = FakeOllama.start().having("llama3.2:1b");
  private final Instant now = InstantSource.system().instant();
  private Service service;
  private Client ada;
  private StripeSender stripe;

  @BeforeAll
  static void startServers() {
    servers = new TestServers();
    postgres = FaultProxy.to("127.0.0.1", servers.postgres().port());
    redis = FaultProxy.to("127.0.0.1", servers.redisPort());
  }

  @AfterAll
  static void stopServers() {
    postgres.close();
    redis.close();
    servers.close();
  }

  @BeforeEach
  void startService() {
    postgres.pass();
    redis.pass();
    Map<String, String> settings = servers.onBoth(postgres.port(), redis.port());
    settings.put("OLLAMA_BASE_URL", ollama.url().toString());
    settings.put("STRIPE_WEBHOOK_SECRET", StripeSender.SECRET);
    settings.put("STRIPE_PRICES", "pro.month=price_pro");
    settings.put("TEST_PAYMENTS", "off");
    service = ServiceHarness.start(settings, ollama.url());
    ada = Client.of(service.port()).signedUp();
    stripe = new StripeSender(Client.of(service.port()));
  }

  @AfterEach
  void stopService() {
    postgres.pass();
    redis.pass();
    service.close();
    ollama.close();
  }

  private byte[] created() {
    return StripeSender.subscription(
        "customer.subscription.created",
        "sub_" + UUID.randomUUID(),
        ada.get("/v1/auth/me").json().get("id").textValue(),
        "price_pro",
        now);
  }

  private String tier() {
    return ada.get("/v1/auth/me").json().get("tier").textValue();
  }

  @Test
  void without_the_database_nothing_is_acknowledged_and_what_comes_again_is_taken() {
    byte[] created = created();
    postgres.reset();
    for (int i = 0; i < 3; i++) {
      Answer refused = stripe.genuine(created);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();
      assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
    }
    assertThat(stripe.send(created, "t=1,v1=00").status()).as("forged").isEqualTo(400);
    postgres.pass();
    await().atMost(BACK).until(() -> stripe.genuine(created).status() == 200);
    assertThat(tier()).isEqualTo("pro");
    assertThat(stripe.genuine(created).json().get("result").textValue()).isEqualTo("repeated");
  }

  @Test
  void without_redis_what_is_told_is_so_at_once_and_stays_so_when_redis_is_back() {
    assertThat(tier()).isEqualTo("free");
    byte[] created = created();
    redis.reset();
    Answer taken = stripe.genuine(created);
    assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    assertThat(taken.json().get("result").textValue()).isEqualTo("applied");
    assertThat(tier()).isEqualTo("pro");
    redis.pass();
    await().atMost(BACK).until(() -> ada.get("/health").json().get("status").asText().equals("up"));
    assertThat(tier()).isEqualTo("pro");
    assertThat(ada.get("/v1/usage").json().get("tier").textValue()).isEqualTo("pro");
  }

  @Test
  void forged_ones_are_counted_also_without_redis() {
    redis.reset();
    int refused = 0;
    for (int i = 0; i < 70; i++) {
      refused += stripe.send(new byte[] {1}, "t=1,v1=00").status() == 429 ? 1 : 0;
    }
    assertThat(refused).isPositive();
    assertThat(stripe.genuine(created()).status()).isEqualTo(200);
  }
}
