package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class TapSocketTest {
  @Test
  void a_name_that_leads_to_a_link_local_address_is_not_followed() throws Exception {
    try (TapSocket socket = new TapSocket()) {
      InetSocketAddress metadata = new InetSocketAddress("169.254.169.254", 80);
      assertThatThrownBy(() -> socket.connect(metadata, 1_000))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("link-local");
      assertThat(socket.isConnected()).isFalse();
    }
  }

  @Test
  void small_requests_are_sent_at_once() throws Exception {
    try (TapSocket socket = new TapSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void names_are_looked_up() throws Exception {
    InterruptibleDns dns = new InterruptibleDns();
    assertThat(dns.lookup("localhost")).isNotEmpty();
    assertThatThrownBy(() -> dns.lookup("no-such-host.invalid"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void a_thread_that_is_interrupted_stays_so_when_it_looks_up_a_name() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new InterruptibleDns().lookup("no-such-host.invalid"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
