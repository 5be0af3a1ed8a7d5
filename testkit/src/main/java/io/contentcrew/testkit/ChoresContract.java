package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.generation.JobDispatcher.Chore;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link JobDispatcher} keeps to with its {@link Chore}s. */
public abstract class ChoresContract extends StorageHarness {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration ALMOST = Duration.ofMinutes(50);

  /** Counts its calls, and does what it was told in each. */
  private static final class Counting implements Chore {
    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore unread = new Semaphore(0);
    private final Chore chore;

    Counting(Chore chore) {
      this.chore = chore;
    }

    @Override
    public void run() {
      calls.incrementAndGet();
      unread.release();
      chore.run();
    }

    void awaitCall() {
      assertThat(called(60)).as("called in time").isTrue();
    }

    private boolean called(int seconds) {
      try {
        return unread.tryAcquire(seconds, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for a call", e);
      }
    }
  }

  private final Counting ticker = new Counting(() -> {});

  /** For subclasses. */
  protected ChoresContract() {}

  private JobDispatcher dispatcher() {
    return storage().dispatcher();
  }

  private Counting given(Chore chore) {
    Counting counting = new Counting(chore);
    dispatcher().repeat("chore", HOUR, counting);
    return counting;
  }

  private void start() {
    dispatcher().repeat("ticker", TICK, ticker);
    dispatcher().start(1, id -> new Next.Done());
  }

  /** Lets the dispatcher look for what is due a few times. */
  private void untilItHasLooked() {
    ticker.unread.drainPermits();
    for (int looks = 0; looks < 3; looks++) {
      passUntilCalled(ticker, TICK);
    }
  }

  /** Lets periods pass until it is called: when exactly the last call ended is not known. */
  private void passUntilCalled(Counting chore, Duration period) {
    for (int periods = 0; periods < 30; periods++) {
      pass(period);
      if (chore.called(3)) {
        return;
      }
    }
    throw new AssertionError("the chore was not called again");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("in time").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void a_chore_is_done_soon_after_the_start() {
    Counting chore = given(() -> {});
    assertThat(chore.calls).hasValue(0);
    start();
    chore.awaitCall();
  }

  @Test
  void a_chore_is_done_again_after_its_period_and_not_before() {
    Counting chore = given(() -> {});
    start();
    chore.awaitCall();
    untilItHasLooked();
    pass(ALMOST);
    untilItHasLooked();
    assertThat(chore.calls).hasValue(1);
    passUntilCalled(chore, HOUR);
    untilItHasLooked();
    passUntilCalled(chore, HOUR);
  }

  @Test
  void the_period_begins_when_the_chore_has_ended_and_it_is_not_done_twice_at_a_time() {
    CountDownLatch goOn = new CountDownLatch(1);
    Counting chore = given(() -> await(goOn));
    start();
    chore.awaitCall();
    for (int periods = 0; periods < 2; periods++) {
      pass(HOUR);
      untilItHasLooked();
    }
    assertThat(chore.calls).hasValue(1);
    goOn.countDown();
    untilItHasLooked();
    assertThat(chore.calls).hasValue(1);
    passUntilCalled(chore, HOUR);
  }

  @Test
  void a_chore_that_throws_is_done_again_after_its_period() {
    AtomicInteger times = new AtomicInteger();
    Counting chore =
        given(
            () -> {
              if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("of the chore");
              }
              throw new AssertionError("of the chore");
            });
    start();
    chore.awaitCall();
    untilItHasLooked();
    assertThat(chore.calls).hasValue(1);
    passUntilCalled(chore, HOUR);
    passUntilCalled(chore, HOUR);
  }

  @Test
  void a_chore_that_takes_long_holds_up_no_other_and_no_job() {
    CountDownLatch never = new CountDownLatch(1);
    Counting chore = given(() -> await(never));
    CountDownLatch handled = new CountDownLatch(1);
    dispatcher().repeat("ticker", TICK, ticker);
    dispatcher()
        .start(
            1,
            id -> {
              handled.countDown();
              return new Next.Done();
            });
    chore.awaitCall();
    untilItHasLooked();
    run(stores -> stores.queue().add(Fixtures.aJobId(), Duration.ZERO, Duration.ZERO));
    await(handled);
    never.countDown();
  }

  @Test
  void jobs_that_take_long_hold_up_no_chore() {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    run(stores -> stores.queue().add(Fixtures.aJobId(), Duration.ZERO, Duration.ZERO));
    dispatcher().repeat("ticker", TICK, ticker);
    dispatcher()
        .start(
            1,
            id -> {
              busy.countDown();
              goOn.await();
              return new Next.Done();
            });
    await(busy);
    untilItHasLooked();
    goOn.countDown();
  }

  @Test
  void a_chore_may_use_the_stores() {
    CountDownLatch done = new CountDownLatch(1);
    given(
        () -> {
          run(stores -> stores.users().add(Fixtures.aUser(), Optional.empty()));
          done.countDown();
        });
    start();
    await(done);
  }

  @Test
  void chores_are_named_before_the_start() {
    start();
    assertThatThrownBy(() -> given(() -> {})).isInstanceOf(IllegalStateException.class);
    dispatcher().stop(Duration.ZERO);
    assertThatThrownBy(() -> given(() -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_name_is_taken_once() {
    given(() -> {});
    assertThatThrownBy(() -> given(() -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_stopped_dispatcher_calls_no_chore() {
    start();
    untilItHasLooked();
    dispatcher().stop(Duration.ofMinutes(1));
    int before = ticker.calls.get();
    pass(HOUR);
    dispatcher().stop(Duration.ofMinutes(1));
    storage().close();
    assertThat(ticker.calls).hasValue(before);
  }

  @Test
  void stopping_waits_for_chores_under_way() {
    CountDownLatch stopping = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    Counting chore =
        given(
            () -> {
              await(stopping);
              for (int i = 0; i < 200; i++) {
                Race.letOthersIn();
                if (Thread.interrupted()) {
                  throw new IllegalStateException("interrupted before the grace was over");
                }
              }
              finished.set(true);
            });
    start();
    chore.awaitCall();
    Race.of(
        2,
        number -> {
          if (number == 0) {
            dispatcher().stop(Duration.ofMinutes(1));
          } else {
            stopping.countDown();
          }
          return true;
        });
    assertThat(finished).isTrue();
  }

  @Test
  void chores_that_outlast_the_grace_are_interrupted() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Counting chore =
        given(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    start();
    chore.awaitCall();
    dispatcher().stop(Duration.ofMillis(20));
    await(interrupted);
  }
}
