package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeRequest;
import io.contentcrew.testkit.FaultProxy;
import io.contentcrew.testkit.Race;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Stripe tells one of two services, with a Redis that they share, and without. */
@Timeout(240)
class WebhooksAtTwoTest {
  private static final Duration BACK = Duration.ofSeconds(60);
  private static final int AT_ONCE = 50;

  private static TestServers servers;

  /** The way of the first service to the database, and those of both to Redis. */
  private static FaultProxy postgresOfOne;

  private static FaultProxy redisOfOne;
  private static FaultProxy redisOfTwo;

  @BeforeAll
  static void startServers() {
    servers = new TestServers();
    postgresOfOne = FaultProxy.to("127.0.0.1", servers.postgres().port());
    redisOfOne = FaultProxy.to("127.0.0.1", servers.redisPort());
    redisOfTwo = FaultProxy.to("127.0.0.1", servers.redisPort());
  }

  @AfterAll
  static void stopServers() {
    postgresOfOne.close();
    redisOfOne.close();
    redisOfTwo.close();
    servers.close();
  }

  private static long count(String sql, String value) {
    try (Connection connection =
            DriverManager.getConnection(
                servers.postgres().jdbcUrl(),
                servers.postgres().user(),
                servers.postgres().address().password().reveal());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).as(sql).isTrue();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  abstract static class Together {
    final FakeOllama ollama =
        FakeOllama.start().having("llama3.2:1b", "llama3.2:3b", "llama3.1:8b", "llama3.1:70b");
    final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    final String name = "sub_" + UUID.randomUUID();
    Instant time = InstantSource.system().instant();
    Service one;
    Service two;
    Client adaAtOne;
    Client adaAtTwo;
    StripeSender stripeAtOne;
    StripeSender stripeAtTwo;
    String ada;

    abstract Map<String, String> settings(int postgresPort, int redisPort);

    private Service service(int postgresPort, int redisPort, String... more) {
      Map<String, String> settings = settings(postgresPort, redisPort);
      settings.put("OLLAMA_BASE_URL", ollama.url().toString());
      settings.put("INSTANCE_COUNT", "2");
      settings.put("REDIS_TIMEOUT", "5s"); // a busy machine is no reason to go without Redis
      settings.put("STRIPE_WEBHOOK_SECRET", StripeSender.SECRET);
      settings.put("STRIPE_PRICES", "basic.month=price_basic,pro.month=price_pro");
      settings.put("TEST_PAYMENTS", "off");
      for (int i = 0; i < more.length; i += 2) {
        settings.put(more[i], more[i + 1]);
      }
      return ServiceHarness.start(settings, ollama.url());
    }

    /** Both, and a user of theirs who reads no letter to get in. */
    void start(String... more) {
      String token;
      try (Service without = service(servers.postgres().port(), servers.redisPort())) {
        token = Client.of(without.port()).signedUp().token();
      }
      one = service(postgresOfOne.port(), redisOfOne.port(), more);
      two = service(servers.postgres().port(), redisOfTwo.port(), more);
      adaAtOne = Client.of(one.port()).with(token);
      adaAtTwo = Client.of(two.port()).with(token);
      stripeAtOne = new StripeSender(Client.of(one.port()));
      stripeAtTwo = new StripeSender(Client.of(two.port()));
      ada = adaAtOne.get("/v1/auth/me").json().get("id").textValue();
    }

    @AfterEach
    void stop() {
      List.of(postgresOfOne, redisOfOne, redisOfTwo).forEach(FaultProxy::pass);
      for (Service service : new Service[] {one, two}) {
        if (service != null) {
          service.close();
        }
      }
      mail.stop();
      ollama.close();
    }

    /** The next thing that happens to the subscription. */
    byte[] next(String type, String price, String status) {
      time = time.plusSeconds(1);
      return StripeSender.subscription(
          "customer.subscription." + type, name, ada, price, time, status);
    }

    void assertApplied(Answer answer) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().get("result").textValue()).isEqualTo("applied");
    }

    /** By all that shows a tier, each of which a cache may answer. */
    void assertTier(Client at, String tier) {
      for (String path : List.of("/v1/auth/me", "/v1/usage", "/v1/billing/subscription")) {
        assertThat(at.get(path).json().get("tier").textValue()).as(path).isEqualTo(tier);
      }
    }

    @Test
    void what_one_is_told_is_so_with_the_very_next_request_at_the_other() {
      start();
      assertTier(adaAtOne, "free");
      assertTier(adaAtTwo, "free");
      assertApplied(stripeAtOne.genuine(next("created", "price_pro", "active")));
      assertTier(adaAtTwo, "pro");
      assertTier(adaAtOne, "pro");
      assertApplied(stripeAtTwo.genuine(next("updated", "price_basic", "active")));
      assertTier(adaAtOne, "basic");
      assertTier(adaAtTwo, "basic");
      assertApplied(stripeAtOne.genuine(next("deleted", "price_basic", "canceled")));
      assertTier(adaAtTwo, "free");
      assertTier(adaAtOne, "free");
    }

    @Test
    void a_running_job_keeps_the_tier_that_it_began_with() throws Exception {
      start();
      CountDownLatch goOn = new CountDownLatch(1);
      ollama.next(FakeAnswer.writing("- one", " note").waitingFor(goOn));
      String running = adaAtOne.submit("Why bees dance", "social");
      ollama.awaitChat(1);
      assertApplied(stripeAtTwo.genuine(next("created", "price_pro", "active")));
      assertTier(adaAtOne, "pro");
      goOn.countDown();
      assertThat(adaAtTwo.watch(running).getLast().type()).isEqualTo("complete");
      assertThat(adaAtTwo.job(running).get("tier").textValue()).isEqualTo("free");
      int before = ollama.chats().size();
      assertThat(models(0, before)).containsOnly("llama3.2:1b");

      String next = adaAtTwo.submit("How bees sleep", "social");
      assertThat(adaAtOne.watch(next).getLast().type()).isEqualTo("complete");
      assertThat(adaAtOne.job(next).get("tier").textValue()).isEqualTo("pro");
      assertThat(models(before, ollama.chats().size())).containsOnly("llama3.1:8b");

      assertApplied(stripeAtOne.genuine(next("deleted", "price_pro", "canceled")));
      JsonNode kept = adaAtTwo.job(next);
      assertThat(kept.get("artifacts")).as("what is written stays").isNotEmpty();
    }

    private List<String> models(int from, int to) {
      return ollama.chats().subList(from, to).stream()
          .map(FakeRequest::body)
          .map(body -> body.get("model").textValue())
          .toList();
    }

    @Test
    void fifty_equal_deliveries_at_once_at_both_have_one_effect() {
      mail.start();
      start(
          "SMTP_HOST",
          "127.0.0.1",
          "SMTP_PORT",
          String.valueOf(mail.getSmtp().getPort()),
          "SMTP_TLS",
          "none",
          "MAIL_FROM",
          "crew@example.com");
      byte[] created = next("created", "price_pro", "active");
      byte[] unpaid = invoice("invoice.payment_failed");
      byte[] paid = invoice("invoice.paid");
      for (byte[] told : List.of(created, unpaid, paid)) {
        List<Answer> answers =
            Race.of(
                AT_ONCE, number -> delivered(number % 2 == 0 ? stripeAtOne : stripeAtTwo, told));
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
            .as("one of them has done it")
            .filteredOn(answer -> answer.json().get("result").textValue().equals("applied"))
            .hasSize(1);
        assertThat(
                count(
                    "select deliveries from webhook_inbox where event_key = ?",
                    StripeSender.id(told)))
            .isEqualTo(AT_ONCE);
      }
      assertTier(adaAtOne, "pro");
      assertThat(count("select count(*) from user_subscriptions where reference = ?", name))
          .isEqualTo(1);
      for (String kind : List.of("PAID", "PAYMENT_FAILED")) {
        assertThat(
                count(
                    "select count(*) from billing_ledger where reference = 'in_"
                        + name
                        + "' and kind = ?",
                    kind))
            .as(kind)
            .isEqualTo(1);
      }
      assertThat(
              count(
                  "select count(*) from audit_log where kind = 'SUBSCRIPTION_CHANGED'"
                      + " and user_id::text = ?",
                  ada))
          .isEqualTo(1);
      assertApplied(stripeAtOne.genuine(next("deleted", "price_pro", "canceled")));
      await().atMost(BACK).until(() -> mail.getReceivedMessages().length >= 2);
      assertThat(mail.getReceivedMessages())
          .as("one of the bill, and one of the end, which came after it")
          .hasSize(2);
    }

    /** As Stripe does: what a busy machine could not store is delivered again. */
    private static Answer delivered(StripeSender stripe, byte[] told) {
      Answer answer;
      do {
        answer = stripe.genuine(told);
      } while (answer.status() == 503);
      return answer;
    }

    private byte[] invoice(String type) {
      Map<String, Object> invoice = new LinkedHashMap<>();
      invoice.put("id", "in_" + name);
      invoice.put("object", "invoice");
      invoice.put("customer", "cus_" + name);
      invoice.put("amount_paid", 2_999);
      invoice.put("currency", "usd");
      invoice.put("attempt_count", 1);
      invoice.put("parent", Map.of("subscription_details", Map.of("subscription", name)));
      time = time.plusSeconds(1);
      return StripeSender.event(type, invoice, time);
    }

    @Test
    void what_one_cannot_store_the_other_takes() {
      start();
      byte[] created = next("created", "price_pro", "active");
      postgresOfOne.reset();
      Answer refused = stripeAtOne.genuine(created);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();
      assertApplied(stripeAtTwo.genuine(created));
      assertTier(adaAtTwo, "pro");
      postgresOfOne.pass();
      await().atMost(BACK).until(() -> stripeAtOne.genuine(created).status() == 200);
      assertThat(stripeAtOne.genuine(created).json().get("result").textValue())
          .isEqualTo("repeated");
      assertTier(adaAtOne, "pro");
    }
  }

  @Nested
  class WithRedis extends Together {
    @Override
    Map<String, String> settings(int postgresPort, int redisPort) {
      return new HashMap<>(servers.onBoth(postgresPort, redisPort));
    }

    @Test
    void what_one_is_told_without_redis_is_so_at_the_other_and_stays_so_when_redis_is_back() {
      start("REDIS_TIMEOUT", "200ms");
      assertTier(adaAtTwo, "free");
      redisOfOne.reset();
      redisOfTwo.reset();
      assertApplied(stripeAtOne.genuine(next("created", "price_pro", "active")));
      assertTier(adaAtTwo, "pro");
      redisOfOne.pass();
      redisOfTwo.pass();
      for (Client at : List.of(adaAtOne, adaAtTwo)) {
        await()
            .atMost(BACK)
            .until(() -> at.get("/health").json().get("status").asText().equals("up"));
        assertTier(at, "pro");
      }
    }

    @Test
    void what_one_is_told_that_alone_has_lost_redis_is_so_at_the_other() {
      start("REDIS_TIMEOUT", "200ms");
      assertTier(adaAtTwo, "free");
      redisOfOne.reset();
      assertApplied(stripeAtOne.genuine(next("created", "price_pro", "active")));
      assertTier(adaAtTwo, "pro");
      String job = adaAtTwo.submit("Why bees hum", "social");
      assertThat(adaAtTwo.job(job).get("tier").textValue()).isEqualTo("pro");
    }
  }

  @Nested
  class WithoutRedis extends Together {
    @Override
    Map<String, String> settings(int postgresPort, int redisPort) {
      return new HashMap<>(servers.onPostgres(postgresPort));
    }
  }
}
