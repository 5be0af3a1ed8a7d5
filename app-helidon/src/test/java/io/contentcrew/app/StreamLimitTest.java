package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.contentcrew.testkit.FakeAnswer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The places of streams are few, and every way a stream can end gives its place back. */
@Timeout(60)
class StreamLimitTest extends ServiceHarness {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private String running(Client ada) {
    ollama.next(FakeAnswer.writing("- a").waitingFor(goOn).thenWriting(" note"));
    return ada.submit("Tea", "social");
  }

  private static void assertRefused(Client.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isPositive();
    assertThat(answer.json().get("detail").textValue()).contains("Last-Event-ID");
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
  }

  private static void awaitPlace(Client client, String id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              try (Client.Stream stream = client.stream(id)) {
                assertThat(stream.status()).isEqualTo(200);
              }
            });
  }

  @Test
  void one_more_than_allowed_is_told_what_to_do_and_others_are_not_concerned() throws Exception {
    Client nobody = start("STREAMS_PER_USER", "2", "SSE_HEARTBEAT", "50ms");
    Client ada = nobody.signedUp();
    String id = running(ada);
    List<Client.Stream> open = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      open.add(ada.stream(id));
      open.getLast().until("task_started");
    }
    assertRefused(ada.get("/v1/content/jobs/" + id + "/stream"));
    assertThat(ada.get("/metrics").text()).contains("crew_streams_open 2.0");
    assertThat(ada.method("HEAD", "/v1/content/jobs/" + id + "/stream").status()).isEqualTo(200);
    Client eve = nobody.signedUp();
    String other = eve.submit("Coffee", "social");
    assertThat(eve.watch(other).getLast().type()).isEqualTo("complete");
    open.getFirst().close();
    awaitPlace(ada, id);
    goOn.countDown();
    assertThat(open.getLast().all().getLast().type()).isEqualTo("complete");
    for (int i = 0; i < 5; i++) {
      assertThat(ada.watch(id).getLast().type()).isEqualTo("complete");
    }
    await()
        .atMost(PATIENCE)
        .until(() -> ada.get("/metrics").text().contains("crew_streams_open 0.0"));
  }

  @Test
  void an_instance_carries_no_more_than_it_may() throws Exception {
    Client nobody = start("MAX_STREAMS", "1", "SSE_HEARTBEAT", "50ms");
    Client ada = nobody.signedUp();
    String id = running(ada);
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("task_started");
      Client eve = nobody.signedUp();
      String other = eve.submit("Coffee", "social");
      assertRefused(eve.get("/v1/content/jobs/" + other + "/stream"));
      goOn.countDown();
      assertThat(stream.all().getLast().type()).isEqualTo("complete");
      awaitPlace(eve, other);
    }
  }

  @Test
  void a_stream_that_never_began_takes_no_place() {
    Client nobody = start("STREAMS_PER_USER", "1");
    Client ada = nobody.signedUp();
    for (int i = 0; i < 5; i++) {
      assertThat(ada.get("/v1/content/jobs/no-id/stream").status()).isEqualTo(404);
      assertThat(ada.get("/v1/content/jobs/01a00000-0000-7000-8000-000000000000/stream").status())
          .isEqualTo(404);
    }
    assertThat(ada.get("/metrics").text()).contains("crew_streams_open 0.0");
  }

  @Test
  void a_connection_that_is_cut_and_a_reader_who_takes_nothing_give_their_places_back()
      throws Exception {
    Client nobody =
        start("STREAMS_PER_USER", "1", "SSE_HEARTBEAT", "50ms", "SSE_WRITE_TIMEOUT", "300ms");
    Client ada = nobody.signedUp();
    String id = running(ada);
    try (Socket socket = raw(ada, id)) {
      socket.setSoLinger(true, 0); // a reset, not a good-bye
    }
    awaitPlace(ada, id);
    await()
        .atMost(PATIENCE)
        .until(() -> ada.get("/metrics").text().contains("crew_streams_open 0.0"));
    goOn.countDown();
    assertThat(ada.post("/v1/content/jobs/" + id + "/cancel", Map.of()).status()).isEqualTo(200);
  }

  private static Socket raw(Client client, String id) throws IOException {
    Socket socket = new Socket("127.0.0.1", client.port());
    socket
        .getOutputStream()
        .write(
            ("GET /v1/content/jobs/"
                    + id
                    + "/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + client.token()
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}
