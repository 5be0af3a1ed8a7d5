package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultProxyTest {
  private static final int PATIENCE = 20_000;
  private static final int A_MOMENT = 300;

  private final EchoServer server = EchoServer.start();
  private final FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port());

  @AfterEach
  void close() {
    proxy.close();
    server.close();
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), PATIENCE);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String received(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static String echo(Socket socket, String text) throws IOException {
    send(socket, text);
    return received(socket, text.length());
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(A_MOMENT);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE);
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void lets_everything_pass_both_ways_and_the_end_too() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      send(socket, "x".repeat(200_000));
      socket.shutdownOutput();
      assertThat(received(socket, Integer.MAX_VALUE)).hasSize(200_000);
    }
    server.awaitGone();
  }

  @Test
  void a_client_that_leaves_is_seen_by_the_server() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(proxy.connections()).isEqualTo(1);
    }
    server.awaitGone();
  }

  @Test
  void a_server_that_is_not_there_resets_the_client() throws Exception {
    server.close();
    assertThatThrownBy(
            () -> {
              try (Socket socket = connected()) {
                received(socket, 1);
              }
            })
        .as("at once, or while it connects")
        .isInstanceOf(SocketException.class);
  }

  @Test
  void delays_in_both_directions() throws Exception {
    try (Socket socket = connected()) {
      proxy.delay(Duration.ofMillis(200));
      long begun = System.nanoTime();
      assertThat(echo(socket, "hello")).isEqualTo("hello");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Duration.ofMillis(400));
      proxy.pass();
      assertThat(echo(socket, "again")).isEqualTo("again");
    }
  }

  @Test
  void what_stalls_comes_later_and_nothing_is_lost() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.stall();
      send(socket, "meanwhile");
      assertSilent(socket);
      try (Socket late = connected()) {
        send(late, "hello");
        assertSilent(late);
        proxy.pass();
        assertThat(received(late, 5)).isEqualTo("hello");
      }
      assertThat(received(socket, 9)).isEqualTo("meanwhile");
    }
  }

  @Test
  void a_black_hole_swallows_and_who_lost_something_is_reset_after_it() throws Exception {
    try (Socket lost = connected();
        Socket quiet = connected()) {
      assertThat(echo(lost, "before")).isEqualTo("before");
      assertThat(echo(quiet, "before")).isEqualTo("before");
      proxy.blackhole();
      send(lost, "meanwhile");
      assertSilent(lost);
      try (Socket late = connected()) {
        send(late, "hello");
        assertSilent(late);
        proxy.pass();
        assertReset(late);
      }
      assertReset(lost);
      assertThat(echo(quiet, "after")).as("it has lost nothing").isEqualTo("after");
    }
  }

  @Test
  void nobody_hears_through_a_black_hole_that_a_side_has_gone() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.blackhole();
      server.close();
      assertSilent(socket);
      proxy.pass();
      assertReset(socket);
    }
  }

  @Test
  void resets_what_is_there_and_what_comes() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.reset();
      assertReset(socket);
      server.awaitGone();
      assertThatThrownBy(
              () -> {
                try (Socket late = connected()) {
                  echo(late, "hello");
                  received(late, 1);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    proxy.pass();
    try (Socket socket = connected()) {
      assertThat(echo(socket, "after")).isEqualTo("after");
    }
  }

  @Test
  void refuses_newcomers_and_leaves_the_others_alone() throws Exception {
    int port = proxy.port();
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.refuse();
      assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
      assertThat(echo(socket, "meanwhile")).isEqualTo("meanwhile");
      proxy.refuse();
      proxy.pass();
      assertThat(proxy.port()).isEqualTo(port);
      try (Socket late = connected()) {
        assertThat(echo(late, "hello")).isEqualTo("hello");
      }
    }
  }

  @Test
  void closes_half_of_a_connection() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.halfClose();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      send(socket, "still heard");
      server.awaitHeard("beforestill heard");
      try (Socket late = connected()) {
        send(late, "?");
        assertThat(late.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void cuts_connections_after_so_many_bytes() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.cutAfter(3);
      send(socket, "hello");
      assertThat(received(socket, 3)).isEqualTo("hel");
      assertThat(received(socket, 1)).isEmpty();
      try (Socket late = connected()) {
        send(late, "hello");
        assertThat(received(late, 3)).isEqualTo("hel");
        assertThat(received(late, 1)).isEmpty();
      }
    }
    assertThatThrownBy(() -> proxy.cutAfter(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closing_it_ends_all_connections_and_frees_the_port() throws Exception {
    try (Socket socket = connected()) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      proxy.close();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      server.awaitGone();
      assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
    }
    assertThatCode(proxy::close).doesNotThrowAnyException();
    assertThatThrownBy(proxy::pass).isInstanceOf(IllegalStateException.class);
  }
}
