package io.contentcrew.adapters.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.OutputSchema;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Sampling;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.Prompts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What such a server is asked, to the letter. */
class OpenAiRequestTest extends OpenAiTest {
  private JsonNode ask(TextGenerator generator, Prompt asked) throws Exception {
    generator.generate(asked, piece -> {});
    return ollama.chats().getLast().body();
  }

  @Test
  void everything_that_matters_is_said() throws Exception {
    Prompt asked = prompt.withSampling(Sampling.of(0.3).withSeed(42)).withMaxTokens(777);
    JsonNode body = ask(generator(), asked);
    assertThat(body.path("model").asText()).isEqualTo("llama3.2:1b");
    assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(body.at("/messages/0/content").asText()).isEqualTo(asked.system());
    assertThat(body.at("/messages/1/role").asText()).isEqualTo("user");
    assertThat(body.at("/messages/1/content").asText()).isEqualTo(asked.user());
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(body.path("max_tokens").asInt()).isEqualTo(777);
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.3);
    assertThat(body.path("seed").asLong()).isEqualTo(42);
    assertThat(body.has("response_format")).isFalse();
    assertThat(ollama.chats().getLast().path()).isEqualTo("/v1/chat/completions");
    assertThat(ollama.chats().getLast().header("authorization")).isEmpty();
  }

  @Test
  void newer_models_get_the_limit_by_its_newer_name() throws Exception {
    JsonNode body =
        ask(generator(config -> config.withLengthField("max_completion_tokens")), prompt);
    assertThat(body.has("max_tokens")).isFalse();
    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(prompt.maxTokens());
  }

  @Test
  void a_key_is_sent_as_a_bearer_token() throws Exception {
    ollama.wantingKey("sk-123");
    ask(generator(config -> config.withApiKey(Secret.of("sk-123"))), prompt);
    assertThat(ollama.chats().getLast().header("authorization")).contains("Bearer sk-123");
  }

  @Test
  void a_model_is_asked_by_the_name_that_the_provider_has_for_it() throws Exception {
    TextGenerator generator =
        generator(config -> config.withModels(Map.of(prompt.model(), "gpt-5-nano (eu)")));
    ollama.always(FakeAnswer.writing("Once"));
    assertThat(ask(generator, prompt).path("model").asText()).isEqualTo("gpt-5-nano (eu)");
    ModelName other = new ModelName("other");
    assertThat(ask(generator, prompt.withModel(other)).path("model").asText()).isEqualTo("other");
    // What the provider calls it is no name of a model here.
    assertThat(generator.generate(prompt, piece -> {}).model()).isEqualTo(prompt.model());
  }

  @Test
  void a_schema_is_sent_as_the_response_format() throws Exception {
    Prompt asked = Prompts.aPrompt(Task.SOCIAL);
    JsonNode format = ask(generator(), asked).path("response_format");
    assertThat(format.path("type").asText()).isEqualTo("json_schema");
    assertThat(format.at("/json_schema/name").asText()).isEqualTo("social");
    assertThat(format.at("/json_schema/schema"))
        .isEqualTo(Json.MAPPER.readTree(asked.schema().orElseThrow().json()));
  }

  @Test
  void a_schema_is_strict_when_it_is_of_the_kind_that_can_be() throws Exception {
    String inner = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}";
    String closed = ",\"required\":[\"a\"],\"additionalProperties\":false}";
    assertThat(strict(inner + closed)).isTrue();
    assertThat(strict("{\"type\":\"array\",\"items\":" + inner + closed + "}")).isTrue();
    assertThat(strict(inner + "}")).isFalse();
    assertThat(strict(inner + ",\"required\":[\"a\"]}")).isFalse();
    assertThat(strict("{\"type\":\"array\",\"items\":" + inner + "}}")).isFalse();
  }

  private boolean strict(String schema) throws Exception {
    Prompt asked =
        new Prompt(
            Task.SOCIAL,
            prompt.brief(),
            prompt.model(),
            "v",
            "s",
            "u",
            Sampling.of(0),
            10,
            Optional.of(new OutputSchema("shape", schema)));
    ollama.always(FakeAnswer.writing("Once"));
    return ask(generator(), asked).at("/response_format/json_schema/strict").asBoolean();
  }

  @Test
  void an_address_with_a_path_is_taken_as_it_is() {
    assertThat(OpenAiConfig.of("http://a, http://b/, https://c/openai/v1/").http().baseUrls())
        .extracting(Object::toString)
        .containsExactly("http://a/v1", "http://b/v1", "https://c/openai/v1");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    OpenAiConfig config = OpenAiConfig.of("http://a");
    for (String key : new String[] {"", "two words", "line\nend", "caf\u00E9"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config.withApiKey(Secret.of(key)))
          .withMessageContaining("API key");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> config.withLengthField("limit"));
  }

  @Test
  void it_is_ready_when_its_list_has_the_model() {
    assertThat(generator().readiness(prompt.model())).isEqualTo(new Readiness.Ready());
    assertThat(generator().readiness(new ModelName("gpt-5")))
        .isInstanceOfSatisfying(
            Readiness.ModelMissing.class,
            missing -> assertThat(missing.remedy()).contains("map its name"));
    Map<ModelName, String> names = Map.of(new ModelName("gpt-5"), "llama3.2:3b");
    assertThat(generator(c -> c.withModels(names)).readiness(new ModelName("gpt-5")))
        .isEqualTo(new Readiness.Ready());
  }

  @Test
  void whole_families_in_a_list_are_understood() {
    ollama.having("openai/*");
    assertThat(generator().readiness(new ModelName("openai/gpt-5")))
        .isEqualTo(new Readiness.Ready());
    assertThat(generator().readiness(new ModelName("other/gpt-5")))
        .isInstanceOf(Readiness.ModelMissing.class);
  }

  @Test
  void a_server_without_a_list_is_taken_to_be_ready() {
    for (FakeAnswer answer :
        new FakeAnswer[] {
          FakeAnswer.failing(404, "not here"), FakeAnswer.failing(405, "no"), FakeAnswer.html()
        }) {
      ollama.alwaysAt("/v1/models", answer);
      assertThat(generator().readiness(prompt.model())).isEqualTo(new Readiness.Ready());
    }
  }

  @Test
  void a_server_that_does_not_let_us_in_is_not_ready() {
    ollama.wantingKey("right");
    assertThat(generator(c -> c.withApiKey(Secret.of("wrong"))).readiness(prompt.model()))
        .isInstanceOfSatisfying(
            Readiness.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("Check the key"));
  }

  @Test
  void a_server_that_fails_is_not_ready() {
    ollama.alwaysAt("/v1/models", FakeAnswer.serverError());
    assertThat(generator().readiness(prompt.model())).isInstanceOf(Readiness.Unavailable.class);
  }

  @Test
  void of_several_servers_one_that_is_away_is_passed_over() throws Exception {
    FakeOllama second = another();
    second.always(FakeAnswer.writing("second"));
    ollama.stop();
    TextGenerator generator = generator(config -> config, ollama, second);
    for (int i = 0; i < 3; i++) {
      generator.generate(prompt, pieces::add);
    }
    assertThat(pieces).containsOnly("second").hasSize(3);
  }
}
