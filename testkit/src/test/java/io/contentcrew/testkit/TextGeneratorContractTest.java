package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.generation.ModelFailureException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.ModelUnavailableException;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.ports.generation.TextSink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** For each sentence of the contract a generator that breaks it: the contract must notice. */
class TextGeneratorContractTest {
  /** A generator of a lambda. */
  private interface Wrong extends TextGenerator {
    @Override
    default EngineName name() {
      return new EngineName("wrong");
    }

    @Override
    default Readiness readiness(ModelName model) {
      return new Readiness.Ready();
    }
  }

  private static ModelServerContract contractOf(Wrong generator) {
    return new ModelServerContract() {
      @Override
      protected TextGenerator generator(Behaviour behaviour, String... pieces) {
        return generator;
      }

      @Override
      protected boolean awaitConnectionClosed(Duration atMost) {
        return false;
      }
    };
  }

  private static Completion done(Prompt prompt) {
    return completion(prompt, Finish.STOP, 0, 0);
  }

  private static Completion completion(Prompt prompt, Finish finish, int in, int out) {
    return new Completion(
        prompt.model(),
        finish,
        new TokenUsage(in, out),
        Completion.Timings.of(Duration.ofMillis(1)));
  }

  private static Wrong writing(String... pieces) {
    return (prompt, sink) -> {
      for (String piece : pieces) {
        sink.text(piece);
      }
      return done(prompt);
    };
  }

  private static void assertBites(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  @Test
  void it_notices_a_changing_name() {
    AtomicInteger calls = new AtomicInteger();
    assertBites(
        () ->
            contractOf(
                    new Wrong() {
                      @Override
                      public EngineName name() {
                        return new EngineName("n" + calls.incrementAndGet());
                      }

                      @Override
                      public Completion generate(Prompt prompt, TextSink sink) {
                        return done(prompt);
                      }
                    })
                .its_name_and_kind_are_always_the_same());
  }

  @Test
  void it_notices_a_generator_that_is_slow_to_say_whether_it_is_ready() {
    assertBites(
        () ->
            contractOf(
                    new Wrong() {
                      @Override
                      public Readiness readiness(ModelName model) {
                        sleep(Duration.ofMillis(2_100));
                        return new Readiness.Ready();
                      }

                      @Override
                      public Completion generate(Prompt prompt, TextSink sink) {
                        return done(prompt);
                      }
                    })
                .it_says_within_two_seconds_whether_it_is_ready_the_first_time_and_the_second());
  }

  /** Takes time as a blocking call does that knows nothing of interrupts. */
  private static void sleep(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void it_notices_an_empty_piece() {
    assertBites(
        () ->
            contractOf(writing("a", "", "b"))
                .it_passes_pieces_none_of_them_empty_or_ending_in_half_a_character());
  }

  @Test
  void it_notices_half_a_character() {
    assertBites(
        () ->
            contractOf(writing("a\uD83D", "\uDE00b"))
                .it_passes_pieces_none_of_them_empty_or_ending_in_half_a_character());
    assertBites(
        () ->
            contractOf(writing("well \uD83D", "\uDE00 done"))
                .a_character_that_the_server_cuts_in_two_arrives_whole());
  }

  @Test
  void it_notices_a_lost_half_of_a_character() {
    assertBites(
        () ->
            contractOf(writing("well \uFFFD", " done"))
                .a_character_that_the_server_cuts_in_two_arrives_whole());
  }

  @Test
  void it_notices_another_thread() {
    Wrong elsewhere =
        (prompt, sink) -> {
          Thread other = Thread.ofVirtual().start(() -> sink.text("a"));
          other.join();
          return done(prompt);
        };
    assertBites(() -> contractOf(elsewhere).it_calls_the_sink_on_the_calling_thread());
  }

  @Test
  void it_notices_an_exception_of_the_sink_that_is_swallowed() {
    Wrong swallows =
        (prompt, sink) -> {
          try {
            sink.text("a");
          } catch (RuntimeException e) {
            return done(prompt);
          }
          return done(prompt);
        };
    assertBites(
        () ->
            contractOf(swallows)
                .when_the_sink_throws_it_stops_and_rethrows_the_exception_unchanged());
  }

  @Test
  void it_notices_an_exception_of_the_sink_that_is_wrapped() {
    Wrong wraps =
        (prompt, sink) -> {
          try {
            sink.text("a");
          } catch (RuntimeException e) {
            throw new IllegalStateException("the sink failed", e);
          }
          return done(prompt);
        };
    assertBites(
        () ->
            contractOf(wraps).when_the_sink_throws_it_stops_and_rethrows_the_exception_unchanged());
  }

  @Test
  void it_notices_text_that_goes_on_after_the_sink_threw() {
    Wrong goesOn =
        (prompt, sink) -> {
          try {
            sink.text("a");
          } finally {
            sink.text("b");
          }
          return done(prompt);
        };
    assertBites(
        () ->
            contractOf(goesOn)
                .when_the_sink_throws_it_stops_and_rethrows_the_exception_unchanged());
  }

  @Test
  void it_notices_a_generator_that_does_not_look_whether_it_is_interrupted() {
    assertBites(() -> contractOf(writing("a")).a_thread_that_is_interrupted_already_gets_no_text());
  }

  @Test
  void it_notices_a_generator_that_an_interrupt_does_not_stop() {
    Wrong deaf =
        (prompt, sink) -> {
          sleep(Duration.ofSeconds(1));
          throw new InterruptedException();
        };
    assertBites(() -> contractOf(deaf).an_interrupt_stops_it_before_the_first_piece());
  }

  @Test
  void it_notices_an_interrupt_that_ends_in_another_exception() {
    Wrong rude =
        (prompt, sink) -> {
          sink.text("a");
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return done(prompt);
        };
    assertBites(
        () -> contractOf(rude).an_interrupt_stops_it_in_the_middle_and_what_came_was_passed_on());
  }

  @Test
  void it_notices_a_connection_that_stays_open_after_an_interrupt() {
    Wrong lingers =
        (prompt, sink) -> {
          new CountDownLatch(1).await(30, TimeUnit.SECONDS);
          return done(prompt);
        };
    assertBites(() -> contractOf(lingers).an_interrupt_stops_it_before_the_first_piece());
  }

  @Test
  void it_notices_a_connection_that_stays_open_after_the_sink_threw() {
    assertBites(() -> contractOf(writing("a")).it_closes_the_connection_when_the_sink_throws());
  }

  @Test
  void it_notices_text_that_is_lost_doubled_or_in_the_wrong_order() {
    assertBites(
        () ->
            contractOf(writing("Gr\u00FC\u00DFe", " \uD83D\uDE00!\n"))
                .it_passes_the_text_in_order_and_nothing_else());
  }

  @Test
  void it_notices_wrong_counts() {
    Wrong miscounts = (prompt, sink) -> completion(prompt, Finish.STOP, 1, 2);
    assertBites(() -> contractOf(miscounts).it_tells_the_counts_of_the_server());
  }

  @Test
  void it_notices_a_cut_that_is_not_told() {
    assertBites(() -> contractOf(writing("Once")).it_tells_when_the_text_was_cut_short());
  }

  @Test
  void it_notices_a_second_call_that_brings_nothing() {
    AtomicInteger calls = new AtomicInteger();
    Wrong once =
        (prompt, sink) -> {
          if (calls.incrementAndGet() == 1) {
            sink.text("a");
          }
          return done(prompt);
        };
    assertBites(() -> contractOf(once).a_second_call_generates_again());
  }

  @Test
  void it_notices_a_generator_that_only_one_thread_can_use() {
    AtomicInteger inside = new AtomicInteger();
    Wrong single =
        (prompt, sink) -> {
          if (inside.incrementAndGet() > 1) {
            throw new IllegalStateException("in use");
          }
          Thread.sleep(100);
          sink.text("a");
          inside.decrementAndGet();
          return done(prompt);
        };
    assertBites(() -> contractOf(single).many_threads_may_use_it_at_once());
  }

  @Test
  void it_notices_faults_that_are_not_told_or_told_wrongly() {
    Wrong quiet = writing("Once");
    assertBites(() -> contractOf(quiet).what_may_pass_is_unavailable());
    assertBites(() -> contractOf(quiet).what_does_not_pass_by_itself_is_a_failure());
    Wrong always =
        (prompt, sink) -> {
          throw new ModelUnavailableException(ModelFault.BUSY, "busy", null, null);
        };
    assertBites(() -> contractOf(always).what_may_pass_is_unavailable());
    Wrong talksOfThePrompt =
        (prompt, sink) -> {
          throw new ModelFailureException(ModelFault.MODEL_MISSING, prompt.user(), null);
        };
    assertBites(() -> contractOf(talksOfThePrompt).what_does_not_pass_by_itself_is_a_failure());
  }

  @Test
  void it_notices_a_generator_that_always_says_that_it_is_ready() {
    assertBites(() -> contractOf(writing("a")).it_is_not_ready_when_the_server_is_away());
    assertBites(() -> contractOf(writing("a")).it_is_not_ready_when_the_server_lacks_the_model());
  }
}
