package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see. */
@Timeout(60)
class ServiceTest extends ServiceHarness {
  @Test
  void health_tells_each_part_and_readiness_tells_whether_requests_are_welcome() {
    Client nobody = start();
    assertThat(nobody.get("/health/live").json().get("status").textValue()).isEqualTo("up");
    assertThat(nobody.get("/health/ready").json().get("status").textValue()).isEqualTo("ready");
    Answer health = nobody.get("/health");
    assertThat(health.status()).isEqualTo(200);
    JsonNode parts = health.json().get("components");
    assertThat(parts.at("/storage/status").textValue()).isEqualTo("up");
    assertThat(parts.at("/storage/kind").textValue()).isEqualTo("memory");
    assertThat(parts.at("/model/engine").textValue()).isEqualTo("ollama");
  }

  @Test
  void metrics_are_in_the_text_format_and_name_no_one() throws Exception {
    Client ada = start().signedUp();
    ada.watch(ada.submit("CANARY topic", "social"));
    Answer metrics = ada.get("/metrics");
    assertThat(metrics.header("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.text())
        .contains("crew_jobs_ended_total{code=\"none\",status=\"completed\"} 1.0")
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/v1/content/jobs/{id}/stream\",status=\"200\"}"
                + " 1")
        .contains("gen_ai_client_token_usage_total{gen_ai_request_model=\"llama3.2:1b\"")
        .contains("crew_streams_open 0.0")
        .doesNotContain("CANARY")
        .doesNotContain("@example.com");
    String id = ada.submit("Other", "social");
    assertThat(ada.get("/metrics").text()).doesNotContain(id);
  }

  @Test
  void every_answer_carries_a_request_id_and_tells_browsers_to_be_careful() {
    Client nobody = start();
    for (String path :
        List.of(
            "/health",
            "/v1/tiers",
            "/nowhere",
            "/v1/auth/me",
            "/openapi.yaml",
            "/docs",
            "/metrics")) {
      Answer answer = nobody.get(path);
      assertThat(answer.header("X-Request-ID")).as(path).isPresent();
      assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(answer.header("Content-Security-Policy")).as(path).isPresent();
      assertThat(answer.header("Server")).as(path).isEmpty();
    }
  }

  @Test
  void the_api_document_is_served_and_rendered_without_anything_from_elsewhere() {
    Client nobody = start();
    assertThat(nobody.get("/openapi.yaml").text()).startsWith("openapi: 3.1.0");
    String page = nobody.get("/docs").text();
    assertThat(page)
        .contains("/docs/ui/swagger-ui-bundle.js")
        .doesNotContain("http://")
        .doesNotContain("https://");
    for (String asset :
        List.of(
            "/docs/ui/swagger-ui-bundle.js",
            "/docs/ui/swagger-ui.css",
            "/docs/docs.js",
            "/docs/ui/favicon-32x32.png")) {
      assertThat(nobody.get(asset).status()).as(asset).isEqualTo(200);
    }
    String problems = nobody.get("/docs/problems").text();
    for (Problem.Code code : Problem.Code.values()) {
      assertThat(problems)
          .contains("id=\"" + code.name().toLowerCase(java.util.Locale.ROOT) + "\"")
          .contains(code.status() + " " + code.name());
    }
  }

  @Test
  void the_tiers_are_public_and_say_what_one_gets() {
    JsonNode tiers = start().get("/v1/tiers").json().get("data");
    assertThat(tiers.findValuesAsText("id")).containsExactly("free", "basic", "pro", "enterprise");
    assertThat(tiers.at("/0/monthly/blog").intValue()).isEqualTo(10);
    assertThat(tiers.at("/2/monthly/blog").isNull()).isTrue();
    assertThat(tiers.at("/1/price/monthly").intValue()).isEqualTo(999);
  }

  @Test
  void a_stopping_service_is_not_ready_and_gives_its_jobs_back() throws Exception {
    Client ada = start().signedUp();
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    ada.submit("Tea", "social");
    ollama.awaitChat(1);
    service().close();
    assertThat(ollama.chats().getFirst().awaitClosedByClient(java.time.Duration.ofSeconds(2)))
        .isTrue();
    assertThat(service().wiring().crew().runningJobs()).isZero();
  }

  @Test
  void the_start_page_says_where_things_are() {
    assertThat(start().get("/").json().get("docs").textValue()).isEqualTo("/docs");
  }

  @Test
  void tokens_go_out_without_waiting_for_acknowledgements() throws Exception {
    // without TCP_NODELAY each token of a lone stream waits some 40 ms for the reader's
    // acknowledgement
    Client ada = start().signedUp();
    FakeAnswer drip = FakeAnswer.writing("- a");
    for (int i = 0; i < 40; i++) {
      drip = drip.pausing(java.time.Duration.ofMillis(2)).thenWriting(" word" + i);
    }
    ollama.next(drip);
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
      long begun = System.nanoTime();
      stream.until("task_completed");
      assertThat(java.time.Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(java.time.Duration.ofMillis(1_200));
    }
  }
}
