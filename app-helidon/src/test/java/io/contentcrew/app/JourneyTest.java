package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way of a newcomer: sign up, submit, watch, read, cancel. */
@Timeout(60)
class JourneyTest extends ServiceHarness {
  @Test
  void a_topic_becomes_four_formats_live() throws Exception {
    Client ada = start().signedUp();
    Answer submitted =
        ada.post(
            "/v1/content/generate",
            Map.of(
                "topic",
                "Solar power for small shops",
                "formats",
                List.of("blog", "social", "audio", "video"),
                "tone",
                "friendly"));
    assertThat(submitted.status()).isEqualTo(201);
    String id = submitted.json().get("id").textValue();
    assertThat(submitted.header("Location")).contains("/v1/content/jobs/" + id);
    assertThat(submitted.json().get("status").textValue()).isEqualTo("pending");
    assertThat(submitted.json().get("engine").textValue()).isEqualTo("ollama");
    assertThat(submitted.json().get("demo").booleanValue()).isFalse();

    List<Event> events = ada.watch(id);
    assertThat(events)
        .extracting(Event::id)
        .isEqualTo(java.util.stream.LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.data().get("type").textValue()).isEqualTo(event.type());
              assertThat(event.data().get("seq").longValue()).isEqualTo(event.id());
              assertThat(event.data().get("job_id").textValue()).isEqualTo(id);
              assertThat(event.data().has("at")).isTrue();
            });
    Event end = events.getLast();
    assertThat(end.type()).isEqualTo("complete");
    assertThat(end.data().get("status").textValue()).isEqualTo("completed");
    assertThat(end.data().at("/results/video/status").textValue()).isEqualTo("ready");
    assertThat(
            events.stream()
                .filter(event -> event.type().equals("text_delta"))
                .map(event -> event.data().get("task").textValue())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("research", "write", "edit", "social", "audio", "video");

    JsonNode blog = ada.get("/v1/content/jobs/" + id + "/artifacts/blog").json();
    assertThat(blog.at("/artifact/sections").size()).isGreaterThanOrEqualTo(3);
    assertThat(blog.get("demo").booleanValue()).isFalse();
    Answer markdown =
        ada.get("/v1/content/jobs/" + id + "/artifacts/social", "Accept", "text/markdown");
    assertThat(markdown.header("Content-Type")).contains("text/markdown; charset=utf-8");
    assertThat(markdown.text()).startsWith("# Social posts\n\n## LinkedIn\n");
    assertThat(ada.get("/v1/content/jobs/" + id + "/artifacts/video?as=md").text())
        .contains("## Scene 1");
    assertThat(ada.get("/v1/content/jobs/" + id + "/artifacts/video?as=pdf").code())
        .isEqualTo("NOT_ACCEPTABLE");

    JsonNode job = ada.job(id);
    assertThat(job.get("status").textValue()).isEqualTo("completed");
    assertThat(job.get("artifacts").size()).isEqualTo(4);
    assertThat(job.get("tasks").findValuesAsText("state")).containsOnly("done");
    JsonNode usage = ada.get("/v1/usage").json();
    assertThat(usage.at("/formats/audio/used").intValue()).isEqualTo(1);
    assertThat(usage.at("/formats/audio/remaining").intValue()).isEqualTo(4);
    assertThat(usage.get("resets_at").textValue()).endsWith("-01T00:00:00Z");
  }

  @Test
  void another_job_is_cancelled_and_the_model_let_go() throws Exception {
    Client ada = start().signedUp();
    ollama.next(FakeAnswer.writing("- a first", " note").thenStalling());
    String id = ada.submit("Solar power", "blog");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
      assertThat(ada.post("/v1/content/jobs/" + id + "/cancel", Map.of()).status()).isEqualTo(200);
      Event end = stream.all().getLast();
      assertThat(end.type()).isEqualTo("cancelled");
      assertThat(end.data().get("status").textValue()).isEqualTo("cancelled");
    }
    assertThat(ollama.chats().getFirst().awaitClosedByClient(java.time.Duration.ofMillis(500)))
        .isTrue();
    JsonNode job = ada.job(id);
    assertThat(job.get("status").textValue()).isEqualTo("cancelled");
    assertThat(job.at("/error/code").textValue()).isEqualTo("CANCELLED");
    assertThat(ada.get("/v1/usage").json().at("/formats/blog/used").intValue()).isZero();
    assertThat(ada.get("/v1/usage").json().at("/formats/blog/reserved").intValue()).isZero();
    assertThat(
            ada.post("/v1/content/jobs/" + id + "/cancel", Map.of())
                .json()
                .get("status")
                .textValue())
        .isEqualTo("cancelled");

    String path = "/v1/content/jobs/" + id + "/retry";
    Answer retried = ada.post(path, Map.of(), "Idempotency-Key", "again");
    assertThat(retried.status()).as(retried.text()).isEqualTo(201);
    ApiDocument.assertShape(ApiDocument.operation("retryJob"), retried);
    String second = retried.json().get("id").textValue();
    assertThat(second).isNotEqualTo(id);
    assertThat(ada.watch(second).getLast().type()).isEqualTo("complete");
    Answer replayed = ada.post(path, Map.of(), "Idempotency-Key", "again");
    assertThat(replayed.json().get("id").textValue()).isEqualTo(second);
    assertThat(replayed.header("Idempotent-Replayed")).contains("true");
    assertThat(ada.post(path, Map.of("idempotency_key", "again")).json().get("id").textValue())
        .isEqualTo(second);
    assertThat(ada.post(path, Map.of("formats", List.of("blog"))).status()).isEqualTo(422);
    assertThat(ada.method("POST", path).status()).as("no body").isEqualTo(201);
    Answer whole = ada.post("/v1/content/jobs/" + second + "/retry", Map.of());
    assertThat(whole.status()).isEqualTo(409);
    assertThat(whole.json().get("detail").textValue()).contains("regenerate");
    Answer badKey = ada.post(path, Map.of(), "Idempotency-Key", "a b");
    assertThat(badKey.status()).isEqualTo(422);
    assertThat(badKey.json().at("/errors/0/pointer").textValue())
        .isEqualTo("/headers/Idempotency-Key");
  }

  @Test
  void the_offline_writer_serves_when_it_is_asked_for_and_every_piece_and_event_says_so()
      throws Exception {
    Client ada = start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    String id = ada.submit("Solar power for small shops", "blog", "social", "audio", "video");
    List<Event> events = ada.watch(id);
    assertThat(events).allMatch(event -> event.data().path("demo").asBoolean());
    JsonNode job = ada.job(id);
    assertThat(job.get("status").textValue()).isEqualTo("completed");
    assertThat(job.get("engine").textValue()).isEqualTo("offline");
    assertThat(job.get("demo").booleanValue()).isTrue();
    assertThat(job.get("artifacts")).allMatch(artifact -> artifact.get("demo").booleanValue());
    JsonNode health = ada.get("/health").json();
    assertThat(health.at("/components/model/engine").textValue()).isEqualTo("offline");
  }

  @Test
  void jobs_are_listed_page_by_page_the_newest_first() throws Exception {
    Client ada = start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    List<String> ids = new java.util.ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(ada.submit("Topic number " + i, "social"));
      ada.watch(ids.getFirst());
    }
    JsonNode first = ada.get("/v1/content/jobs?limit=2").json();
    assertThat(first.get("data").findValuesAsText("id")).isEqualTo(ids.subList(0, 2));
    JsonNode second =
        ada.get("/v1/content/jobs?limit=2&cursor=" + first.get("next_cursor").textValue()).json();
    assertThat(second.get("data").findValuesAsText("id")).isEqualTo(ids.subList(2, 4));
    JsonNode third =
        ada.get("/v1/content/jobs?limit=2&cursor=" + second.get("next_cursor").textValue()).json();
    assertThat(third.get("data").size()).isEqualTo(1);
    assertThat(third.get("next_cursor").isNull()).isTrue();
    assertThat(ada.get("/v1/content/jobs?status=failed").json().get("data")).isEmpty();
    assertThat(ada.get("/v1/content/jobs?status=completed").json().get("data").size()).isEqualTo(5);
    assertThat(ada.method("DELETE", "/v1/content/jobs/" + ids.getFirst()).status()).isEqualTo(204);
    assertThat(ada.get("/v1/content/jobs/" + ids.getFirst()).status()).isEqualTo(404);
  }

  @Test
  void signing_in_and_out() {
    Client nobody = start();
    assertThat(nobody.signUp("ada@example.com", "correct horse battery").status()).isEqualTo(201);
    assertThat(nobody.signUp("Ada@Example.com", "another horse battery").code())
        .isEqualTo("CONFLICT");
    Answer wrong =
        nobody.post(
            "/v1/auth/login",
            Map.of("email", "ada@example.com", "password", "wrong horse battery"));
    Answer unknown =
        nobody.post(
            "/v1/auth/login",
            Map.of("email", "eve@example.com", "password", "wrong horse battery"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.json().get("detail")).isEqualTo(wrong.json().get("detail"));
    Answer in =
        nobody.post(
            "/v1/auth/login",
            Map.of("email", "ada@example.com", "password", "correct horse battery"));
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.json().get("token_type").textValue()).isEqualTo("bearer");
    assertThat(in.json().get("expires_in").longValue()).isEqualTo(7 * 24 * 3600);
    assertThat(in.json().at("/user/tier").textValue()).isEqualTo("free");
    String cookie = in.header("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").contains("Path=/");
    String token = in.json().get("access_token").textValue();
    assertThat(nobody.with(token).get("/v1/auth/me").json().get("email").textValue())
        .isEqualTo("ada@example.com");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    assertThat(nobody.get("/v1/auth/me", "Cookie", pair).status()).isEqualTo(200);
    assertThat(nobody.post("/v1/auth/logout", Map.of(), "Cookie", pair).status())
        .as("a cookie alone changes nothing")
        .isEqualTo(403);
    assertThat(nobody.with(token).post("/v1/auth/logout", Map.of()).status()).isEqualTo(204);
    assertThat(nobody.with(token).get("/v1/auth/me").status()).isEqualTo(401);
    assertThat(nobody.get("/v1/auth/me", "Cookie", pair).status()).isEqualTo(401);
  }
}
