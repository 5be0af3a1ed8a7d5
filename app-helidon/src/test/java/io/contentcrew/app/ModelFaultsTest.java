package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reader of the service sees when the model's server lets it down: a clear code, and nothing
 * lost or charged.
 */
@Timeout(60)
class ModelFaultsTest extends ServiceHarness {
  private static final Map<String, Object> BRIEF =
      Map.of("topic", "Tea", "formats", List.of("blog"));

  private static void assertNothingCharged(Client client) {
    JsonNode blog = client.get("/v1/usage").json().at("/formats/blog");
    assertThat(blog.get("used").intValue()).isZero();
    assertThat(blog.get("reserved").intValue()).isZero();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "cut in mid-stream",
            () -> FakeAnswer.writing("- a", " b").thenHangingUp(),
            "LLM_INCOMPLETE",
            true),
        fault(
            "reset in mid-stream",
            () -> FakeAnswer.writing("- a", " b").thenResetting(),
            "LLM_INCOMPLETE",
            true),
        fault(
            "ended before done",
            () -> FakeAnswer.writing("- a", " b").endingBeforeDone(),
            "LLM_INCOMPLETE",
            true),
        fault(
            "an error after 200",
            () -> FakeAnswer.writing("- a").thenError("out of memory"),
            "LLM_ERROR",
            true),
        fault(
            "a malformed line",
            () -> FakeAnswer.writing("- a").thenMalformedLine(),
            "LLM_ERROR",
            true),
        fault("HTML", FakeAnswer::html, "LLM_ERROR", false),
        fault("500", FakeAnswer::serverError, "LLM_ERROR", false),
        fault("400", () -> FakeAnswer.badRequest("bad option"), "LLM_ERROR", false),
        fault("503", FakeAnswer::busy, "LLM_UNAVAILABLE", false),
        fault("hangs up at once", FakeAnswer::hangingUp, "LLM_UNAVAILABLE", false),
        fault("model gone", FakeAnswer::modelMissing, "MODEL_MISSING", false),
        fault("slow to begin", FakeAnswer::silence, "LLM_TIMEOUT", false),
        fault("stalled", () -> FakeAnswer.writing("- a").thenStalling(), "LLM_TIMEOUT", true));
  }

  private static Arguments fault(
      String name, Supplier<FakeAnswer> answer, String code, boolean textCame) {
    return Arguments.of(Named.of(name, answer), code, textCame);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void the_job_ends_with_a_clear_code_keeps_what_was_written_and_costs_nothing(
      Supplier<FakeAnswer> answer, String code, boolean textCame) throws Exception {
    Client ada =
        start(
                "LLM_FIRST_TOKEN_TIMEOUT",
                "400ms",
                "LLM_TOKEN_GAP_TIMEOUT",
                "400ms",
                "LLM_TASK_TIMEOUT",
                "5s")
            .signedUp();
    ollama.always(answer.get());
    String id = ada.submit("Tea", "blog");
    List<Event> events = ada.watch(id);
    Event end = events.getLast();
    assertThat(end.type()).isEqualTo("error");
    assertThat(end.data().get("status").textValue()).isEqualTo("failed");
    assertThat(events.stream().anyMatch(event -> event.type().equals("text_delta")))
        .isEqualTo(textCame);
    JsonNode job = ada.job(id);
    JsonNode error = job.get("error");
    String said = error.get("code").textValue();
    if (said.equals("UPSTREAM_FAILED")) { // what the model wrote was of no use
      assertThat(code).isEqualTo("OUTPUT_INVALID");
      assertThat(error.get("message").textValue()).contains("research");
    } else {
      assertThat(said).as(error.toString()).isEqualTo(code);
    }
    assertThat(job.at("/tasks/0/state").textValue()).isEqualTo("failed");
    assertNothingCharged(ada);
  }

  @Test
  void a_model_that_is_not_there_is_told_with_the_command_that_fetches_it() {
    Client ada = start().signedUp();
    ollama.having("mistral:7b");
    Answer answer = ada.post("/v1/content/generate", BRIEF);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("MODEL_MISSING");
    assertThat(answer.json().get("remedy").textValue()).contains("ollama pull llama3.2:1b");
    assertNothingCharged(ada);
    JsonNode model = ada.get("/health").json().at("/components/model");
    assertThat(model.get("status").textValue()).isEqualTo("degraded");
    assertThat(model.get("remedy").textValue()).contains("ollama pull llama3.2:1b");
    assertThat(engine(ada))
        .isEqualTo(
            Map.of(
                "status",
                "model_missing",
                "model",
                "llama3.2:1b",
                "remedy",
                answer.json().get("remedy").textValue()));
  }

  private static Map<String, Object> engine(Client client) {
    Answer answer = client.get("/v1/content/engine");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    ApiDocument.assertShape(ApiDocument.operation("showEngine"), answer);
    Map<String, Object> members = new HashMap<>();
    answer
        .json()
        .properties()
        .forEach(
            member ->
                members.put(
                    member.getKey(),
                    member.getValue().isBoolean()
                        ? member.getValue().booleanValue()
                        : member.getValue().textValue()));
    return members;
  }

  @Test
  void everybody_is_told_by_what_a_job_would_be_written_now() {
    Client nobody = start();
    Map<String, Object> small =
        Map.of("status", "ready", "engine", "ollama", "model", "llama3.2:1b", "demo", false);
    assertThat(engine(nobody)).isEqualTo(small);
    Client ada = nobody.signedUp();
    assertThat(engine(ada)).isEqualTo(small);
    grantPro(ada);
    assertThat(engine(ada)).as("another plan, another model").isNotEqualTo(small);
    ollama.stop();
    await() // what is known of it is a little old
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(engine(nobody)).containsEntry("status", "unavailable").hasSize(2));
  }

  @Test
  void an_ollama_that_was_configured_and_is_down_is_an_error_and_never_replaced_in_silence()
      throws Exception {
    Client ada = start().signedUp();
    ollama.stop();
    Answer answer = ada.post("/v1/content/generate", BRIEF);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("LLM_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(answer.json().get("detail").textValue()).contains(ollama.url().toString());
    assertNothingCharged(ada);
    assertThat(ada.get("/health").json().get("status").textValue()).isEqualTo("degraded");
    ollama.restart();
    Answer later = null;
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      later = ada.post("/v1/content/generate", BRIEF);
      if (later.status() == 201) {
        break;
      }
      Thread.sleep(200);
    }
    assertThat(later.status()).as("it is used again without a restart").isEqualTo(201);
  }

  @Test
  void with_nothing_configured_samples_are_written_until_an_ollama_appears() throws Exception {
    ollama.stop();
    Client ada = start("OLLAMA_BASE_URL", "", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    Answer sample = ada.post("/v1/content/generate", BRIEF);
    assertThat(sample.json().get("demo").booleanValue()).isTrue();
    assertThat(sample.json().get("engine").textValue()).isEqualTo("offline");
    assertThat(ada.watch(sample.json().get("id").textValue()).getLast().type())
        .isEqualTo("complete");
    ollama.restart();
    Answer real = ada.post("/v1/content/generate", BRIEF);
    for (int i = 0; i < 100 && real.json().get("demo").booleanValue(); i++) {
      ada.watch(real.json().get("id").textValue());
      Thread.sleep(200);
      ada = Client.of(service().port()).signedUp();
      real = ada.post("/v1/content/generate", BRIEF);
    }
    assertThat(real.json().get("engine").textValue()).isEqualTo("ollama");
    assertThat(ada.watch(real.json().get("id").textValue()).getLast().type()).isEqualTo("complete");
  }

  @Test
  void several_servers_share_the_work_and_one_may_be_down() throws Exception {
    try (FakeOllama second = FakeOllama.start().having("llama3.2:1b")) {
      Client ada =
          start("OLLAMA_BASE_URL", ollama.url() + "," + second.url(), "LLM_RETRIES", "2")
              .signedUp();
      ollama.stop();
      String id = ada.submit("Tea", "blog");
      assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
      assertThat(second.chats()).isNotEmpty();
    }
  }

  @Test
  void a_bad_answer_is_asked_for_again_and_a_format_that_stays_bad_leaves_the_others()
      throws Exception {
    Client ada = start().signedUp();
    ollama.always(
        request ->
            request.body().path("format").isObject()
                    && request.body().toString().contains("intro_hook")
                ? FakeAnswer.writing("{\"intro_hook\":", " \"cut")
                : FakeAnswer.ofTheModel());
    String id = ada.submit("Tea", "blog", "audio");
    List<Event> events = ada.watch(id);
    assertThat(events.getLast().data().get("status").textValue()).isEqualTo("partial");
    assertThat(events)
        .extracting(Event::type)
        .contains("task_restarted", "artifact_failed", "artifact_ready");
    JsonNode results = ada.job(id).get("results");
    assertThat(results.at("/audio/error/code").textValue()).isEqualTo("OUTPUT_INVALID");
    assertThat(results.at("/blog/status").textValue()).isEqualTo("ready");
    assertThat(ada.get("/v1/content/jobs/" + id + "/artifacts/audio").status()).isEqualTo(404);
  }

  @Test
  void no_secret_and_nobody_elses_text_goes_to_the_model() throws Exception {
    Client ada = start().signedUp();
    ada.watch(ada.submit("CANARY-ONE", "social"));
    ada.watch(ada.submit("CANARY-TWO", "social"));
    var last = ollama.chats().getLast().body().toString();
    assertThat(last)
        .contains("CANARY-TWO")
        .doesNotContain("CANARY-ONE")
        .doesNotContain(SECRET_KEY)
        .doesNotContain("@example.com");
    assertThat(ollama.chats())
        .allSatisfy(
            chat -> {
              assertThat(chat.body().at("/messages/0/content").asText()).doesNotContain("CANARY");
              assertThat(chat.body().at("/options/num_predict").intValue()).isPositive();
              assertThat(chat.body().at("/options/num_ctx").intValue()).isEqualTo(8192);
            });
  }
}
