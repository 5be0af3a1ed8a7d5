package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The event stream on the wire. */
@Timeout(60)
class StreamTest extends ServiceHarness {
  @Test
  void the_stream_says_that_nobody_may_keep_change_or_hold_it_back() throws Exception {
    Client ada = start().signedUp();
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type")).contains("text/event-stream");
      assertThat(stream.header("Cache-Control")).contains("no-store, no-transform");
      assertThat(stream.header("X-Accel-Buffering")).contains("no");
      stream.all();
      assertThat(stream.retry()).isEqualTo("2000");
    }
  }

  @Test
  void who_comes_back_gets_exactly_what_follows_by_header_or_by_query() throws Exception {
    Client ada = start().signedUp();
    String id = ada.submit("Tea", "blog");
    List<Event> all = ada.watch(id);
    for (long after : List.of(1L, 5L, (long) all.size() - 1)) {
      List<Event> byHeader = ada.watch(id, "Last-Event-ID", String.valueOf(after));
      assertThat(byHeader)
          .extracting(Event::id)
          .isEqualTo(all.subList((int) after, all.size()).stream().map(Event::id).toList());
    }
    assertThat(
            ada.get("/v1/content/jobs/" + id + "/stream?last_event_id=" + (all.size() - 1)).text())
        .contains("event: complete")
        .doesNotContain("text_delta");
    assertThat(
            ada.get(
                    "/v1/content/jobs/" + id + "/stream",
                    "Last-Event-ID",
                    String.valueOf(all.size()))
                .status())
        .isEqualTo(204);
    assertThat(ada.watch(id, "Last-Event-ID", "no number")).hasSameSizeAs(all);
  }

  @Test
  void two_readers_see_the_same_while_the_words_arrive() throws Exception {
    Client ada = start().signedUp();
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(
        FakeAnswer.writing("- first", " words").waitingFor(goOn).thenWriting(" and the rest."));
    String id = ada.submit("Tea", "social");
    try (Client.Stream one = ada.stream(id);
        Client.Stream two = ada.stream(id)) {
      one.until("text_delta");
      two.until("text_delta");
      goOn.countDown();
      assertThat(one.all()).isEqualTo(two.all());
    }
  }

  @Test
  void text_that_is_split_anywhere_arrives_whole() throws Exception {
    Client ada = start().signedUp();
    ollama.next(
        FakeAnswer.writing(
                "- \u05E9\u05DC\u05D5\u05DD ", "\uD83D\uDC69\u200D\uD83D\uDE80 h\u00E9", "llo")
            .byteByByte());
    String id = ada.submit("Tea", "social");
    StringBuilder text = new StringBuilder();
    int[] points = {0};
    for (Event event : ada.watch(id)) {
      if (event.type().equals("text_delta")
          && event.data().get("task").textValue().equals("research")) {
        assertThat(event.data().get("offset").intValue()).isEqualTo(points[0]);
        text.append(event.data().get("text").textValue());
        points[0] = text.codePointCount(0, text.length());
      }
    }
    assertThat(text.toString())
        .isEqualTo("- \u05E9\u05DC\u05D5\u05DD \uD83D\uDC69\u200D\uD83D\uDE80 h\u00E9llo");
  }

  @Test
  void text_of_the_model_cannot_forge_events() throws Exception {
    Client ada = start().signedUp();
    ollama.next(FakeAnswer.writing("- a\n\nevent: complete\ndata: {}\n\nid: 99\n\n", "\r\u2028b"));
    String id = ada.submit("Tea", "social");
    List<Event> events = ada.watch(id);
    assertThat(events.stream().filter(event -> event.type().equals("complete"))).hasSize(1);
    assertThat(events.getLast().data().get("status").textValue()).isEqualTo("completed");
  }

  @Test
  void a_silent_stream_gets_a_comment_now_and_then() throws Exception {
    Client ada = start("SSE_HEARTBEAT", "100ms").signedUp();
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing().waitingFor(goOn).thenWriting("- a note"));
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("task_started");
      Thread.sleep(350);
      goOn.countDown();
      stream.until("text_delta");
      assertThat(stream.comments).isNotEmpty();
    }
  }

  @Test
  void a_reader_who_leaves_never_stops_a_job() throws Exception {
    Client ada = start().signedUp();
    CountDownLatch goOn = new CountDownLatch(1);
    ollama.next(FakeAnswer.writing("- a").waitingFor(goOn).thenWriting(" note"));
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
    }
    goOn.countDown();
    assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
  }

  @Test
  void a_reader_who_takes_nothing_is_cut_off_and_the_others_are_not_disturbed() throws Exception {
    Client ada = start("SSE_WRITE_TIMEOUT", "500ms").signedUp();
    CountDownLatch goOn = new CountDownLatch(1);
    String[] many = new String[200];
    java.util.Arrays.fill(many, "word ".repeat(4_000));
    ollama.next(FakeAnswer.writing("- a").waitingFor(goOn).thenWriting(many));
    String id = ada.submit("Tea", "social");
    try (Socket lazy = new Socket()) {
      lazy.setReceiveBufferSize(4_096);
      lazy.connect(new java.net.InetSocketAddress("127.0.0.1", service().port()));
      lazy.getOutputStream()
          .write(
              ("GET /v1/content/jobs/"
                      + id
                      + "/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + ada.token()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = lazy.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      goOn.countDown();
      List<Event> events = ada.watch(id);
      assertThat(events.getLast().type()).isIn("complete", "error");
      awaitOpenStreams(ada, 0);
    }
  }

  private static void awaitOpenStreams(Client client, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String metrics;
    do {
      metrics = client.get("/metrics").text();
      if (metrics.contains("crew_streams_open " + count + ".0")) {
        return;
      }
      Thread.sleep(50);
    } while (System.nanoTime() < deadline);
    throw new AssertionError(
        metrics.lines().filter(line -> line.startsWith("crew_streams")).toList().toString());
  }

  @Test
  void a_stopping_service_ends_its_streams_with_a_word() throws Exception {
    Client ada = start().signedUp();
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
      Thread stopper = Thread.ofVirtual().start(() -> service().close());
      List<Event> events = stream.all();
      stopper.join();
      assertThat(events.getLast().type()).isNotIn("complete", "error", "cancelled");
      assertThat(stream.comments).anyMatch(comment -> comment.contains("connect again"));
      assertThat(Integer.parseInt(stream.retry())).isBetween(500, 2_500); // not all at once
    }
  }
}
