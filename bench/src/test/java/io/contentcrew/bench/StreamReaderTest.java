package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Answers answers = new Answers();
  private final Round round = new Round(0, 1, answers);
  private final Latencies latencies = new Latencies();

  @Test
  void all_tokens_arrive_however_the_bytes_are_cut() {
    String stream = stream(deltas());
    for (int piece : List.of(1, 7, 1_000, stream.length())) {
      StreamReader reader = read(stream, piece);

      assertThat(reader.failure()).isEmpty();
      assertThat(reader.tokens()).isEqualTo(answers.tokens());
    }
    assertThat(latencies.size()).isEqualTo(4 * answers.tokens());
  }

  @Test
  void lost_text_is_noticed() {
    List<String> deltas = deltas();
    deltas.remove(17);

    assertThat(read(stream(deltas), 1_000).failure().orElseThrow()).contains("goes on at");
  }

  @Test
  void doubled_text_is_noticed() {
    List<String> deltas = deltas();
    deltas.add(17, deltas.get(17));

    assertThat(read(stream(deltas), 1_000).failure().orElseThrow()).contains("goes on at");
  }

  @Test
  void text_that_breaks_off_is_noticed() {
    List<String> deltas = deltas();
    deltas.removeLast();

    assertThat(read(stream(deltas), 1_000).failure())
        .contains("only " + (answers.tokens() - 1) + " of " + answers.tokens() + " tokens arrived");
  }

  @Test
  void a_job_that_fails_is_noticed() {
    String failed = stream(deltas()).replace("event: complete\n", "event: error\n\n\n\n");

    assertThat(read(failed, 1_000).failure()).contains("the service sent event: error");
  }

  @Test
  void a_refusal_is_noticed() {
    StreamReader reader = read("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 1_000);

    assertThat(reader.isDone()).isTrue();
    assertThat(reader.failure()).contains("the answer was HTTP/1.1 404 Not Found");
  }

  private StreamReader read(String stream, int piece) {
    StreamReader reader = new EventReader(round, 0, latencies, "job", "token");
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      int count = Math.min(piece, bytes.length - from);
      byte[] part = new byte[count];
      System.arraycopy(bytes, from, part, 0, count);
      reader.feed(part, count, System.nanoTime());
    }
    return reader;
  }

  /** One event for each token. */
  private List<String> deltas() {
    List<String> deltas = new ArrayList<>();
    for (int task = 0; task < answers.size(); task++) {
      Answers.Answer answer = answers.get(task);
      for (int i = 0; i < answer.size(); i++) {
        deltas.add(
            "id: 1\nevent: text_delta\ndata: {\"type\":\"text_delta\",\"task\":\""
                + Answers.TASKS.get(task).wireName()
                + "\",\"offset\":"
                + (i == 0 ? 0 : answer.end(i - 1))
                + ",\"text\":\""
                + new String(answer.json(i), StandardCharsets.UTF_8)
                + "\"}\n\n");
      }
    }
    return deltas;
  }

  private static String stream(List<String> deltas) {
    String end = "event: complete\ndata: {\"type\":\"complete\"}\n\n";
    StringBuilder stream = new StringBuilder(HEAD);
    for (String delta : deltas) {
      stream.append(chunk(delta));
    }
    return stream.append(chunk(end)).append("0\r\n\r\n").toString();
  }

  private static String chunk(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return Integer.toHexString(length) + "\r\n" + text + "\r\n";
  }
}
