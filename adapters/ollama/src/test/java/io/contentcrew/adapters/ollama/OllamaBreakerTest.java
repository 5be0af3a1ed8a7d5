package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A server that fails is left alone for a while. */
class OllamaBreakerTest extends OllamaTest {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** One try a call, and a pause that the test's clock decides. */
  private TextGenerator once() {
    return generator(
        config -> {
          OllamaConfig once =
              Fixtures.withRetries(config, new Retries(1, Duration.ZERO, Duration.ZERO));
          return once.withHttp(once.http().withBreakerPause(PAUSE));
        });
  }

  @Test
  void after_five_failures_nothing_is_asked_until_the_pause_is_over() throws Exception {
    TextGenerator generator = once();
    ollama.next(5, FakeAnswer.serverError()).always(FakeAnswer.writing("Once"));
    for (int i = 0; i < 5; i++) {
      assertThat(fault(failure(generator))).isEqualTo(ModelFault.MODEL_ERROR);
    }
    PortException failure = failure(generator);
    assertThat(fault(failure)).isEqualTo(ModelFault.CIRCUIT_OPEN);
    assertThat(failure).hasMessageContaining("left alone");
    assertThat(((ModelUnavailableException) failure).retryAfter()).contains(PAUSE);
    assertThat(ollama.chats()).hasSize(5);
    pass(PAUSE);
    generator.generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.requests("/api/version")).hasSize(1);
  }

  @Test
  void a_refused_connection_is_enough() throws Exception {
    TextGenerator generator = once();
    ollama.stop();
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.UNREACHABLE);
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.CIRCUIT_OPEN);
    pass(PAUSE);
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.CIRCUIT_OPEN);
    ollama.restart();
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.CIRCUIT_OPEN);
    pass(PAUSE);
    generator.generate(prompt, pieces::add);
    assertThat(pieces).isNotEmpty();
  }

  @Test
  void a_probe_that_meets_something_else_keeps_it_open() {
    TextGenerator generator = once();
    ollama.stop();
    failure(generator);
    ollama.restart();
    ollama.alwaysAt("/api/version", FakeAnswer.html());
    pass(PAUSE);
    assertThat(fault(failure(generator))).isEqualTo(ModelFault.CIRCUIT_OPEN);
    assertThat(ollama.chats()).isEmpty();
  }

  @Test
  void a_busy_server_is_not_a_broken_one() {
    TextGenerator generator = once();
    ollama.always(FakeAnswer.busy());
    for (int i = 0; i < 8; i++) {
      assertThat(fault(failure(generator))).isEqualTo(ModelFault.BUSY);
    }
  }

  @Test
  void what_the_asker_did_wrong_does_not_speak_against_the_server() {
    TextGenerator generator = once();
    ollama.next(8, FakeAnswer.badRequest("no")).next(8, FakeAnswer.modelMissing());
    for (int i = 0; i < 16; i++) {
      assertThat(fault(failure(generator)))
          .isEqualTo(i < 8 ? ModelFault.REJECTED : ModelFault.MODEL_MISSING);
    }
  }

  @Test
  void interrupted_calls_do_not_speak_against_the_server() throws Exception {
    TextGenerator generator = once();
    ollama.next(6, FakeAnswer.writing("a").thenStalling()).always(FakeAnswer.writing("end"));
    for (int i = 0; i < 6; i++) {
      RunningGeneration call = RunningGeneration.start(generator, prompt);
      call.awaitPiece();
      call.interrupt();
      call.failure();
    }
    generator.generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("end");
  }

  @Test
  void a_call_that_had_failed_before_waits_for_the_pause_to_end() throws Exception {
    TextGenerator patient =
        generator(
            config -> {
              Retries retries = new Retries(3, Duration.ZERO, Duration.ofSeconds(30));
              OllamaConfig patience = Fixtures.withRetries(config, retries);
              return patience.withHttp(patience.http().withBreakerPause(Duration.ofMillis(500)));
            });
    ollama.stop();
    PortException failure = failure(patient);
    assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE); // and not that it is left alone
    assertThat(failure).hasMessageEndingWith("Tried 3 times.");
  }

  @Test
  void calls_that_stood_in_line_when_it_broke_do_not_fail_for_it() throws Exception {
    CountDownLatch breakNow = new CountDownLatch(1);
    ollama
        .next(FakeAnswer.writing("0").waitingFor(breakNow).thenResetting())
        .always(FakeAnswer.writing("n"));
    TextGenerator generator =
        generator(
            config -> {
              Retries retries = new Retries(3, Duration.ZERO, Duration.ofSeconds(30));
              OllamaConfig patience = Fixtures.withRetries(config, retries);
              return patience.withHttp(
                  patience.http().withParallel(1).withBreakerPause(Duration.ofMillis(100)));
            });
    RunningGeneration first = RunningGeneration.start(generator, prompt);
    first.awaitPiece();
    RunningGeneration second = RunningGeneration.start(generator, prompt);
    second.awaitTold(0);
    breakNow.countDown();
    first.failure();
    assertThat(second.awaitPiece()).isEqualTo("n");
    second.completion();
  }

  @Test
  void a_server_that_is_left_alone_is_not_ready() {
    TextGenerator generator = once();
    ollama.next(5, FakeAnswer.serverError());
    for (int i = 0; i < 5; i++) {
      failure(generator);
    }
    assertThat(generator.readiness(prompt.model()))
        .isInstanceOfSatisfying(
            Readiness.Unavailable.class,
            unavailable -> {
              assertThat(unavailable.reason()).contains("left alone");
              assertThat(unavailable.retryAfter()).contains(PAUSE);
            });
    pass(PAUSE.plusSeconds(2));
    assertThat(generator.readiness(prompt.model())).isEqualTo(new Readiness.Ready());
  }
}
