package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.Race;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one PostgreSQL, with a Redis that they share, and without. */
@Timeout(240)
class TwoServicesTest {
  private static TestServers servers;

  @BeforeAll
  static void startServers() {
    servers = new TestServers();
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  abstract static class Together {
    final FakeOllama ollama =
        FakeOllama.start().having("llama3.2:1b", "llama3.2:3b", "llama3.1:8b", "llama3.1:70b");
    Service one;
    Service two;
    Client atOne;
    Client atTwo;

    abstract Map<String, String> settings();

    void start(String... more) {
      Map<String, String> settings = new HashMap<>(settings());
      settings.put("OLLAMA_BASE_URL", ollama.url().toString());
      settings.put("INSTANCE_COUNT", "2");
      settings.put("REDIS_TIMEOUT", "5s"); // a busy machine is no reason to go without Redis
      for (int i = 0; i < more.length; i += 2) {
        settings.put(more[i], more[i + 1]);
      }
      one = ServiceHarness.start(settings, ollama.url());
      two = ServiceHarness.start(settings, ollama.url());
      atOne = Client.of(one.port()).signedUp();
      atTwo = Client.of(two.port()).with(atOne.token());
    }

    @AfterEach
    void stop() {
      if (one != null) {
        one.close();
      }
      if (two != null) {
        two.close();
      }
      ollama.close();
    }

    @Test
    void a_job_of_one_is_read_at_the_other_while_it_is_written_and_again_after_its_end()
        throws Exception {
      start();
      ollama.next(FakeAnswer.writing("- one", " note").thenStalling());
      String id = atOne.submit("Why bees dance", "social");
      try (Client.Stream stream = atTwo.stream(id)) {
        stream.until(event -> event.data().path("text").asText().endsWith("note"));
      }
      assertThat(atTwo.post("/v1/content/jobs/" + id + "/cancel", Map.of()).status())
          .isEqualTo(200);
      List<Event> here = atOne.watch(id);
      List<Event> there = atTwo.watch(id);
      assertThat(here.getLast().type()).isEqualTo("cancelled");
      assertThat(ids(there)).isEqualTo(ids(here));
      long middle = here.get(here.size() / 2).id();
      assertThat(ids(atTwo.watch(id, "Last-Event-ID", String.valueOf(middle))))
          .isEqualTo(ids(atOne.watch(id, "Last-Event-ID", String.valueOf(middle))))
          .isNotEmpty();
    }

    private List<String> ids(List<Event> events) {
      return events.stream().map(event -> event.id() + " " + event.type()).toList();
    }

    @Test
    void a_job_of_one_is_stopped_at_the_other_at_once() throws Exception {
      start("JOB_HEARTBEAT", "1h", "JOB_DEAD_AFTER", "3h"); // only a signal can bring the news
      ollama.next(FakeAnswer.writing("- one", " note").thenStalling());
      String id = atOne.submit("How bees sleep", "social");
      ollama.awaitChat(1);
      assertThat(atTwo.post("/v1/content/jobs/" + id + "/cancel", Map.of()).status())
          .isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> atTwo.job(id).get("status").asText().equals("cancelled"));
    }

    @Test
    void who_signs_out_at_one_is_out_at_the_other() {
      start();
      assertThat(atTwo.get("/v1/auth/me").status()).isEqualTo(200);
      assertThat(atOne.post("/v1/auth/logout", Map.of()).status()).isLessThan(300);
      assertThat(atTwo.get("/v1/auth/me").status()).isEqualTo(401);
    }

    @TempDir private Path folder;

    /** Ten pieces, and no other limit that a race could meet. */
    private String tenPieces() throws Exception {
      Path file = folder.resolve("tiers.yaml");
      String standard;
      try (var in = io.contentcrew.sdk.ContentCrew.class.getResourceAsStream("tier/tiers.yaml")) {
        standard = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      }
      Files.writeString(
          file,
          standard
              .replaceFirst("active_jobs: 2", "active_jobs: 1000")
              .replaceFirst("generate_per_minute: 10", "generate_per_minute: 100000"));
      return file.toString();
    }

    @Test
    void two_hundred_submits_that_race_at_both_pass_no_limit_and_lose_no_key() throws Exception {
      start("TIERS_FILE", tenPieces());
      List<Answer> answers =
          Race.of(
              200,
              number ->
                  submit(
                      number % 2 == 0 ? atOne : atTwo, "Tea " + number / 4, "key-" + number / 4));
      assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 403);
      Map<Integer, Set<String>> jobsByKey = new HashMap<>();
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).status() == 201) {
          jobsByKey
              .computeIfAbsent(i / 4, unseen -> new java.util.HashSet<>())
              .add(answers.get(i).json().get("id").textValue());
        }
      }
      assertThat(jobsByKey.values()).as("one job for each key").allMatch(jobs -> jobs.size() == 1);
      assertThat(jobsByKey).as("ten pieces, ten jobs").hasSize(10);
      for (Set<String> jobs : jobsByKey.values()) {
        assertThat(atTwo.watch(jobs.iterator().next()).getLast().type()).isEqualTo("complete");
      }
      JsonNode usage = atOne.get("/v1/usage").json().at("/formats/social");
      assertThat(usage.get("used").intValue()).isEqualTo(10);
      assertThat(usage.get("reserved").intValue()).isZero();
    }

    private Answer submit(Client client) {
      return client.post(
          "/v1/content/generate", Map.of("topic", "Tea", "formats", List.of("social")));
    }

    /** How many of so many submits, at one and the other in turn, no limit of rate stops. */
    int letThrough(int submits) {
      int through = 0;
      for (int i = 0; i < submits; i++) {
        through += submit(i % 2 == 0 ? atOne : atTwo).status() == 429 ? 0 : 1;
      }
      return through;
    }

    /** As clients do: what could not be had now is asked for again, with the same key. */
    private static Answer submit(Client client, String topic, String key) {
      Answer answer;
      do {
        answer =
            client.post(
                "/v1/content/generate",
                Map.of("topic", topic, "formats", List.of("social"), "length", "short"),
                "Idempotency-Key",
                key);
      } while (answer.status() == 503);
      return answer;
    }

    @Test
    void a_service_that_is_being_stopped_says_so_and_serves_until_others_have_taken_over()
        throws Exception {
      start("DRAIN_DELAY", "10s");
      Thread stopping = Thread.ofVirtual().start(one::close);
      await().until(() -> atOne.get("/health/ready").status() == 503);
      assertThat(atOne.get("/health/ready").json().get("status").asText()).isEqualTo("draining");
      String id = atOne.submit("What bees eat", "social");
      assertThat(atOne.get("/v1/usage").status()).isEqualTo(200);
      stopping.join();
      assertThat(atTwo.watch(id).getLast().type()).as("the other runs it").isEqualTo("complete");
    }
  }

  @Nested
  class WithRedis extends Together {
    @Override
    Map<String, String> settings() {
      return servers.onBoth(servers.postgres().port(), servers.redisPort());
    }

    @Test
    void both_count_against_the_same_limit_of_rate() {
      start();
      assertThat(letThrough(20)).isBetween(10, 12); // one comes back every six seconds
    }

    @Test
    void equal_briefs_at_both_are_written_once() throws Exception {
      start();
      Client other = Client.of(two.port()).signedUp();
      ollama.next(FakeAnswer.ofTheModel());
      String first = atOne.submit("Equal", "social");
      String second = other.submit("Equal", "social");
      assertThat(atOne.watch(first).getLast().type()).isEqualTo("complete");
      assertThat(other.watch(second).getLast().type()).isEqualTo("complete");
      assertThat(ollama.chats()).as("research and social, once").hasSize(2);
    }

    @Test
    void health_tells_of_redis() {
      start();
      await().until(() -> atOne.get("/health").json().at("/status").asText().equals("up"));
      JsonNode health = atOne.get("/health").json();
      assertThat(health.at("/components/redis/status").asText()).isEqualTo("up");
      assertThat(health.at("/components/redis/required").asBoolean()).isFalse();
    }
  }

  @Nested
  class WithoutRedis extends Together {
    @Override
    Map<String, String> settings() {
      return servers.onPostgres(servers.postgres().port());
    }

    @Test
    void each_lets_its_share_of_a_limit_of_rate_through() {
      start();
      assertThat(letThrough(20)).isBetween(10, 14); // at each one comes back every twelve seconds
    }
  }
}
