package io.contentcrew.adapters.mail;

import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.Mailer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends each message on a platform thread, of which there are few. The library waits for the
 * network within {@code synchronized} methods, which on Java 21 would hold the carrier of a virtual
 * thread for as long.
 */
final class SmtpMailer implements Mailer, AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final MailConfig config;
  private final Envelopes envelopes;
  private final SmtpSettings settings;
  private final ThreadPoolExecutor threads;

  SmtpMailer(MailConfig config, InstantSource clock) {
    this.config = config;
    this.envelopes = new Envelopes(config.from(), config.fromName(), clock);
    this.settings = new SmtpSettings(config, writeTimer());
    this.threads =
        new ThreadPoolExecutor(
            CONNECTIONS,
            CONNECTIONS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("mail-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Ends writes that take too long; its thread goes when there are none. */
  private static ScheduledThreadPoolExecutor writeTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("mail-writes").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(30, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  @Override
  public void send(Message message) {
    Line line = new Line();
    SmtpAttempt attempt = new SmtpAttempt(config, settings, envelopes, line);
    FutureTask<Void> task = new FutureTask<>(() -> attempt.send(message), null);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the mail adapter is closed", e);
    }
    await(task, line);
  }

  private void await(FutureTask<Void> task, Line line) {
    Duration total = config.timeouts().total();
    try {
      task.get(total.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case PortException failed -> throw failed;
        case null -> throw new IllegalStateException("sending mail failed", e);
        // its text may hold what the server said, and that an address
        case Throwable bug ->
            throw new IllegalStateException("sending mail failed with " + bug.getClass());
      }
    } catch (TimeoutException e) {
      abandon(task, line);
      throw new PortUnavailableException(
          settings.server() + " did not take a message within " + total, e);
    } catch (InterruptedException e) {
      abandon(task, line);
      Thread.currentThread().interrupt();
      throw new PortUnavailableException("interrupted while sending mail", e);
    }
  }

  private void abandon(FutureTask<Void> task, Line line) {
    task.cancel(false);
    threads.remove(task);
    line.cut();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
