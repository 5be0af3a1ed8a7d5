package io.contentcrew.testkit;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.Mailer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A mailer that keeps what it is given, for tests to read, and fails when it is told to. Safe for
 * use by many threads.
 */
public final class RecordingMailer implements Mailer {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Message> sent = new ArrayList<>();
  private Optional<Supplier<PortException>> trouble = Optional.empty();

  @Override
  public void send(Message message) {
    lock.lock();
    try {
      if (trouble.isPresent()) {
        throw trouble.get().get();
      }
      sent.add(message);
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing can be handed over; later it may. */
  public void breakDown() {
    set(
        Optional.of(
            () -> new PortUnavailableException("the mail server is told to be away", null)));
  }

  /** From now on every message is refused for good. */
  public void refuse() {
    set(Optional.of(() -> new PortFailureException("the mail server is told to refuse", null)));
  }

  /** From now on messages are accepted again. */
  public void recover() {
    set(Optional.empty());
  }

  private void set(Optional<Supplier<PortException>> changed) {
    lock.lock();
    try {
      trouble = changed;
    } finally {
      lock.unlock();
    }
  }

  /** All that was accepted, in its order. */
  public List<Message> sent() {
    lock.lock();
    try {
      return List.copyOf(sent);
    } finally {
      lock.unlock();
    }
  }

  /** What was accepted for that address, in its order. */
  public List<Message> sentTo(EmailAddress to) {
    return sent().stream().filter(message -> message.to().equals(to)).toList();
  }

  /** Forgets what was sent. */
  public void clear() {
    lock.lock();
    try {
      sent.clear();
    } finally {
      lock.unlock();
    }
  }
}
