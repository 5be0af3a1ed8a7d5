package io.contentcrew.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.mail.MailConfig.Login;
import io.contentcrew.adapters.mail.MailConfig.Protection;
import io.contentcrew.adapters.mail.MailConfig.Timeouts;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailConfigTest {
  private static final EmailAddress FROM = new EmailAddress("no-reply@example.com");
  private static final MailConfig CONFIG = MailConfig.of("smtp.example.com", FROM);

  @Test
  void the_defaults_are_those_it_documents() {
    assertThat(CONFIG)
        .isEqualTo(
            new MailConfig(
                "smtp.example.com",
                587,
                Protection.STARTTLS,
                false,
                Optional.empty(),
                Optional.empty(),
                FROM,
                "Content Creation Crew",
                new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1))));
  }

  @Test
  void each_copy_changes_what_it_says() {
    Timeouts timeouts =
        new Timeouts(
            Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3), Duration.ofHours(1));

    assertThat(
            CONFIG
                .withPort(465)
                .withProtection(Protection.TLS)
                .withLogin("me", Secret.of("pw"))
                .withTrusted(Path.of("ca.pem"))
                .withFromName("We")
                .withTimeouts(timeouts))
        .isEqualTo(
            new MailConfig(
                "smtp.example.com",
                465,
                Protection.TLS,
                false,
                Optional.of(new Login("me", Secret.of("pw"))),
                Optional.of(Path.of("ca.pem")),
                FROM,
                "We",
                timeouts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1"})
  void on_this_machine_a_plain_connection_will_do(String host) {
    MailConfig config = MailConfig.of(host, FROM).withProtection(Protection.NONE);

    assertThat(config.plainOverNetwork()).isFalse();
    assertThat(config.protection()).isEqualTo(Protection.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp.example.com",
        "localhost.example.com",
        "127.0.0.1.example.com",
        "10.0.0.1",
        "0.0.0.0",
        "::2",
        "mailserver"
      })
  void over_the_network_a_plain_connection_must_be_asked_for(String host) {
    MailConfig config = MailConfig.of(host, FROM);

    assertThatThrownBy(() -> config.withProtection(Protection.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(host)
        .hasMessageContaining("explicitly");
    assertThat(config.withPlainOverNetwork().protection()).isEqualTo(Protection.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "smtp example", "a\r\nb", "smtp.example.com/", "user@host", "\u00FC"})
  void what_is_no_host_is_refused(String host) {
    assertThatThrownBy(() -> MailConfig.of(host, FROM)).hasMessageContaining("host");
  }

  @Test
  void values_out_of_range_are_refused() {
    for (int port : new int[] {-1, 0, 65_536}) {
      assertThatThrownBy(() -> CONFIG.withPort(port)).hasMessageContaining("port");
    }
    for (String name : new String[] {"", " ", "a\nb", "a\r\nBcc: x@example.com", "x".repeat(101)}) {
      assertThatThrownBy(() -> CONFIG.withFromName(name)).hasMessageContaining("name");
    }
    for (String user : new String[] {"", " ", "a\0b", "a\nb"}) {
      assertThatThrownBy(() -> CONFIG.withLogin(user, Secret.of("x"))).hasMessageContaining("name");
    }
    Duration second = Duration.ofSeconds(1);
    for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofHours(1).plusMillis(1)}) {
      assertThatThrownBy(() -> new Timeouts(bad, second, second, second))
          .hasMessageContaining("to connect");
      assertThatThrownBy(() -> new Timeouts(second, bad, second, second))
          .hasMessageContaining("to read");
      assertThatThrownBy(() -> new Timeouts(second, second, bad, second))
          .hasMessageContaining("to write");
      assertThatThrownBy(() -> new Timeouts(second, second, second, bad))
          .hasMessageContaining("in total");
    }
  }

  @Test
  void an_address_to_come_from_is_one_that_every_server_takes() {
    EmailAddress international = new EmailAddress("\u00FC@example.com");

    assertThatThrownBy(() -> MailConfig.of("smtp.example.com", international))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ASCII");
    assertThat(MailConfig.of("smtp.example.com", new EmailAddress("a@b\u00FCcher.example")).from())
        .isNotNull();
  }

  @Test
  void it_does_not_show_who_logs_in() {
    assertThat(CONFIG.withLogin("myself", Secret.of("hidden pw")).toString())
        .doesNotContain("myself", "hidden pw");
  }
}
