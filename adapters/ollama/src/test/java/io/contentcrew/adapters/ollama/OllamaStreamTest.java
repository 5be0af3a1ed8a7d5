package io.contentcrew.adapters.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Pacing;
import io.contentcrew.ports.generation.TextGenerator;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeRequest;
import io.contentcrew.testkit.RunningGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How the text travels: at once when it comes alone, together when it comes together. */
class OllamaStreamTest extends OllamaTest {
  private static String line(String content) {
    return "{\"model\":\"llama3.2:1b\",\"created_at\":\"2026-11-22T10:00:00Z\",\"message\":"
        + "{\"role\":\"assistant\",\"content\":\""
        + content
        + "\"},\"done\":false}\n";
  }

  @Test
  void a_token_that_comes_alone_is_passed_on_before_the_next_is_there() throws Exception {
    FakeAnswer answer = FakeAnswer.writing();
    List<CountDownLatch> latches = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      CountDownLatch seen = new CountDownLatch(1);
      latches.add(seen);
      answer = answer.thenWriting(" t" + i).waitingFor(seen);
    }
    ollama.always(answer);
    RunningGeneration running = RunningGeneration.start(generator(), prompt);
    for (int i = 0; i < 30; i++) {
      assertThat(running.awaitPiece()).isEqualTo(" t" + i);
      latches.get(i).countDown();
    }
    running.completion();
  }

  @Test
  void tokens_that_come_together_are_passed_on_together() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    ollama.always(
        FakeAnswer.writing()
            .thenRaw(
                line("One") + line(" two") + line("\\n\\u05e9 \\\"three\\\"") + line(" \u20AC"))
            .waitingFor(seen)
            .thenWriting(" end"));
    RunningGeneration running = RunningGeneration.start(generator(), prompt);
    assertThat(running.awaitPiece()).isEqualTo("One two\n\u05E9 \"three\" \u20AC");
    seen.countDown();
    assertThat(running.awaitPiece()).isEqualTo(" end");
    running.completion();
  }

  @Test
  void lines_may_be_cut_anywhere_and_end_in_any_way() throws Exception {
    String lines =
        line("\u05E9\u05DC\u05D5\u05DD ").replace("\n", "\r\n") + "\n" + line("\uD83D\uDE00");
    for (int cut = 1; cut < lines.indexOf('\uD83D'); cut += 7) {
      pieces.clear();
      ollama.always(
          FakeAnswer.writing().thenRaw(lines.substring(0, cut)).thenRaw(lines.substring(cut)));
      generator().generate(prompt, pieces::add);
      assertThat(text()).as("cut at %s", cut).isEqualTo("\u05E9\u05DC\u05D5\u05DD \uD83D\uDE00");
    }
  }

  @Test
  void a_flood_arrives_whole() throws Exception {
    StringBuilder sent = new StringBuilder();
    FakeAnswer answer = FakeAnswer.writing();
    for (int i = 0; i < 3_000; i++) {
      String piece = i % 100 == 0 ? " long".repeat(i) : " w" + i;
      sent.append(piece);
      answer = answer.thenWriting(piece);
    }
    ollama.always(answer);
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo(sent.toString());
  }

  @Test
  void a_server_that_does_not_stream_is_understood() throws Exception {
    String whole =
        "{\"model\":\"llama3.2:1b\",\"message\":{\"role\":\"assistant\",\"content\":\"Once\"},"
            + "\"done\":true}";
    ollama.always(FakeAnswer.whole(200, "application/json; charset=utf-8", whole));
    generator().generate(prompt, pieces::add);
    assertThat(pieces).containsExactly("Once");
  }

  @Test
  void fields_in_another_order_and_unknown_ones_are_understood() throws Exception {
    ollama.always(
        FakeAnswer.writing()
            .thenRaw("{\"done\":false,\"message\":{\"content\":\"On\",\"extra\":[1]},\"x\":{}}\n")
            .thenRaw("{\"message\":{\"content\":\"ce\"}}\n{\"message\":{\"content\":null}}\n{}\n"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void what_comes_after_the_end_is_not_read() throws Exception {
    ollama.always(FakeAnswer.writing("Once").endingWith("stop").thenWriting("more"));
    generator().generate(prompt, pieces::add);
    assertThat(text()).isEqualTo("Once");
  }

  @Test
  void many_streams_at_once_keep_apart_however_their_reads_are_spaced() throws Exception {
    ollama.always(
        request -> {
          String user = request.body().at("/messages/1/content").asText();
          FakeAnswer answer = FakeAnswer.writing();
          for (int i = 0; i < 40; i++) {
            answer = answer.thenWriting(user + ":" + i + " ").pausing(Duration.ofMillis(1));
          }
          return answer;
        });
    Pacing wide = new Pacing(Duration.ofMillis(1), Duration.ofMillis(20));
    TextGenerator generator =
        generator(config -> config.withHttp(config.http().withParallel(100).withPacing(wide)));
    List<RunningGeneration> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      calls.add(RunningGeneration.start(generator, prompt.withUser("s" + i)));
    }
    for (int i = 0; i < 60; i++) {
      StringBuilder expected = new StringBuilder();
      for (int token = 0; token < 40; token++) {
        expected.append("s").append(i).append(":").append(token).append(" ");
      }
      calls.get(i).completion();
      assertThat(calls.get(i).text()).isEqualTo(expected.toString());
    }
    assertThat(calls.stream().mapToInt(RunningGeneration::count).sum()).isLessThan(60 * 40);
  }

  @Test
  void a_call_that_ends_well_leaves_the_connection_open_and_one_that_does_not_closes_it()
      throws Exception {
    TextGenerator generator = generator();
    ollama.next(FakeAnswer.writing("a")).next(FakeAnswer.writing("b").thenStalling());
    generator.generate(prompt, pieces::add);
    RunningGeneration stopped = RunningGeneration.start(generator, prompt);
    stopped.awaitPiece();
    long start = System.nanoTime();
    stopped.interrupt();
    FakeRequest cut = ollama.chats().getLast();
    assertThat(cut.awaitClosedByClient(Duration.ofSeconds(10))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(ollama.chats().getFirst().closedByClientAfter()).isEmpty();
    assertThat(ollama.chats().getFirst().connection()).isEqualTo(cut.connection());
  }
}
