package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.ModelName;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a model could be asked now. */
class OllamaReadinessTest extends OllamaTest {
  private Readiness readiness() {
    return generator().readiness(prompt.model());
  }

  private static String reason(Readiness readiness) {
    assertThat(readiness).isInstanceOf(Readiness.Unavailable.class);
    return ((Readiness.Unavailable) readiness).reason();
  }

  @ParameterizedTest
  @CsvSource({
    "llama3.2, llama3.2:latest, true",
    "llama3.2:latest, llama3.2:latest, true",
    "llama3.2, llama3.2:1b, false",
    "llama3.2:1b, llama3.2:1b, true",
    "llama3.2:1b, llama3.2:1b-instruct, false",
    "localhost:5000/team/model, localhost:5000/team/model:latest, true"
  })
  void names_mean_what_they_mean_to_ollama(String asked, String there, boolean ready) {
    ollama.having(there);
    Readiness readiness = generator().readiness(new ModelName(asked));
    assertThat(readiness)
        .isEqualTo(
            ready
                ? new Readiness.Ready()
                : new Readiness.ModelMissing("Fetch it with: ollama pull " + asked));
  }

  @Test
  void the_remedy_is_the_exact_command() {
    ollama.having();
    assertThat(((Readiness.ModelMissing) readiness()).remedy()).contains("ollama pull llama3.2:1b");
  }

  @Test
  void the_answer_is_remembered_for_a_moment() {
    TextGenerator generator = generator();
    for (int i = 0; i < 5; i++) {
      generator.readiness(prompt.model());
      generator.readiness(new ModelName("other"));
    }
    assertThat(ollama.requests("/api/tags")).hasSize(1);
    ollama.having();
    pass(Duration.ofSeconds(4));
    assertThat(generator.readiness(prompt.model())).isInstanceOf(Readiness.ModelMissing.class);
    assertThat(ollama.requests("/api/tags")).hasSize(2);
  }

  @Test
  void a_server_that_is_away_is_told_with_its_address_and_what_to_do() {
    ollama.stop();
    assertThat(reason(readiness()))
        .contains(ollama.url().toString(), "connection refused", "ollama serve");
  }

  @Test
  void a_server_that_does_not_answer_is_not_waited_for() {
    for (String path : new String[] {"/api/version", "/api/tags"}) {
      ollama.alwaysAt(path, FakeAnswer.silence());
      TextGenerator generator = generator(config -> config, ollama, another(), ollama);
      long start = System.nanoTime();
      Readiness alone = readiness();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(reason(alone)).contains(ollama.url().toString());
      assertThat(generator.readiness(prompt.model())).isEqualTo(new Readiness.Ready());
    }
  }

  @Test
  void a_server_that_answered_of_late_and_is_slow_now_counts_as_there() {
    TextGenerator generator = generator();
    assertThat(generator.readiness(prompt.model())).isEqualTo(new Readiness.Ready());
    ollama.alwaysAt("/api/version", FakeAnswer.silence());
    pass(Duration.ofSeconds(4));
    assertThat(generator.readiness(prompt.model())).isEqualTo(new Readiness.Ready());
    assertThat(generator.readiness(new ModelName("other")))
        .isInstanceOf(Readiness.ModelMissing.class);
    pass(Duration.ofSeconds(30));
    assertThat(reason(generator.readiness(prompt.model()))).contains("no answer to a probe");
  }

  @Test
  void a_server_that_answered_of_late_and_is_gone_now_does_not() {
    TextGenerator generator = generator();
    generator.readiness(prompt.model());
    ollama.stop();
    pass(Duration.ofSeconds(4));
    assertThat(reason(generator.readiness(prompt.model()))).contains("cannot be reached");
  }

  @Test
  void something_else_at_the_address_is_told() {
    ollama.alwaysAt("/api/version", FakeAnswer.html());
    assertThat(reason(readiness())).contains("is not Ollama", "Correct the address");
  }

  @Test
  void an_answer_that_is_no_json_is_told() {
    ollama.alwaysAt("/api/tags", FakeAnswer.whole(200, "application/json", "{\"models\":"));
    assertThat(readiness()).isInstanceOf(Readiness.Unavailable.class);
  }

  @Test
  void an_interrupted_question_is_answered_and_the_interrupt_kept() {
    ollama.alwaysAt("/api/version", FakeAnswer.silence());
    TextGenerator generator = generator();
    Thread.currentThread().interrupt();
    Readiness readiness = generator.readiness(prompt.model());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reason(readiness)).contains("interrupted");
  }
}
