package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link TextGenerator} keeps, whatever it writes. A subclass says how to make three
 * kinds of it. One that asks a server extends {@link ModelServerContract}, which holds more.
 */
@Timeout(60)
public abstract class TextGeneratorContract {
  /** How soon a generation must be over after its thread was interrupted. */
  private static final Duration STOPS_WITHIN = Duration.ofMillis(500);

  /** A generator that is ready, writes something, and ends. */
  protected abstract TextGenerator talkative();

  /** A generator that writes a piece or more, and has not ended half a minute later. */
  protected abstract TextGenerator lingering();

  /** A generator that writes nothing for half a minute. */
  protected abstract TextGenerator silent();

  /** The prompt for all of them. */
  protected Prompt prompt() {
    return Prompts.aPrompt();
  }

  @Test
  void its_name_and_kind_are_always_the_same() {
    TextGenerator generator = talkative();
    assertThat(generator.name()).isEqualTo(generator.name()).isNotNull();
    assertThat(generator.isDemo()).isEqualTo(generator.isDemo());
    assertThat(generator.modelFor(generator.modelFor(prompt().model())))
        .isEqualTo(generator.modelFor(prompt().model()));
  }

  @Test
  void it_says_within_two_seconds_whether_it_is_ready_the_first_time_and_the_second() {
    TextGenerator generator = talkative();
    for (int time = 0; time < 2; time++) {
      long start = System.nanoTime();
      Readiness readiness = generator.readiness(prompt().model());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(readiness).isEqualTo(new Readiness.Ready());
    }
  }

  @Test
  void it_passes_pieces_none_of_them_empty_or_ending_in_half_a_character() throws Exception {
    List<String> pieces = new ArrayList<>();
    talkative().generate(prompt(), pieces::add);
    assertThat(pieces).isNotEmpty().allSatisfy(TextGeneratorContract::isWhole);
  }

  /** Fails on a piece that is empty or ends in half a character. */
  static void isWhole(String piece) {
    assertThat(piece).isNotEmpty();
    assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
        .as("the piece ends with half a character")
        .isFalse();
    assertThat(Character.isLowSurrogate(piece.charAt(0)))
        .as("the piece begins with half a character")
        .isFalse();
  }

  @Test
  void it_calls_the_sink_on_the_calling_thread() throws Exception {
    List<Thread> threads = new ArrayList<>();
    talkative().generate(prompt(), piece -> threads.add(Thread.currentThread()));
    assertThat(threads).isNotEmpty().containsOnly(Thread.currentThread());
  }

  @Test
  void it_tells_how_it_ended_and_counts_tokens() throws Exception {
    Completion completion = talkative().generate(prompt(), piece -> {});
    assertThat(completion.finish()).isEqualTo(Completion.Finish.STOP);
    assertThat(completion.model()).isNotNull();
    assertThat(completion.tokens()).isNotNull();
    assertThat(completion.timings().total()).isPositive();
    assertThat(completion.timings().retries()).isNotNegative();
  }

  @Test
  void a_second_call_generates_again() throws Exception {
    TextGenerator generator = talkative();
    for (int time = 0; time < 2; time++) {
      List<String> pieces = new ArrayList<>();
      generator.generate(prompt(), pieces::add);
      assertThat(pieces).isNotEmpty();
    }
  }

  @Test
  void when_the_sink_throws_it_stops_and_rethrows_the_exception_unchanged() {
    for (Throwable thrown :
        List.of(new IllegalStateException("enough"), new StackOverflowError())) {
      AtomicInteger calls = new AtomicInteger();
      Throwable caught =
          catchThrowable(
              () ->
                  talkative()
                      .generate(
                          prompt(),
                          piece -> {
                            calls.incrementAndGet();
                            TextGeneratorContract.<RuntimeException>sneak(thrown);
                          }));
      assertThat(caught).isSameAs(thrown).hasNoSuppressedExceptions();
      assertThat(calls).hasValue(1);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void a_thread_that_is_interrupted_already_gets_no_text() {
    List<String> pieces = new ArrayList<>();
    TextGenerator generator = talkative();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> generator.generate(prompt(), pieces::add))
          .isInstanceOf(InterruptedException.class);
    } finally {
      Thread.interrupted(); // the next test starts without it, also when this one fails
    }
    assertThat(pieces).isEmpty();
  }

  @Test
  void an_interrupt_stops_it_before_the_first_piece() throws Exception {
    for (Thread.Builder kind : kinds()) {
      assertStopsInTime(() -> interrupted(kind, silent(), false));
    }
  }

  @Test
  void an_interrupt_stops_it_in_the_middle_and_what_came_was_passed_on() throws Exception {
    for (Thread.Builder kind : kinds()) {
      assertStopsInTime(() -> interrupted(kind, lingering(), true));
    }
  }

  /** Virtual threads wake from a blocking read by themselves; others have to be woken. */
  private static List<Thread.Builder> kinds() {
    return List.of(Thread.ofVirtual(), Thread.ofPlatform());
  }

  /** What takes a time that a test measures. */
  private interface Measured {
    Duration once() throws InterruptedException;
  }

  /** The best of three: a busy machine may spoil one, a generator that does not stop spoils all. */
  private static void assertStopsInTime(Measured measured) throws InterruptedException {
    Duration best = measured.once();
    for (int again = 0; again < 2 && best.compareTo(STOPS_WITHIN) > 0; again++) {
      Duration next = measured.once();
      best = next.compareTo(best) < 0 ? next : best;
    }
    assertThat(best).isLessThanOrEqualTo(STOPS_WITHIN);
  }

  /** Interrupts a generation on a thread of that kind, and says how long it went on after that. */
  private Duration interrupted(Thread.Builder kind, TextGenerator generator, boolean afterText)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    List<String> pieces = new ArrayList<>();
    Thread caller =
        kind.start(
            () -> {
              if (!afterText) {
                begun.countDown();
              }
              thrown.set(
                  catchThrowable(
                      () ->
                          generator.generate(
                              prompt(),
                              piece -> {
                                pieces.add(piece);
                                begun.countDown();
                              })));
            });
    assertThat(begun.await(30, TimeUnit.SECONDS)).as("it began within 30 s").isTrue();
    if (!afterText) {
      caller.join(Duration.ofMillis(200)); // so that it waits for the model and not on its way
    }
    long start = System.nanoTime();
    caller.interrupt();
    boolean over = caller.join(Duration.ofSeconds(20));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(over).as("it ended within 20 s of the interrupt").isTrue();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    if (afterText) {
      assertThat(pieces).isNotEmpty();
    } else {
      assertThat(pieces).isEmpty();
    }
    afterInterrupt();
    return took;
  }

  /** Called when an interrupted generation is over, for what else must be so then. */
  void afterInterrupt() throws InterruptedException {}

  @Test
  void many_threads_may_use_it_at_once() throws Exception {
    TextGenerator generator = talkative();
    AtomicInteger complete = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    List<String> pieces = new ArrayList<>();
                    Throwable failure =
                        catchThrowable(() -> generator.generate(prompt(), pieces::add));
                    if (failure == null && !pieces.isEmpty()) {
                      complete.incrementAndGet();
                    }
                  }));
    }
    for (Thread caller : callers) {
      assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(complete).hasValue(8);
  }
}
