package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.ModelName;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A missing model is fetched, but only when that is wanted. */
class OllamaPullTest extends OllamaTest {
  private static final FakeAnswer FETCHED =
      FakeAnswer.writing().thenRaw("{\"status\":\"success\"}\n").endingBeforeDone();

  @BeforeEach
  void lackTheModel() {
    ollama.having();
  }

  private TextGenerator pulling() {
    return generator(config -> config.withPullMissing(true));
  }

  @Test
  void it_is_not_fetched_unless_that_is_wanted() {
    assertThat(fault(failure(generator()))).isEqualTo(ModelFault.MODEL_MISSING);
    assertThat(ollama.requests("/api/pull")).isEmpty();
  }

  @Test
  void it_is_fetched_and_then_asked() throws Exception {
    pulling().generate(prompt, pieces::add);
    assertThat(pieces).isNotEmpty();
    assertThat(ollama.requests("/api/pull")).hasSize(1);
    assertThat(ollama.requests("/api/pull").getFirst().body().path("model").asText())
        .isEqualTo("llama3.2:1b");
  }

  @Test
  void calls_that_wait_for_the_same_model_share_one_fetch() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.nextAt(
        "/api/pull",
        FakeAnswer.writing()
            .thenRaw("{\"status\":\"pulling manifest\"}\n")
            .waitingFor(goOn)
            .thenRaw("{\"status\":\"success\"}\n")
            .endingBeforeDone());
    ollama.next(3, FakeAnswer.modelMissing()).always(FakeAnswer.writing("Once"));
    TextGenerator generator = pulling();
    List<RunningGeneration> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(RunningGeneration.start(generator, prompt));
    }
    ollama.awaitChat(3);
    while (ollama.requests("/api/pull").isEmpty()) {
      Thread.onSpinWait();
    }
    Thread.sleep(500); // a call that came later would rightly fetch again
    goOn.countDown();
    for (RunningGeneration call : calls) {
      assertThat(call.awaitPiece()).isEqualTo("Once");
      call.completion();
    }
    assertThat(ollama.requests("/api/pull")).hasSize(1);
  }

  @Test
  void a_fetch_that_fails_leaves_the_model_missing() {
    for (FakeAnswer answer :
        new FakeAnswer[] {
          FakeAnswer.writing().thenRaw("{\"error\":\"no such model\"}\n").endingBeforeDone(),
          FakeAnswer.writing().thenRaw("{\"status\":\"pulling\"}\n").endingBeforeDone(),
          FakeAnswer.writing().thenRaw("not json\n").endingBeforeDone(),
          FakeAnswer.writing().thenRaw("{\"status\":\"pulling\"}\n").thenResetting(),
          FakeAnswer.serverError()
        }) {
      ollama.nextAt("/api/pull", answer);
      PortException failure = failure(pulling());
      assertThat(fault(failure)).isEqualTo(ModelFault.MODEL_MISSING);
      assertThat(failure).hasMessageContaining("ollama pull llama3.2:1b");
    }
  }

  @Test
  void a_model_that_is_still_missing_after_a_fetch_is_not_fetched_again() {
    ollama.alwaysAt("/api/pull", FETCHED);
    ollama.always(FakeAnswer.modelMissing());
    assertThat(fault(failure(pulling()))).isEqualTo(ModelFault.MODEL_MISSING);
    assertThat(ollama.requests("/api/pull")).hasSize(1);
  }

  @Test
  void an_interrupt_ends_the_wait_but_not_the_fetch() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.nextAt(
        "/api/pull",
        FakeAnswer.writing().thenRaw("{\"status\":\"a\"}\n").waitingFor(goOn).endingBeforeDone());
    RunningGeneration call = RunningGeneration.start(pulling(), prompt);
    while (ollama.requests("/api/pull").isEmpty()) {
      Thread.onSpinWait();
    }
    call.interrupt();
    assertThat(call.failure()).isInstanceOf(InterruptedException.class);
    assertThat(ollama.requests("/api/pull").getFirst().closedByClientAfter()).isEmpty();
    goOn.countDown();
  }

  @Test
  void closing_ends_the_fetch() throws Exception {
    ollama.nextAt("/api/pull", FakeAnswer.writing().thenRaw("{\"status\":\"a\"}\n").thenStalling());
    OllamaAdapter adapter = adapter(Fixtures.config(ollama).withPullMissing(true));
    RunningGeneration call = RunningGeneration.start(adapter.textGenerator(), prompt);
    while (ollama.requests("/api/pull").isEmpty()) {
      Thread.onSpinWait();
    }
    adapter.close();
    assertThat(call.failure()).isNotNull();
    assertThat(ollama.requests("/api/pull").getFirst().awaitClosedByClient(Duration.ofSeconds(10)))
        .isTrue();
  }

  @Test
  void progress_is_the_sum_over_all_layers() throws Exception {
    PullProgress progress = new PullProgress(new ModelName("m"));
    assertThat(progress.percent()).isZero();
    for (String line :
        new String[] {
          "{\"status\":\"pulling manifest\"}",
          "{\"status\":\"pulling\",\"digest\":\"a\",\"total\":100}",
          "{\"status\":\"pulling\",\"digest\":\"b\",\"total\":300,\"completed\":100}",
          "{\"status\":\"pulling\",\"digest\":\"a\",\"total\":100,\"completed\":100}",
        }) {
      progress.line(Json.MAPPER.readTree(line));
    }
    assertThat(progress.percent()).isEqualTo(50);
    assertThat(progress.succeeded()).isFalse();
    progress.line(Json.MAPPER.readTree("{\"status\":\"success\"}"));
    assertThat(progress.succeeded()).isTrue();
  }
}
