package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What still works while a part is gone, what is said of it, and that it comes back by itself. */
@Timeout(240)
class DependencyLossTest {
  private static final Duration BACK = Duration.ofSeconds(30); // the goal is a third of it and less

  private static TestServers servers;
  private static FaultProxy postgres;
  private static FaultProxy redis;

  private final FakeOllama ollama = FakeOllama.start().having("llama3.2:1b");
  private FaultProxy model;
  private Service service;
  private Client ada;

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
    model = FaultProxy.to("127.0.0.1", ollama.url().getPort());
    Map<String, String> settings = servers.onBoth(postgres.port(), redis.port());
    settings.put("OLLAMA_BASE_URL", "http://127.0.0.1:" + model.port());
    settings.put("INSTANCE_COUNT", "2");
    settings.put("SSE_HEARTBEAT", "300ms");
    settings.put("LLM_CONNECT_TIMEOUT", "1s");
    service = ServiceHarness.start(settings, ollama.url());
    ada = Client.of(service.port()).signedUp();
  }

  @AfterEach
  void stopService() {
    postgres.pass();
    redis.pass();
    model.pass();
    service.close();
    model.close();
    ollama.close();
  }

  /** How a server goes. */
  enum Way {
    /** Its connections break, and there are no new ones. */
    RESET {
      @Override
      void of(FaultProxy proxy) {
        proxy.reset();
      }
    },
    /** Connections stay, and nothing comes back. */
    SWALLOWED {
      @Override
      void of(FaultProxy proxy) {
        proxy.blackhole();
      }
    };

    abstract void of(FaultProxy proxy);
  }

  private JsonNode health() {
    return ada.get("/health").json();
  }

  private String state(String part) {
    return health().at("/components/" + part + "/status").asText();
  }

  /**
   * How long a request takes that needs Redis: for its limit of rate, and for who is on which tier.
   */
  private Duration timeOfSubmit() {
    long begun = System.nanoTime();
    Answer answer = submit();
    assertThat(answer.status()).as(answer.text()).isIn(201, 403); // 403: two jobs are under way
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @ParameterizedTest
  @EnumSource
  void without_redis_everything_works_and_health_says_degraded(Way way) throws Exception {
    await().atMost(BACK).until(() -> state("redis").equals("up"));
    Duration with = timeOfSubmit();
    way.of(redis);
    for (int i = 0; i < 4; i++) { // the first one finds Redis gone
      assertThat(timeOfSubmit())
          .as("with Redis it took %s; the goal is 100 ms more", with)
          .isLessThan(with.plusSeconds(2));
    }
    Client bob = Client.of(service.port()).signedUp();
    String id = bob.submit("Without Redis, " + way, "social");
    assertThat(bob.watch(id).getLast().type()).isEqualTo("complete");
    Answer limited =
        bob.post("/v1/content/generate", Map.of("topic", "Tea", "formats", List.of("social")));
    assertThat(limited.status()).isEqualTo(201);
    assertThat(limited.header("X-RateLimit-Limit")).as("half of ten").contains("5");
    await().atMost(BACK).until(() -> state("redis").equals("down"));
    assertThat(ada.get("/health").status()).isEqualTo(200);
    assertThat(health().get("status").asText()).isEqualTo("degraded");
    assertThat(ada.get("/health/ready").status()).isEqualTo(200);
    redis.pass();
    await().atMost(BACK).until(() -> health().get("status").asText().equals("up"));
  }

  @Test
  void a_service_starts_without_its_redis_and_finds_it_later() {
    redis.refuse();
    Map<String, String> settings = servers.onBoth(postgres.port(), redis.port());
    settings.put("OLLAMA_BASE_URL", ollama.url().toString());
    try (Service other = ServiceHarness.start(settings, ollama.url())) {
      Client client = Client.of(other.port());
      assertThat(client.get("/health").json().get("status").asText()).isEqualTo("degraded");
      assertThat(client.signedUp().get("/v1/usage").status()).isEqualTo(200);
      redis.pass();
      await()
          .atMost(BACK)
          .until(() -> client.get("/health").json().get("status").asText().equals("up"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_the_database_requests_are_answered_503_and_streams_stay_open(Way way)
      throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("- one", " note").waitingFor(goOn));
    String id = ada.submit("What bees do when " + way, "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
      FutureTask<List<Client.Event>> rest = new FutureTask<>(stream::all);
      Thread.ofVirtual().start(rest);
      way.of(postgres);
      for (int i = 0; i < 3; i++) {
        long begun = System.nanoTime();
        Answer answer = ada.get("/v1/usage");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(took).as("the goal is 2 s").isLessThan(Duration.ofSeconds(5));
      }
      assertThat(ada.get("/health/live").status()).isEqualTo(200);
      await().atMost(BACK).until(() -> ada.get("/health/ready").status() == 503);
      assertThat(ada.get("/health").status()).isEqualTo(503);
      assertThat(state("storage")).isEqualTo("down");
      int heard = stream.comments.size();
      await().atMost(BACK).until(() -> stream.comments.size() > heard);
      postgres.pass();
      await().atMost(BACK).until(() -> ada.get("/v1/usage").status() == 200);
      goOn.countDown();
      assertThat(rest.get().getLast().type()).isEqualTo("complete");
    }
    await().atMost(BACK).until(() -> health().get("status").asText().equals("up"));
    assertThat(ada.get("/v1/usage").json().at("/formats/social/used").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void without_the_model_submits_are_refused_and_nothing_is_charged(Way way) {
    way.of(model);
    await()
        .atMost(BACK)
        .until(() -> submit().status() == 503 && submit().code().equals("LLM_UNAVAILABLE"));
    Answer refused = submit();
    assertThat(refused.header("Retry-After")).isPresent();
    assertThat(ada.get("/v1/content/jobs").status()).isEqualTo(200);
    assertThat(ada.get("/health").status()).isEqualTo(200);
    await().atMost(BACK).until(() -> health().get("status").asText().equals("degraded"));
    ada.get("/v1/content/jobs")
        .json()
        .get("data")
        .forEach(
            job -> ada.post("/v1/content/jobs/" + job.get("id").asText() + "/cancel", Map.of()));
    await()
        .atMost(BACK)
        .until(() -> ada.get("/v1/usage").json().at("/formats/social/reserved").intValue() == 0);
    assertThat(ada.get("/v1/usage").json().at("/formats/social/used").intValue()).isZero();
    model.pass();
    await().atMost(BACK).until(() -> submit().status() == 201);
  }

  private Answer submit() {
    return ada.post(
        "/v1/content/generate",
        Map.of("topic", "Tea " + System.nanoTime(), "formats", List.of("social")));
  }
}
