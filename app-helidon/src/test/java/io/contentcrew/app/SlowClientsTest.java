package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow on purpose are cut off in time, and nobody else notices them. */
@Timeout(90)
class SlowClientsTest extends ServiceHarness {
  private static final int PATIENCE = 20_000;
  private static final String GET = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void leave() throws Exception {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(10));
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", service().port()));
    socket.setSoTimeout(PATIENCE);
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends the text byte after byte, and its last byte for ever. */
  private void drip(Socket socket, String text) {
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; ; i++) {
                      socket.getOutputStream().write(text.charAt(Math.min(i, text.length() - 1)));
                      Thread.sleep(50);
                    }
                  } catch (IOException | InterruptedException e) {
                    // cut off, or the test is over
                  }
                }));
  }

  /** Everything up to the end of the connection, which must come. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection stays open after " + all, e);
    } catch (IOException e) {
      // reset: as final as an end
    }
    return all.toString(StandardCharsets.US_ASCII);
  }

  /** Reads one answer without a body of more than its head tells. */
  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("ended after " + head);
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16).strip()))
            .findFirst()
            .orElse(0);
    in.readNBytes(length);
    return head.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: aaaa", // a header that never ends
        "GET /aaaa", // nor the first line
        "\r"
      })
  void a_head_that_drips_is_cut_off_whatever_its_pace(String text) throws Exception {
    Client others = start("HEADER_TIMEOUT", "700ms");
    Socket slow = connect();
    drip(slow, text);
    assertThat(rest(slow)).doesNotContain("200 OK");
    assertThat(others.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void a_head_that_stops_half_way_is_cut_off() throws Exception {
    start("HEADER_TIMEOUT", "500ms");
    Socket slow = connect();
    send(slow, GET);
    assertThat(rest(slow)).doesNotContain("200 OK");
  }

  @Test
  void the_time_counts_for_every_request_of_a_connection_anew() throws Exception {
    start("HEADER_TIMEOUT", "2s");
    Socket socket = connect();
    for (int i = 0; i < 4; i++) { // together longer than one may take
      send(socket, GET);
      Thread.sleep(700);
      send(socket, "\r\n");
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
    send(socket, GET);
    assertThat(rest(socket)).isEmpty();
  }

  @Test
  void the_start_of_a_request_that_came_with_the_one_before_counts_too() throws Exception {
    start("HEADER_TIMEOUT", "500ms");
    Socket slow = connect();
    send(slow, GET + "\r\n" + GET);
    assertThat(answer(slow)).startsWith("HTTP/1.1 200");
    assertThat(rest(slow)).isEmpty();
  }

  @Test
  void a_connection_that_is_idle_may_stay() throws Exception {
    start("HEADER_TIMEOUT", "300ms");
    Socket used = connect();
    for (int i = 0; i < 2; i++) {
      send(used, GET + "\r\n");
      assertThat(answer(used)).startsWith("HTTP/1.1 200");
      Thread.sleep(1_500);
    }
    send(used, GET + "\r\n");
    assertThat(answer(used)).startsWith("HTTP/1.1 200");
  }

  @Test
  void many_that_drip_and_many_that_are_idle_disturb_nobody() throws Exception {
    Client others = start("HEADER_TIMEOUT", "2s");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      slow.add(connect());
      drip(slow.getLast(), GET + "X-Slow: aaaa");
      connect(); // idle
    }
    Client ada = others.signedUp();
    for (int i = 0; i < 3; i++) {
      assertThat(ada.watch(ada.submit("Tea " + i, "social")).getLast().type())
          .isEqualTo("complete");
    }
    for (Socket socket : slow) {
      assertThat(rest(socket)).doesNotContain("200 OK");
    }
    assertThat(others.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void more_connections_than_allowed_wait_until_one_is_closed() throws Exception {
    start("MAX_CONNECTIONS", "2");
    Socket first = connect();
    Socket second = connect();
    for (Socket socket : List.of(first, second)) {
      send(socket, GET + "\r\n");
      assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }
    Socket third = connect();
    send(third, GET + "\r\n");
    third.setSoTimeout(500);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> third.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    third.setSoTimeout(PATIENCE);
    first.close();
    assertThat(answer(third)).startsWith("HTTP/1.1 200");
    service().close(); // though nobody else could connect
  }

  @Test
  void a_body_that_no_route_reads_may_not_drip_either() throws Exception {
    start("BODY_TIMEOUT", "500ms");
    Socket slow = connect();
    drip(slow, "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\naaaa");
    assertThat(rest(slow)).startsWith("HTTP/1.1 404");
  }

  @Test
  void a_body_that_no_route_reads_is_taken_in_before_the_next_request() throws Exception {
    start();
    Socket socket = connect();
    send(
        socket,
        "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n0123456789");
    assertThat(answer(socket)).startsWith("HTTP/1.1 404");
    send(socket, "0123456789" + GET + "\r\n");
    assertThat(answer(socket)).startsWith("HTTP/1.1 200");
  }

  @Test
  void who_asks_for_much_and_takes_none_of_it_is_cut_off() throws Exception {
    Client others = start("WRITE_TIMEOUT", "500ms");
    Socket lazy = connect();
    String big = "GET /docs/ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 30; i++) { // more than all buffers on the way hold
                      send(lazy, big);
                    }
                  } catch (IOException e) {
                    // cut off
                  }
                }));
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofMillis(PATIENCE))
        .until(() -> isReset(lazy));
    assertThat(others.get("/health/live").status()).isEqualTo(200);
  }

  /** Whether a write shows that the other end is gone. */
  private static boolean isReset(Socket socket) {
    try {
      send(socket, " ");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void who_takes_an_answer_slowly_but_steadily_gets_all_of_it() throws Exception {
    Client others = start("WRITE_TIMEOUT", "2s");
    int whole = others.get("/docs/ui/swagger-ui-bundle.js").body().length;
    Socket slow = connect();
    send(
        slow,
        "GET /docs/ui/swagger-ui-bundle.js HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Connection: close\r\n\r\n");
    byte[] piece = new byte[whole / 40];
    int size = 0;
    for (int n; (n = slow.getInputStream().readNBytes(piece, 0, piece.length)) > 0; size += n) {
      Thread.sleep(100);
    }
    assertThat(size).isGreaterThan(whole);
  }

  @Test
  void a_connection_that_its_client_wants_closed_is_closed_after_the_answer() throws Exception {
    start();
    Socket socket = connect();
    send(socket, GET + "Connection: close\r\n\r\n");
    assertThat(rest(socket)).startsWith("HTTP/1.1 200").contains("Connection: close");
  }

  @Test
  void what_follows_the_last_request_is_no_request() throws Exception {
    start();
    String hidden = GET + "X-Hidden: yes\r\n\r\n";
    for (String last :
        new String[] {
          "POST /v1/auth/logout HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Length: "
              + hidden.length()
              + "\r\n\r\n",
          "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + hidden.length()
              + "\r\n\r\n",
          GET + "Connection: close\r\n\r\n"
        }) {
      Socket socket = connect();
      send(socket, last + hidden);
      assertThat(rest(socket).split("HTTP/1.1 ", -1)).as(last).hasSize(2);
    }
  }

  @Test
  void a_refused_question_of_a_page_has_no_longer_than_any_for_its_body() throws Exception {
    start("BODY_TIMEOUT", "300ms");
    Socket socket = connect();
    send(
        socket,
        "OPTIONS /v1/tiers HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
            + "Access-Control-Request-Method: POST\r\nContent-Length: 100\r\n\r\nx");
    assertThat(rest(socket)).startsWith("HTTP/1.1 403");
  }

  @Test
  void a_head_may_come_in_two_pieces_wherever_it_is_cut() throws Exception {
    start();
    String request = GET + "X-Odd: y\r\nAccept: application/json\r\n\r\n";
    Socket socket = connect();
    socket.setTcpNoDelay(true);
    for (int cut = 1; cut < request.length(); cut++) {
      send(socket, request.substring(0, cut));
      Thread.sleep(15);
      send(socket, request.substring(cut));
      assertThat(answer(socket)).as("cut at %d", cut).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void who_connects_and_says_nothing_keeps_no_place() throws Exception {
    start("HEADER_TIMEOUT", "300ms");
    assertThat(rest(connect())).isEmpty();
  }

  @Test
  void a_connection_that_the_service_wants_closed_is_closed_after_the_answer() throws Exception {
    start("BODY_TIMEOUT", "5s", "MAX_BODY_BYTES", "1024");
    Socket socket = connect();
    send(
        socket,
        "POST /v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2000\r\n\r\n"
            + "x".repeat(2_000));
    assertThat(rest(socket)).startsWith("HTTP/1.1 413");
  }

  @Test
  void an_older_http_is_told_so() throws Exception {
    start();
    Socket socket = connect();
    send(socket, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assertThat(rest(socket)).startsWith("HTTP/1.1 400").contains("Speak HTTP/1.1");
  }
}
