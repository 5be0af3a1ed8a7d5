package io.contentcrew.testkit;

import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A generation on a thread of its own, for tests that look at it while it runs. What is waited for
 * comes within 30 s, or the test fails. Safe for use by many threads.
 */
public final class RunningGeneration implements TextSink {
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final List<Integer> told = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Completion> result = new CompletableFuture<>();
  private final Thread thread;

  private RunningGeneration(TextGenerator generator, Prompt prompt) {
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

  /** Begins to generate. */
  public static RunningGeneration start(TextGenerator generator, Prompt prompt) {
    RunningGeneration running = new RunningGeneration(generator, prompt);
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
  public String awaitPiece() throws InterruptedException {
    String piece = pieces.poll(30, TimeUnit.SECONDS);
    if (piece == null) {
      throw new AssertionError("no piece came within 30 s; the result: " + result);
    }
    return piece;
  }

  /** Waits until it was told that so many are before it. */
  public void awaitTold(int ahead) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!told.contains(ahead)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("within 30 s it was told " + told + " and not " + ahead);
      }
      Thread.onSpinWait();
    }
  }

  /** The pieces that nobody has taken yet, together. */
  public String text() {
    return String.join("", pieces);
  }

  /** How many of them there are. */
  public int count() {
    return pieces.size();
  }

  /** How many it was told to be before it, each time. */
  public List<Integer> told() {
    return List.copyOf(told);
  }

  /** Interrupts the generating thread. */
  public void interrupt() {
    thread.interrupt();
  }

  /** How it ended; waits for it. */
  public Completion completion() throws Exception {
    return result.get(30, TimeUnit.SECONDS);
  }

  /** What it threw; waits for it, and fails if it ends without. */
  public Throwable failure() throws Exception {
    try {
      throw new AssertionError("it did not fail: " + result.get(30, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause(), "what was thrown");
    }
  }
}
