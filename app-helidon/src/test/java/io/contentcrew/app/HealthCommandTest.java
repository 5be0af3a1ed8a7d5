package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthCommandTest extends ServiceHarness {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int health(String host, int port) throws AppConfig.Invalid {
    return HealthCommand.run(
        Map.of("HOST", host, "PORT", String.valueOf(port)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void a_service_that_lives_is_up_whichever_address_it_listens_at() throws Exception {
    start();
    assertThat(health("127.0.0.1", service().port())).isZero();
    assertThat(health("0.0.0.0", service().port())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("up\nup\n");
  }

  @Test
  void one_that_has_stopped_is_not() throws Exception {
    start();
    int port = service().port();
    service().close();
    assertThat(health("127.0.0.1", port)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("no answer from 127.0.0.1:" + port);
  }

  @Test
  void one_that_answers_anything_else_is_not() throws Exception {
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.start(); // it knows no path
    try {
      assertThat(health("127.0.0.1", other.getAddress().getPort())).isEqualTo(1);
    } finally {
      other.stop(0);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("/health/live answered 404\n");
  }

  @Test
  void a_port_that_is_none_is_told() {
    assertThatThrownBy(() -> health("127.0.0.1", 0))
        .isInstanceOf(AppConfig.Invalid.class)
        .hasMessageStartingWith("PORT must be");
  }
}
