package io.contentcrew.testkit;

import io.contentcrew.ports.generation.TextGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** {@link ModelServerContract} for a generator that can ask a {@link FakeOllama}. */
public abstract class FakeOllamaContract extends ModelServerContract {
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeOllama server;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // there is a server once there is a generator
  protected FakeOllamaContract() {}

  /**
   * A generator that asks {@code server}.
   *
   * @param impatient whether it waits for the first token, and for the next one, a part of a second
   *     only; else longer than a test takes
   */
  protected abstract TextGenerator generator(FakeOllama server, boolean impatient);

  /** Closes something after the test. */
  protected final <T extends AutoCloseable> T closedAfterwards(T closeable) {
    open.add(closeable);
    return closeable;
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Override
  protected TextGenerator generator(Behaviour behaviour, String... pieces) {
    server = closedAfterwards(FakeOllama.start());
    boolean impatient = behaviour == Behaviour.NEVER_BEGINS || behaviour == Behaviour.STALLS;
    TextGenerator generator = generator(server, impatient);
    behave(behaviour, FakeAnswer.writing(pieces));
    return generator;
  }

  private void behave(Behaviour behaviour, FakeAnswer answer) {
    Duration none = Duration.ZERO;
    switch (behaviour) {
      case WRITES -> server.always(answer.counting(READ, WRITTEN, none, none, none));
      case RUNS_OUT_OF_ROOM -> server.always(answer.endingWith("length"));
      case PAUSES, NEVER_BEGINS, STALLS -> server.always(answer.thenStalling());
      case BREAKS_OFF -> server.always(answer.thenResetting());
      case SAYS_NOTHING -> server.always(answer);
      case IS_AWAY -> server.stop();
      case IS_BUSY -> server.always(FakeAnswer.busy());
      case LACKS_THE_MODEL -> server.having("another");
      case REFUSES -> server.always(FakeAnswer.badRequest("invalid options"));
      case FAILS -> server.always(FakeAnswer.serverError());
      case TALKS_NONSENSE -> server.always(FakeAnswer.html());
    }
  }

  @Override
  protected boolean awaitConnectionClosed(Duration atMost) throws InterruptedException {
    List<FakeRequest> chats = server.chats();
    return chats.isEmpty() || chats.getLast().awaitClosedByClient(atMost);
  }
}
