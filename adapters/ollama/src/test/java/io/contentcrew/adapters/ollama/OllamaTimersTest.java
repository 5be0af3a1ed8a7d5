package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Completion.Timings;
import io.contentcrew.domain.generation.TokenUsage;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.generation.ModelFault;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.RunningGeneration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Four timers, each for what it is there for; and where the time went. */
class OllamaTimersTest extends OllamaTest {
  private static final Duration FIVE = Duration.ofSeconds(5);

  private TextGenerator with(Timeouts timeouts) {
    return generator(config -> Fixtures.withTimeouts(config, timeouts));
  }

  private static Timeouts firstToken(Duration limit) {
    return new Timeouts(FIVE, limit, Fixtures.LONG, Fixtures.LONG);
  }

  private static Timeouts tokenGap(Duration limit) {
    return new Timeouts(FIVE, Fixtures.LONG, limit, Fixtures.LONG);
  }

  private static Timeouts total(Duration limit) {
    return new Timeouts(FIVE, Fixtures.LONG, Fixtures.LONG, limit);
  }

  @Test
  void a_first_token_that_does_not_come_is_not_waited_for() throws Exception {
    ollama.always(FakeAnswer.silence());
    PortException failure = failure(with(firstToken(Fixtures.SHORT)));
    assertThat(fault(failure)).isEqualTo(ModelFault.FIRST_TOKEN_TIMEOUT);
    assertThat(failure).hasMessageContaining("0.300 s").hasMessageContaining("allow more time");
    assertThat(ollama.chats()).hasSize(1);
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void headers_alone_are_no_token() {
    ollama.always(FakeAnswer.writing().thenRaw("\n").thenStalling());
    assertThat(fault(failure(with(firstToken(Fixtures.SHORT)))))
        .isEqualTo(ModelFault.FIRST_TOKEN_TIMEOUT);
  }

  @Test
  void a_token_that_comes_in_time_stops_the_first_timer() throws Exception {
    ollama.always(
        FakeAnswer.writing("Once").pausing(Fixtures.SHORT.multipliedBy(3)).thenWriting(" upon"));
    with(firstToken(Fixtures.SHORT.multipliedBy(2))).generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once upon");
  }

  @Test
  void a_stall_between_tokens_is_not_waited_for() throws Exception {
    ollama.always(FakeAnswer.writing("Once").thenStalling());
    PortException failure = failure(with(tokenGap(Fixtures.SHORT)));
    assertThat(fault(failure)).isEqualTo(ModelFault.STALLED);
    assertThat(text()).isEqualTo("Once");
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void half_a_line_is_no_token() {
    ollama.always(FakeAnswer.writing("Once").thenRaw("{\"model\":").thenStalling());
    assertThat(fault(failure(with(tokenGap(Fixtures.SHORT))))).isEqualTo(ModelFault.STALLED);
  }

  @Test
  void the_gap_timer_does_not_run_before_the_first_token() throws Exception {
    ollama.always(FakeAnswer.writing().pausing(Fixtures.SHORT.multipliedBy(3)).thenWriting("Once"));
    with(tokenGap(Fixtures.SHORT)).generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void a_model_that_thinks_is_not_silent() throws Exception {
    Duration pause = Fixtures.SHORT.multipliedBy(2);
    ollama.always(
        FakeAnswer.writing()
            .thenThinking("hm")
            .pausing(pause)
            .thenThinking("well")
            .pausing(pause)
            .thenWriting("Once"));
    Timeouts timeouts =
        new Timeouts(FIVE, pause.multipliedBy(2), pause.multipliedBy(2), Fixtures.LONG);
    with(timeouts).generate(prompt, pieces::add);
    assertThat(pieces).containsExactly("Once");
  }

  @Test
  void the_time_of_a_slow_reader_is_not_the_servers() throws Exception {
    ollama.always(FakeAnswer.writing("Once", " upon"));
    with(tokenGap(Fixtures.SHORT))
        .generate(
            prompt,
            piece -> {
              pieces.add(piece);
              pauseFor(Fixtures.SHORT.multipliedBy(3));
            });
    assertThat(text()).isEqualTo("Once upon");
  }

  private static void pauseFor(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_answer_that_never_ends_is_stopped_in_the_end() throws Exception {
    FakeAnswer endless = FakeAnswer.writing("Once");
    for (int i = 0; i < 200; i++) {
      endless = endless.pausing(Duration.ofMillis(50)).thenWriting(" and on");
    }
    ollama.always(endless);
    PortException failure = failure(with(total(Duration.ofSeconds(1))));
    assertThat(fault(failure)).isEqualTo(ModelFault.TOTAL_TIMEOUT);
    assertThat(failure).hasMessageContaining("after 1 s");
    assertThat(text()).startsWith("Once and on");
    assertThat(ollama.chats().getFirst().awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void standing_in_line_does_not_count_for_the_whole() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("first").waitingFor(goOn)).always(FakeAnswer.writing("second"));
    Timeouts whole = total(Duration.ofSeconds(2));
    TextGenerator generator =
        generator(
            config -> {
              OllamaConfig timed = Fixtures.withTimeouts(config, whole);
              return timed.withHttp(timed.http().withParallel(1));
            });
    RunningGeneration first = RunningGeneration.start(generator, prompt);
    first.awaitPiece();
    RunningGeneration second = RunningGeneration.start(generator, prompt);
    second.awaitTold(0);
    Thread.sleep(1_500); // most of what the second would have
    goOn.countDown();
    assertThat(first.completion().timings().queued()).isZero();
    Timings timings = second.completion().timings();
    assertThat(timings.queued()).isGreaterThan(Duration.ofSeconds(1));
    assertThat(timings.total()).isGreaterThanOrEqualTo(timings.queued());
  }

  /** A listener whose queue is full drops what comes: nobody answers, and nobody refuses. */
  @Test
  void a_connection_that_does_not_come_about_is_not_waited_for() throws Exception {
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        Socket filler = new Socket();
        fillers.add(filler);
        Thread.ofVirtual().start(() -> connect(filler, full));
      }
      while (fillers.stream().filter(Socket::isConnected).count() < 2) {
        Thread.onSpinWait();
      }
      Timeouts quick = new Timeouts(Fixtures.SHORT, Fixtures.LONG, Fixtures.LONG, Fixtures.LONG);
      OllamaConfig config =
          Fixtures.withRetries(
              Fixtures.withTimeouts(
                  OllamaConfig.of("http://127.0.0.1:" + full.getLocalPort()), quick),
              new Retries(1, Duration.ZERO, Duration.ZERO));
      PortException failure = failure(adapter(config).textGenerator());
      assertThat(fault(failure)).isEqualTo(ModelFault.UNREACHABLE);
      assertThat(failure).hasMessageContaining("no connection within 0.300 s");
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  private static void connect(Socket filler, ServerSocket full) {
    try {
      filler.connect(full.getLocalSocketAddress());
    } catch (IOException e) {
      // The later ones are meant to be left hanging, until the test ends.
    }
  }

  @Test
  void the_times_of_the_server_are_told() throws Exception {
    ollama.always(
        FakeAnswer.writing("Once")
            .counting(40, 50, Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5)));
    Completion completion = generator().generate(prompt, pieces::add);
    assertThat(completion.tokens()).isEqualTo(new TokenUsage(40, 50));
    assertThat(completion.model()).isEqualTo(prompt.model());
    Timings timings = completion.timings();
    assertThat(timings.load()).isEqualTo(Duration.ofMillis(3));
    assertThat(timings.prefill()).isEqualTo(Duration.ofMillis(4));
    assertThat(timings.decode()).isEqualTo(Duration.ofMillis(5));
    assertThat(timings.queued()).isLessThan(Duration.ofSeconds(1));
    assertThat(timings.total()).isPositive();
    assertThat(timings.retries()).isZero();
  }

  @Test
  void times_that_the_server_does_not_tell_are_measured() throws Exception {
    ollama.always(
        FakeAnswer.writing()
            .pausing(Duration.ofMillis(200))
            .thenWriting("Once")
            .pausing(Duration.ofMillis(100))
            .withoutCounts());
    Timings timings = generator().generate(prompt, pieces::add).timings();
    assertThat(timings.prefill()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    // the first word may take longer on its way than the end does
    assertThat(timings.decode()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    assertThat(timings.total()).isGreaterThanOrEqualTo(timings.prefill().plus(timings.decode()));
  }
}
