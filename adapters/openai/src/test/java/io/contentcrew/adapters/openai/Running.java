package io.contentcrew.adapters.openai;

import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A generation on a thread of its own. */
final class Running implements TextSink {
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final List<Integer> told = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Completion> result = new CompletableFuture<>();
  private final Thread thread;

  private Running(TextGenerator generator, Prompt prompt) {
    thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    result.complete(generator.generate(prompt, this));
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
  }

  static Running start(TextGenerator generator, Prompt prompt) {
    Running running = new Running(generator, prompt);
    running.thread.start();
    return running;
  }

  @Override
  public void text(String piece) {
    pieces.add(piece);
  }

  @Override
  public void queued(int ahead) {
    told.add(ahead);
  }

  /** The next piece; waits for it. */
  String awaitPiece() throws InterruptedException {
    String piece = pieces.poll(30, TimeUnit.SECONDS);
    if (piece == null) {
      throw new AssertionError("no piece came within 30 s; the result: " + result);
    }
    return piece;
  }

  /** Waits until it was told that so many are before it. */
  void awaitTold(int ahead) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!told.contains(ahead)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("within 30 s it was told " + told + " and not " + ahead);
      }
      Thread.onSpinWait();
    }
  }

  /** The pieces that nobody has taken yet, together. */
  String text() {
    return String.join("", pieces);
  }

  /** How many of them there are. */
  int count() {
    return pieces.size();
  }

  List<Integer> told() {
    return List.copyOf(told);
  }

  void interrupt() {
    thread.interrupt();
  }

  Completion completion() throws Exception {
    return result.get(30, TimeUnit.SECONDS);
  }

  Throwable failure() throws Exception {
    try {
      throw new AssertionError("it did not fail: " + result.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
