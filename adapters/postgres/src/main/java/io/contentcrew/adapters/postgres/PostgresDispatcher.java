package io.contentcrew.adapters.postgres;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.contentcrew.ports.generation.JobDispatcher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Calls the handler by way of db-scheduler, which finds what is due and what a dead one left. */
final class PostgresDispatcher implements JobDispatcher {
  /** An entry whose instance is dead is found after 4 to 6 of them and a look. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private static final int MISSED = 4;
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final ReentrantLock lock = new ReentrantLock();
  private final PostgresConfig config;
  private final PostgresChores chores = new PostgresChores();
  private volatile @Nullable Running running;
  private boolean begun;
  private boolean paused;

  private record Running(Scheduler scheduler, HandledJobs jobs, HikariDataSource connections) {}

  PostgresDispatcher(PostgresConfig config) {
    this.config = config;
  }

  @Override
  public void repeat(String name, Duration period, Chore chore) {
    lock.lock();
    try {
      requireNotBegun();
      chores.plan(name, period, chore);
    } finally {
      lock.unlock();
    }
  }

  private void requireNotBegun() {
    if (begun) {
      throw new IllegalStateException("the dispatcher has begun already");
    }
  }

  @Override
  public void start(int concurrency, Handler handler) {
    if (concurrency < 1) {
      throw new IllegalArgumentException("a dispatcher needs room for one call at least");
    }
    lock.lock();
    try {
      requireNotBegun();
      HikariDataSource connections = Connections.forQueue(config);
      try {
        Running started = running(concurrency, handler, connections);
        chores.start(new ChoreRows(connections));
        if (paused) {
          started.scheduler.pause();
        }
        started.scheduler.start();
        running = started;
        begun = true;
      } catch (SQLException e) {
        connections.close();
        throw Failures.of(e);
      }
    } finally {
      lock.unlock();
    }
  }

  private Running running(int concurrency, Handler handler, HikariDataSource connections)
      throws SQLException {
    DatabaseClock clock = new DatabaseClock(connections);
    HandledJobs jobs = new HandledJobs(handler, new QueueRows(connections));
    Scheduler scheduler =
        Scheduler.create(
                connections,
                Tasks.custom(QueueRows.TASK, Void.class)
                    .onFailure(jobs::failed)
                    .onDeadExecution(jobs::revive)
                    .execute(jobs::handle))
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            .clock(clock)
            .threads(concurrency)
            .executorService(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("contentcrew-job-", 0).factory()))
            .dueExecutor(Executors.newSingleThreadExecutor(daemon("contentcrew-queue-due")))
            .housekeeperExecutor(
                Executors.newScheduledThreadPool(2, daemon("contentcrew-queue-life")))
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
            .pollUsingLockAndFetch(0.99, 1.0) // look again as soon as one has room
            .pollingInterval(config.pollingInterval())
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            .enablePriority()
            .deleteUnresolvedAfter(NEVER) // what we do not know may be a newer version's
            .shutdownMaxWait(HandledJobs.AFTER_INTERRUPT)
            .failureLogging(LogLevel.OFF, false) // ours says which job it was, and no more
            .build();
    return new Running(scheduler, jobs, connections);
  }

  /** Threads of the platform, as db-scheduler waits within synchronized. */
  private static ThreadFactory daemon(String name) {
    return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
  }

  @Override
  public void wake() {
    Running started = running;
    if (started != null) {
      started.scheduler.triggerCheckForDueExecutions();
    }
  }

  @Override
  public void pause() {
    lock.lock();
    try {
      paused = true;
      chores.refuse();
      Running started = running;
      if (started != null) {
        started.scheduler.pause();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop(Duration grace) {
    pause();
    lock.lock();
    try {
      begun = true;
      Running started = running;
      if (started != null) {
        long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(grace);
        started.jobs.drain(grace);
        chores.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        started.scheduler.stop();
        started.connections.close();
        running = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
