package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeRequest;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Ollama says nothing of its queue, so there is one before it. */
class OllamaGateTest extends OllamaTest {
  private TextGenerator parallel(int calls) {
    return generator(config -> config.withHttp(config.http().withParallel(calls)));
  }

  @Test
  void calls_beyond_the_limit_wait_in_order_and_are_told() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("0").waitingFor(goOn)).always(FakeAnswer.writing("n"));
    TextGenerator generator = parallel(1);
    List<RunningGeneration> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RunningGeneration call = RunningGeneration.start(generator, prompt.withUser("call " + i));
      calls.add(call);
      if (i == 0) {
        call.awaitPiece();
      } else {
        call.awaitTold(i - 1);
      }
    }
    assertThat(ollama.chats()).hasSize(1);
    goOn.countDown();
    for (RunningGeneration call : calls) {
      call.completion();
    }
    assertThat(calls.get(0).told()).isEmpty();
    assertThat(calls.get(1).told()).containsExactly(0);
    assertThat(calls.get(3).told()).startsWith(2).isSortedAccordingTo((a, b) -> b - a);
    assertThat(ollama.chats())
        .extracting(chat -> chat.body().at("/messages/1/content").asText())
        .containsExactly("call 0", "call 1", "call 2", "call 3");
  }

  @Test
  void as_many_as_the_server_takes_are_under_way_at_once() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.always(FakeAnswer.writing("a").waitingFor(goOn));
    TextGenerator generator = parallel(3);
    List<RunningGeneration> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(RunningGeneration.start(generator, prompt));
    }
    ollama.awaitChat(3);
    while (calls.stream().filter(call -> !call.told().isEmpty()).count() < 2) {
      Thread.onSpinWait();
    }
    assertThat(ollama.chats()).hasSize(3);
    goOn.countDown();
    for (RunningGeneration call : calls) {
      call.completion();
    }
    assertThat(ollama.chats()).hasSize(5);
  }

  @Test
  void an_interrupt_takes_a_call_out_of_the_line() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("0").waitingFor(goOn)).always(FakeAnswer.writing("n"));
    TextGenerator generator = parallel(1);
    RunningGeneration first = RunningGeneration.start(generator, prompt);
    first.awaitPiece();
    RunningGeneration second = RunningGeneration.start(generator, prompt);
    second.awaitTold(0);
    RunningGeneration third = RunningGeneration.start(generator, prompt);
    third.awaitTold(1);
    second.interrupt();
    assertThat(second.failure()).isInstanceOf(InterruptedException.class);
    third.awaitTold(0);
    goOn.countDown();
    first.completion();
    third.completion();
    assertThat(ollama.chats()).hasSize(2);
  }

  @Test
  void what_the_sink_throws_when_it_is_told_is_rethrown_unchanged() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.always(FakeAnswer.writing("0").waitingFor(goOn));
    TextGenerator generator = parallel(1);
    RunningGeneration first = RunningGeneration.start(generator, prompt);
    first.awaitPiece();
    IllegalStateException enough = new IllegalStateException("enough");
    TextSink sink =
        new TextSink() {
          @Override
          public void text(String piece) {}

          @Override
          public void queued(int ahead) {
            throw enough;
          }
        };
    assertThatThrownBy(() -> generator.generate(prompt, sink)).isSameAs(enough);
    goOn.countDown();
    first.completion();
  }

  @Test
  void a_place_is_free_again_however_a_call_ended() throws Exception {
    ollama
        .next(FakeAnswer.badRequest("no"), FakeAnswer.html(), FakeAnswer.modelMissing())
        .next(FakeAnswer.writing("a").thenResetting(), FakeAnswer.writing())
        .next(FakeAnswer.writing("a").thenStalling(), FakeAnswer.writing("a").thenStalling())
        .always(FakeAnswer.writing("end"));
    TextGenerator generator = parallel(1);
    for (int i = 0; i < 5; i++) {
      failure(generator);
    }
    RunningGeneration interrupted = RunningGeneration.start(generator, prompt);
    interrupted.awaitPiece();
    interrupted.interrupt();
    interrupted.failure();
    IllegalStateException enough = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                generator.generate(
                    prompt,
                    piece -> {
                      throw enough;
                    }))
        .isSameAs(enough);
    RunningGeneration last = RunningGeneration.start(generator, prompt);
    assertThat(last.awaitPiece()).isEqualTo("end");
    last.completion();
    assertThat(last.told()).isEmpty();
  }

  @Test
  void closing_ends_the_calls_that_run_and_those_that_wait() throws Exception {
    ollama.always(FakeAnswer.writing("0").thenStalling());
    OllamaConfig config = Fixtures.config(ollama);
    OllamaAdapter adapter = adapter(config.withHttp(config.http().withParallel(1)));
    RunningGeneration first = RunningGeneration.start(adapter.textGenerator(), prompt);
    first.awaitPiece();
    RunningGeneration second = RunningGeneration.start(adapter.textGenerator(), prompt);
    second.awaitTold(0);
    adapter.close();
    for (RunningGeneration call : List.of(first, second)) {
      assertThat(call.failure())
          .isInstanceOfSatisfying(
              ModelUnavailableException.class,
              failure -> assertThat(failure.fault()).isEqualTo(ModelFault.UNREACHABLE))
          .hasMessageContaining("closed");
    }
    for (FakeRequest chat : ollama.chats()) {
      assertThat(chat.awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
    }
    adapter.close();
    assertThatThrownBy(() -> adapter.textGenerator().generate(prompt, piece -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
