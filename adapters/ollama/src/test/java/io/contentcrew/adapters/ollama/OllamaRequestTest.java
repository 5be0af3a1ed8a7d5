package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Sampling;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeRequest;
import io.contentcrew.testkit.Prompts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Ollama is asked, to the letter. */
class OllamaRequestTest extends OllamaTest {
  private JsonNode ask(TextGenerator generator, Prompt asked) throws Exception {
    generator.generate(asked, piece -> {});
    return ollama.chats().getLast().body();
  }

  @Test
  void everything_that_matters_is_said_and_nothing_left_to_defaults() throws Exception {
    Prompt asked = prompt.withSampling(Sampling.of(0.3).withSeed(42)).withMaxTokens(777);
    JsonNode body = ask(generator(), asked);
    assertThat(body.path("model").asText()).isEqualTo("llama3.2:1b");
    assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(body.at("/messages/0/content").asText()).isEqualTo(asked.system());
    assertThat(body.at("/messages/1/role").asText()).isEqualTo("user");
    assertThat(body.at("/messages/1/content").asText()).isEqualTo(asked.user());
    assertThat(body.path("messages")).hasSize(2);
    assertThat(body.path("stream").isBoolean()).isTrue();
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("keep_alive").asText()).isEqualTo("30m");
    assertThat(body.at("/options/num_ctx").asInt()).isEqualTo(8_192);
    assertThat(body.at("/options/num_predict").asInt()).isEqualTo(777);
    assertThat(body.at("/options/temperature").asDouble()).isEqualTo(0.3);
    assertThat(body.at("/options/repeat_penalty").asDouble()).isEqualTo(1.1);
    assertThat(body.at("/options/seed").asLong()).isEqualTo(42);
    assertThat(body.has("format")).isFalse();
    assertThat(body.has("think")).isFalse();
    FakeRequest request = ollama.chats().getLast();
    assertThat(request.header("content-type").orElseThrow()).startsWith("application/json");
    assertThat(request.header("accept-encoding")).contains("identity");
    assertThat(request.header("authorization")).isEmpty();
  }

  @Test
  void without_a_seed_none_is_sent() throws Exception {
    assertThat(ask(generator(), prompt).path("options").has("seed")).isFalse();
  }

  @Test
  void a_schema_is_sent_as_the_format() throws Exception {
    Prompt asked = Prompts.aPrompt(Task.SOCIAL);
    JsonNode body = ask(generator(), asked);
    assertThat(body.path("format"))
        .isEqualTo(Json.MAPPER.readTree(asked.schema().orElseThrow().json()));
  }

  @Test
  void the_context_of_a_model_is_the_same_in_every_call() throws Exception {
    ModelName large = new ModelName("llama3.1:8b");
    TextGenerator generator =
        generator(config -> config.withContextTokensByModel(Map.of(large, 16_384)));
    List<Integer> small = new ArrayList<>();
    List<Integer> big = new ArrayList<>();
    for (Task task : Task.values()) {
      Prompt asked = Prompts.aPrompt(task).withMaxTokens(100 + 500 * task.ordinal());
      Prompt longer = asked.withUser(asked.user() + " more".repeat(task.ordinal() * 1_000));
      small.add(ask(generator, longer).at("/options/num_ctx").asInt());
      big.add(ask(generator, longer.withModel(large)).at("/options/num_ctx").asInt());
    }
    assertThat(small).hasSize(6).containsOnly(8_192);
    assertThat(big).hasSize(6).containsOnly(16_384);
  }

  @Test
  void how_long_a_model_is_kept_can_be_said() throws Exception {
    TextGenerator generator = generator(config -> config.withKeepAlive(Duration.ofSeconds(90)));
    assertThat(ask(generator, prompt).path("keep_alive").asText()).isEqualTo("90s");
  }

  @Test
  void a_model_that_thinks_is_told_not_to_and_is_looked_up_once() throws Exception {
    ollama.able("llama3.2:1b", "completion", "thinking");
    TextGenerator generator = generator();
    assertThat(ask(generator, prompt).path("think").asBoolean(true)).isFalse();
    assertThat(ask(generator, prompt).has("think")).isTrue();
    assertThat(ollama.requests("/api/show")).hasSize(1);
  }

  @Test
  void each_model_is_looked_up_for_itself() throws Exception {
    ollama.able("llama3.2:1b", "completion", "thinking");
    TextGenerator generator = generator();
    ask(generator, prompt);
    JsonNode other = ask(generator, prompt.withModel(new ModelName("llama3.2:3b")));
    assertThat(other.has("think")).isFalse();
    assertThat(ollama.requests("/api/show")).hasSize(2);
  }

  @Test
  void a_server_that_does_not_tell_what_models_can_do_is_asked_all_the_same() throws Exception {
    ollama.alwaysAt("/api/show", FakeAnswer.html());
    assertThat(ask(generator(), prompt).has("think")).isFalse();
    ollama.alwaysAt("/api/show", FakeAnswer.serverError());
    assertThat(ask(generator(), prompt).has("think")).isFalse();
  }

  @Test
  void thoughts_are_not_passed_on() throws Exception {
    ollama.always(FakeAnswer.writing().thenThinking("hm, let me see").thenWriting("Once"));
    generator().generate(prompt, pieces::add);
    assertThat(pieces).containsExactly("Once");
  }

  @Test
  void text_that_is_no_proper_unicode_does_not_break_the_request() throws Exception {
    JsonNode body = ask(generator(), prompt.withUser("half \uD83D a character"));
    assertThat(body.at("/messages/1/content").asText()).isEqualTo("half ? a character");
  }

  @Test
  void a_path_in_front_of_ollama_is_kept() throws Exception {
    ollama.alwaysAt("/models/api/chat", FakeAnswer.writing("Once"));
    OllamaConfig config = OllamaConfig.of(ollama.url() + "/models/");
    adapter(config).textGenerator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void an_address_of_another_dialect_is_refused() {
    for (String url : List.of("http://localhost:11434/v1", "http://localhost:11434/api/")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OllamaConfig.of(url))
          .withMessageContaining("comes without");
    }
  }

  @Test
  void sizes_and_times_that_make_no_sense_are_refused() {
    OllamaConfig config = OllamaConfig.of("http://localhost:11434");
    assertThatIllegalArgumentException().isThrownBy(() -> config.withContextTokens(100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withContextTokensByModel(Map.of(new ModelName("m"), 0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withKeepAlive(Duration.ofSeconds(-1)));
  }
}
