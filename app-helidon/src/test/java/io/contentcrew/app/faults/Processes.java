package io.contentcrew.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Signals to processes. */
final class Processes {
  /** What a busy machine may take for anything. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private Processes() {}

  /** Sends a signal that the JDK has no name for: {@code STOP}, {@code CONT}, {@code QUIT}. */
  static void signal(String name, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
      if (!kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("kill -" + name + " does not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills a process with all that it has started, and waits until they are gone. */
  static void killTree(ProcessHandle root) {
    var all = root.descendants().toList();
    root.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(root);
    all.forEach(Processes::awaitEnd);
  }

  static void awaitEnd(ProcessHandle process) {
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
