package io.contentcrew.sdk.generation;

import io.contentcrew.domain.generation.Finding;
import io.contentcrew.domain.generation.Finding.Severity;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.ports.generation.TextSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a model: keeps its answer, shows what of it is for readers, and stops it when it
 * babbles. For one answer and one thread.
 */
final class Listener implements TextSink {
  private static final int MAX_BLANKS = 200;

  private final TaskRun.Feed feed;
  private final Task task;
  private final @Nullable ShownJson json;
  private final StringBuilder answer = new StringBuilder();
  private int blanks;
  private @Nullable Finding complaint;

  /** The model has lost its thread; there is no sense in listening on. */
  static final class Babble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Babble() {
      super(null, null, false, false);
    }
  }

  Listener(TaskRun.Feed feed, Task task) {
    this.feed = feed;
    this.task = task;
    this.json = task.writesProse() ? null : new ShownJson();
  }

  @Override
  public void text(String piece) {
    answer.append(piece);
    String shown = json == null ? piece : json.feed(piece);
    if (!shown.isEmpty()) {
      feed.text(task, shown);
    }
    countBlanks(piece);
  }

  @Override
  public void queued(int ahead) {
    feed.queued(task, ahead);
  }

  /** The answer so far. */
  String text() {
    return WellFormed.text(answer.toString());
  }

  /** Why the model was stopped, if it was. */
  Optional<Finding> complaint() {
    return Optional.ofNullable(complaint);
  }

  /**
   * Models under a grammar are known to write blanks until they run out of room (ollama/ollama
   * issue 18567).
   */
  private void countBlanks(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      blanks = Character.isWhitespace(piece.charAt(i)) ? blanks + 1 : 0;
      if (blanks > MAX_BLANKS) {
        complaint =
            new Finding(
                Severity.FATAL,
                "text.degenerate",
                "The answer ran on in blanks: write only the text.");
        throw new Babble();
      }
    }
  }
}
