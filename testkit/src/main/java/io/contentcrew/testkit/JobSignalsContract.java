package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Listening;
import io.contentcrew.ports.generation.JobSignals.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link JobSignals} keeps to while nothing is broken: then no signal is lost, though
 * one may come twice.
 */
public abstract class JobSignalsContract {
  private JobSignals here;
  private JobSignals there;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the instances up before each test
  protected JobSignalsContract() {}

  /**
   * One more instance on the way that all instances of this test share. Where signals stay within a
   * process it may be the same object again. The subclass closes what it opened.
   */
  protected abstract JobSignals open();

  /** How long the tests wait for a signal before they take it for lost. */
  protected Duration patience() {
    return Duration.ofSeconds(30);
  }

  @BeforeEach
  final void openInstances() {
    here = open();
    there = open();
  }

  /** A listener that writes down what it hears. */
  private final class Heard implements Consumer<Signal> {
    private final BlockingQueue<Signal> arrived = new LinkedBlockingQueue<>();
    private final LinkedHashSet<Signal> all = new LinkedHashSet<>();

    @Override
    public void accept(Signal signal) {
      arrived.add(signal);
    }

    /** All that has arrived until {@code last} has, each once, in the order of their first time. */
    List<Signal> until(Collection<Signal> last) {
      try {
        while (!all.containsAll(last)) {
          Signal next = arrived.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
          assertThat(next).as("the next signal; heard were %d", all.size()).isNotNull();
          all.add(next);
        }
        return List.copyOf(all);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for signals", e);
      }
    }
  }

  private static Signal aSignal(Kind kind) {
    return new Signal(kind, Fixtures.aJobId());
  }

  private static List<Signal> signals(int count) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(aSignal(i % 3 == 0 ? Kind.CANCEL : Kind.GROWN));
    }
    return signals;
  }

  /** Listens, and waits until that is so. */
  private Listening listen(JobSignals signals, Consumer<Signal> listener) {
    Listening listening = signals.listen(listener);
    long end = System.nanoTime() + patience().toNanos();
    while (!listening.hears()) {
      assertThat(System.nanoTime()).as("time at which it hears at last").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
    return listening;
  }

  @Test
  void signals_reach_all_who_listen() {
    Heard hereFirst = new Heard();
    Heard hereSecond = new Heard();
    Heard elsewhere = new Heard();
    listen(here, hereFirst);
    listen(here, hereSecond);
    listen(there, elsewhere);
    List<Signal> sent = List.of(aSignal(Kind.GROWN), aSignal(Kind.CANCEL));
    here.send(sent);
    for (Heard heard : List.of(hereFirst, hereSecond, elsewhere)) {
      assertThat(heard.until(sent)).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void signals_that_one_call_sends_arrive_in_their_order() {
    Heard heard = new Heard();
    listen(there, heard);
    List<Signal> sent = signals(2_500);
    here.send(sent);
    assertThat(heard.until(sent)).isEqualTo(sent);
  }

  @Test
  void both_kinds_may_be_signalled_of_one_job() {
    Heard heard = new Heard();
    listen(there, heard);
    Signal grown = aSignal(Kind.GROWN);
    List<Signal> sent = List.of(grown, new Signal(Kind.CANCEL, grown.id()));
    here.send(sent);
    assertThat(heard.until(sent)).isEqualTo(sent);
  }

  @Test
  void sending_nothing_is_fine() {
    Heard heard = new Heard();
    listen(there, heard);
    here.send(List.of());
    List<Signal> sent = signals(1);
    here.send(sent);
    assertThat(heard.until(sent)).isEqualTo(sent);
  }

  @Test
  void signals_of_many_senders_all_arrive() {
    Heard heard = new Heard();
    listen(there, heard);
    List<List<Signal>> sent =
        Race.of(
            16,
            number -> {
              List<Signal> some = signals(20);
              (number % 2 == 0 ? here : there).send(some);
              return some;
            });
    List<Signal> all = sent.stream().flatMap(List::stream).toList();
    assertThat(heard.until(all)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void who_begins_to_listen_hears_what_is_sent_from_then_on() {
    Heard early = new Heard();
    listen(there, early);
    List<Signal> first = signals(1);
    here.send(first);
    early.until(first);
    Heard late = new Heard();
    listen(there, late);
    List<Signal> second = signals(1);
    here.send(second);
    assertThat(late.until(second)).containsAll(second);
  }

  @Test
  void listeners_are_called_on_a_thread_of_the_adapters() {
    CountDownLatch go = new CountDownLatch(1);
    Heard heard = new Heard();
    listen(
        here,
        signal -> {
          try {
            if (go.await(patience().toNanos(), TimeUnit.NANOSECONDS)) {
              heard.accept(signal);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    List<Signal> sent = signals(3);
    here.send(sent); // would wait for the listener if it called it itself
    go.countDown();
    assertThat(heard.until(sent)).isEqualTo(sent);
  }

  @Test
  void who_has_closed_is_called_no_more() {
    Heard leaving = new Heard();
    Heard staying = new Heard();
    Listening left = listen(there, leaving);
    Listening stays = listen(there, staying);
    List<Signal> first = signals(1);
    here.send(first);
    leaving.until(first);
    left.close();
    left.close();
    assertThat(left.hears()).isFalse();
    assertThat(stays.hears()).isTrue();
    List<Signal> second = signals(1);
    here.send(second);
    staying.until(second);
    assertThat(leaving.arrived).doesNotContainAnyElementsOf(second);
  }

  @Test
  void who_listens_twice_may_stop_once() {
    Heard heard = new Heard();
    Listening first = listen(here, heard);
    listen(here, heard);
    first.close();
    List<Signal> sent = signals(1);
    there.send(sent);
    assertThat(heard.until(sent)).isEqualTo(sent);
  }
}
