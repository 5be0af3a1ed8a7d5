package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.domain.ModelName;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several servers, of which any may be away, lack the model, or be cold. */
class OllamaEndpointsTest extends OllamaTest {
  private final FakeOllama second = another();

  @BeforeEach
  void answer() {
    ollama.always(FakeAnswer.writing("first"));
    second.always(FakeAnswer.writing("second"));
  }

  private TextGenerator both() {
    return generator(config -> config, ollama, second);
  }

  private String ask(TextGenerator generator) throws Exception {
    StringBuilder text = new StringBuilder();
    generator.generate(prompt, text::append);
    return text.toString();
  }

  @Test
  void they_take_turns_when_all_are_equal() throws Exception {
    TextGenerator generator = both();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(ask(generator));
    }
    assertThat(answers).containsOnly("first", "second");
    assertThat(ollama.chats()).hasSize(3);
    assertThat(second.chats()).hasSize(3);
  }

  @Test
  void the_one_with_less_to_do_is_asked() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.always(FakeAnswer.writing("first").waitingFor(goOn));
    second.always(FakeAnswer.writing("second").waitingFor(goOn));
    TextGenerator generator = both();
    List<RunningGeneration> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      RunningGeneration call = RunningGeneration.start(generator, prompt);
      call.awaitPiece();
      calls.add(call);
    }
    assertThat(ollama.chats()).hasSize(3);
    assertThat(second.chats()).hasSize(3);
    goOn.countDown();
    for (RunningGeneration call : calls) {
      call.completion();
    }
  }

  @Test
  void one_that_holds_the_model_in_memory_is_preferred() throws Exception {
    second.warm("llama3.2:1b");
    TextGenerator generator = both();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(generator)).isEqualTo("second");
    }
  }

  @Test
  void but_not_when_it_is_full_and_another_is_not() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    second.warm("llama3.2:1b").always(FakeAnswer.writing("second").waitingFor(goOn));
    TextGenerator generator =
        generator(config -> config.withHttp(config.http().withParallel(1)), ollama, second);
    RunningGeneration warm = RunningGeneration.start(generator, prompt);
    assertThat(warm.awaitPiece()).isEqualTo("second");
    assertThat(ask(generator)).isEqualTo("first");
    goOn.countDown();
    warm.completion();
  }

  @Test
  void one_that_is_away_is_passed_over() throws Exception {
    ollama.stop();
    TextGenerator generator = both();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(generator)).isEqualTo("second");
    }
    assertThat(generator.readiness(prompt.model())).isEqualTo(new Readiness.Ready());
  }

  @Test
  void one_that_goes_away_is_passed_over_from_then_on() throws Exception {
    TextGenerator generator = both();
    ask(generator);
    ask(generator);
    second.stop();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(generator)).isEqualTo("first");
    }
  }

  @Test
  void one_that_comes_back_is_used_again() throws Exception {
    TextGenerator generator = both();
    ask(generator);
    second.stop();
    ask(generator);
    ask(generator);
    second.restart();
    pass(Duration.ofSeconds(10));
    List<String> answers = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!answers.contains("second") && System.nanoTime() - end < 0) {
      answers.add(ask(generator)); // it is looked for in the background
      pass(Duration.ofSeconds(10));
    }
    assertThat(answers).contains("second");
  }

  @Test
  void when_all_are_away_the_failure_says_so() {
    ollama.stop();
    second.stop();
    assertThat(fault(failure(both()))).isEqualTo(ModelFault.UNREACHABLE);
  }

  @Test
  void one_without_the_model_is_not_asked() throws Exception {
    ollama.having("phi4:latest");
    TextGenerator generator = both();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(generator)).isEqualTo("second");
    }
    assertThat(ollama.chats()).isEmpty();
  }

  @Test
  void one_that_has_lost_the_model_sends_us_to_the_other_at_no_cost() throws Exception {
    TextGenerator generator =
        generator(
            config -> Fixtures.withRetries(config, new Retries(1, Duration.ZERO, Duration.ZERO)),
            ollama,
            second);
    ollama.always(FakeAnswer.modelMissing());
    for (int i = 0; i < 4; i++) {
      assertThat(ask(generator)).isEqualTo("second");
    }
  }

  @Test
  void when_no_one_has_the_model_all_are_named() {
    ollama.always(FakeAnswer.modelMissing());
    second.always(FakeAnswer.modelMissingOtherwise());
    PortException failure = failure(both());
    assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_MISSING);
    assertThat(failure)
        .hasMessageContaining(ollama.url().toString())
        .hasMessageContaining(second.url().toString())
        .hasMessageContaining("ollama pull llama3.2:1b");
  }

  @Test
  void a_failed_try_goes_on_at_another() throws Exception {
    ollama.always(FakeAnswer.serverError());
    second.always(FakeAnswer.writing("second"));
    TextGenerator generator =
        generator(
            config -> Fixtures.withRetries(config, new Retries(4, Duration.ZERO, Duration.ZERO)),
            ollama,
            second);
    assertThat(ask(generator)).isEqualTo("second");
  }

  @Test
  void a_model_that_only_one_has_is_ready() {
    ollama.having("phi4:latest");
    TextGenerator generator = both();
    assertThat(generator.readiness(new ModelName("phi4"))).isEqualTo(new Readiness.Ready());
    assertThat(generator.readiness(new ModelName("gemma3")))
        .isEqualTo(new Readiness.ModelMissing("Fetch it with: ollama pull gemma3"));
  }
}
