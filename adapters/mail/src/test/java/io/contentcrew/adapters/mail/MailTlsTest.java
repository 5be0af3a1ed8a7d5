package io.contentcrew.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.mail.MailConfig.Protection;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Mailer.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that nobody reads, to servers that are who they say. */
@Timeout(120)
class MailTlsTest {
  private static final Message MESSAGE =
      new Message(new EmailAddress("reader@example.org"), "Hello", "The text.\n");

  @TempDir static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate elsewhere;

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = TestCertificate.of(folder, "localhost");
    elsewhere = TestCertificate.of(folder, "elsewhere.example");
  }

  private static MailConfig config(int port, Protection protection) {
    return MailConfig.of("localhost", new EmailAddress("no-reply@example.com"))
        .withPort(port)
        .withProtection(protection)
        .withTrusted(localhost.pem());
  }

  private static void send(MailConfig config) {
    try (MailAdapter adapter = MailAdapter.open(config, InstantSource.system())) {
      adapter.mailer().send(MESSAGE);
    }
  }

  @Test
  void a_real_server_takes_messages_over_tls_and_after_login() {
    try (Mailbox box = Mailbox.tls(localhost).withUser("sender", "pass word")) {
      MailConfig config = config(box.port(), Protection.TLS);

      send(config.withLogin("sender", Secret.of("pass word")));

      assertThat(box.messages()).containsExactly(MESSAGE);
      assertThatThrownBy(() -> send(config.withLogin("sender", Secret.of("wrong word"))))
          .isInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("user name and password")
          .hasNoCause();
      assertThat(box.messages()).hasSize(1);
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused_with_tls() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(elsewhere.context())) {
      MailConfig config = config(server.port(), Protection.TLS).withTrusted(elsewhere.pem());

      assertThatThrownBy(() -> send(config))
          .isInstanceOf(PortUnavailableException.class)
          .hasCauseInstanceOf(SSLException.class);
      assertThat(server.heard()).isEmpty();
    }
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused() {
    try (Mailbox box = Mailbox.tls(localhost)) {
      MailConfig config = config(box.port(), Protection.TLS).withTrusted(elsewhere.pem());

      assertThatThrownBy(() -> send(config))
          .isInstanceOf(PortUnavailableException.class)
          .hasCauseInstanceOf(SSLException.class);
      assertThatThrownBy(
              () ->
                  send(
                      MailConfig.of("localhost", new EmailAddress("no-reply@example.com"))
                          .withPort(box.port())
                          .withProtection(Protection.TLS)))
          .isInstanceOf(PortUnavailableException.class)
          .hasCauseInstanceOf(SSLException.class);
      assertThat(box.messages()).isEmpty();
    }
  }

  @Test
  void with_starttls_nothing_but_the_greetings_is_said_in_the_open() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp().startsTls(localhost.context())) {
      send(config(server.port(), Protection.STARTTLS).withLogin("me", Secret.of("secret")));

      assertThat(server.heard().stream().filter(line -> !line.startsWith("TLS ")))
          .containsExactly("EHLO example.com", "STARTTLS");
      String login =
          Base64.getEncoder().encodeToString("me\0me\0secret".getBytes(StandardCharsets.UTF_8));
      assertThat(server.heard())
          .contains(
              "TLS AUTH PLAIN " + login,
              "TLS MAIL FROM:<no-reply@example.com>",
              "TLS RCPT TO:<reader@example.org>",
              "TLS The text.");
    }
  }

  @Test
  void a_server_without_starttls_gets_nothing() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp()) {
      assertThatThrownBy(
              () ->
                  send(
                      config(server.port(), Protection.STARTTLS)
                          .withLogin("me", Secret.of("secret"))))
          .isInstanceOf(PortUnavailableException.class);
      assertThat(server.heard()).noneMatch(line -> line.matches("(?i)(AUTH|MAIL|RCPT|DATA).*"));
    }
  }

  @Test
  void a_server_that_refuses_starttls_or_cannot_do_it_gets_nothing() throws Exception {
    for (String reply : new String[] {"454 not now", "500 what", "220 but it has no TLS"}) {
      try (ScriptedSmtp server = new ScriptedSmtp().reply("EHLO", "250-x\r\n250 STARTTLS")) {
        server.reply("STARTTLS", reply);
        assertThatThrownBy(() -> send(config(server.port(), Protection.STARTTLS)))
            .isInstanceOf(PortUnavailableException.class);
        assertThat(server.heard()).noneMatch(line -> line.matches("(?i)(AUTH|MAIL|RCPT|DATA).*"));
      }
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused_with_starttls() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp().startsTls(elsewhere.context())) {
      assertThatThrownBy(
              () -> send(config(server.port(), Protection.STARTTLS).withTrusted(elsewhere.pem())))
          .isInstanceOf(PortUnavailableException.class);
      assertThat(server.heard()).noneMatch(line -> line.startsWith("TLS "));
    }
  }

  /** Who sits between could put replies behind the one to STARTTLS, to be taken as protected. */
  @Test
  void what_was_said_before_tls_does_not_count_within_it() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp().startsTls(localhost.context())) {
      server.reply("STARTTLS", "220 begin\r\n250-injected\r\n250 AUTH PLAIN");
      server.reply("TLS EHLO", "250 scripted");
      try {
        send(config(server.port(), Protection.STARTTLS).withLogin("me", Secret.of("secret")));
      } catch (PortUnavailableException e) {
        assertThat(server.heard()).noneMatch(line -> line.contains("RCPT"));
      }
      assertThat(server.heard()).noneMatch(line -> line.contains("AUTH"));
    }
  }

  @Test
  void a_file_without_certificates_is_told_at_once() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "not a certificate");
    for (Path file : new Path[] {empty, nonsense, folder.resolve("missing.pem")}) {
      MailConfig config = config(25, Protection.TLS).withTrusted(file);

      assertThatThrownBy(() -> MailAdapter.open(config, InstantSource.system()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
