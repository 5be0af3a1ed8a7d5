package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another try, but only before the first token, and only for what may pass. */
class OllamaRetriesTest extends OllamaTest {
  private TextGenerator trying(int tries, Duration backoff, Duration budget) {
    return generator(config -> Fixtures.withRetries(config, new Retries(tries, backoff, budget)));
  }

  @Test
  void what_passes_is_tried_until_it_goes_well() throws Exception {
    ollama
        .next(FakeAnswer.busy(), FakeAnswer.serverError())
        .next(FakeAnswer.writing().endingBeforeDone(), FakeAnswer.failing(502, "bad gateway"))
        .always(FakeAnswer.writing("Once"));
    Completion completion = trying(5, Duration.ZERO, Duration.ZERO).generate(prompt, pieces::add);
    assertThat(pieces).containsExactly("Once");
    assertThat(completion.timings().retries()).isEqualTo(4);
    assertThat(ollama.chats()).hasSize(5);
  }

  @Test
  void a_thought_is_a_token_after_which_nothing_is_tried_again() {
    ollama.always(FakeAnswer.writing().thenThinking("hm").thenResetting());
    PortException failure = failure(generator());
    assertThat(fault(failure)).isEqualTo(ModelFault.INCOMPLETE);
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void the_pauses_are_drawn_below_a_limit_that_doubles() throws Exception {
    ollama.always(FakeAnswer.busy());
    long start = System.nanoTime();
    failure(trying(4, Duration.ofMillis(100), Duration.ofSeconds(30)));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(ollama.chats()).hasSize(4);
    assertThat(took).isLessThan(Duration.ofSeconds(20)); // 0.1 + 0.2 + 0.4 s at most, and slack
  }

  @Test
  void the_time_that_the_server_asks_for_is_waited() throws Exception {
    ollama.next(FakeAnswer.busy("1")).always(FakeAnswer.writing("Once"));
    long start = System.nanoTime();
    trying(2, Duration.ZERO, Duration.ofSeconds(10)).generate(prompt, pieces::add);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void a_time_that_is_too_long_is_not_waited_but_told() {
    ollama.always(FakeAnswer.tooMany("60"));
    PortException failure = failure(trying(3, Duration.ZERO, Duration.ofSeconds(10)));
    assertThat(fault(failure)).isEqualTo(ModelFault.BUSY);
    assertThat(((ModelUnavailableException) failure).retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_time_that_is_given_as_a_date_counts_from_now() {
    ollama.always(FakeAnswer.busy("Sun, 22 Nov 2026 10:05:00 GMT"));
    PortException failure = failure(trying(3, Duration.ZERO, Duration.ofSeconds(10)));
    assertThat(((ModelUnavailableException) failure).retryAfter()).contains(Duration.ofMinutes(5));
  }

  @Test
  void all_pauses_together_have_a_limit() {
    ollama.always(FakeAnswer.busy("1"));
    failure(trying(10, Duration.ZERO, Duration.ofMillis(1_500)));
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void an_interrupt_ends_a_pause() throws Exception {
    ollama.always(FakeAnswer.busy("20"));
    RunningGeneration running =
        RunningGeneration.start(trying(3, Duration.ZERO, Duration.ofSeconds(30)), prompt);
    ollama.awaitChat(1);
    running.interrupt();
    assertThat(running.failure()).isInstanceOf(InterruptedException.class);
    assertThat(ollama.chats()).hasSize(1);
  }

  @Test
  void a_connection_that_the_server_had_closed_meanwhile_costs_no_try() throws Exception {
    TextGenerator generator = trying(1, Duration.ZERO, Duration.ZERO);
    ollama.always(FakeAnswer.writing("Once"));
    generator.generate(prompt, pieces::add);
    ollama.restart();
    Completion completion = generator.generate(prompt, pieces::add);
    assertThat(pieces).containsExactly("Once", "Once");
    assertThat(completion.timings().retries()).isZero();
  }

  @Test
  void a_server_that_closes_every_connection_is_not_asked_for_ever() {
    ollama.always(FakeAnswer.hangingUp());
    TextGenerator generator = trying(2, Duration.ZERO, Duration.ZERO);
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.UNREACHABLE);
    assertThat(ollama.chats()).hasSizeBetween(2, 3);
  }

  @Test
  void one_connection_serves_calls_one_after_the_other() throws Exception {
    TextGenerator generator = generator();
    ollama.always(FakeAnswer.writing("Once"));
    for (int i = 0; i < 5; i++) {
      generator.generate(prompt, pieces::add);
    }
    assertThat(ollama.chats().stream().map(chat -> chat.connection()).distinct()).hasSize(1);
  }
}
