package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeRequest;
import io.contentcrew.testkit.ModelServerContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class OllamaContractTest extends ModelServerContract {
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeOllama ollama;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Override
  protected TextGenerator generator(Behaviour behaviour, String... pieces) {
    ollama = FakeOllama.start();
    open.add(ollama);
    OllamaConfig config = behave(behaviour, FakeAnswer.writing(pieces));
    OllamaAdapter adapter = OllamaAdapter.open(config, InstantSource.system());
    open.add(adapter);
    return adapter.textGenerator();
  }

  private OllamaConfig behave(Behaviour behaviour, FakeAnswer answer) {
    OllamaConfig config = Fixtures.config(ollama);
    Duration none = Duration.ZERO;
    Timeouts impatient =
        new Timeouts(Duration.ofSeconds(5), Fixtures.SHORT, Fixtures.SHORT, Fixtures.LONG);
    switch (behaviour) {
      case WRITES -> ollama.always(answer.counting(READ, WRITTEN, none, none, none));
      case RUNS_OUT_OF_ROOM -> ollama.always(answer.endingWith("length"));
      case PAUSES, NEVER_BEGINS, STALLS -> ollama.always(answer.thenStalling());
      case BREAKS_OFF -> ollama.always(answer.thenResetting());
      case SAYS_NOTHING -> ollama.always(answer);
      case IS_AWAY -> ollama.stop();
      case IS_BUSY -> ollama.always(FakeAnswer.busy());
      case LACKS_THE_MODEL -> ollama.having("another");
      case REFUSES -> ollama.always(FakeAnswer.badRequest("invalid options"));
      case FAILS -> ollama.always(FakeAnswer.serverError());
      case TALKS_NONSENSE -> ollama.always(FakeAnswer.html());
    }
    return switch (behaviour) {
      case NEVER_BEGINS, STALLS -> Fixtures.withTimeouts(config, impatient);
      default -> config;
    };
  }

  @Override
  protected boolean awaitConnectionClosed(Duration atMost) throws InterruptedException {
    List<FakeRequest> chats = ollama.chats();
    return chats.isEmpty() || chats.getLast().awaitClosedByClient(atMost);
  }
}
