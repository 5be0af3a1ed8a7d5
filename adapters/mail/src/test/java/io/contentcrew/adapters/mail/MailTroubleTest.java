package io.contentcrew.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.contentcrew.adapters.mail.MailConfig.Protection;
import io.contentcrew.adapters.mail.MailConfig.Timeouts;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Mailer.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, stall, talk nonsense or go away. */
@Timeout(120)
class MailTroubleTest {
  private static final String[] CANARIES = {
    "canary-to", "canary-subject", "canary-text", "canary-pw", "canary-user", "server said"
  };
  private static final Timeouts GENEROUS = timeouts(60_000, 60_000);

  private final ScriptedSmtp server = new ScriptedSmtp();
  private final Message message =
      new Message(new EmailAddress("canary-to@example.org"), "canary-subject", "canary-text\n");

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static Timeouts timeouts(int read, int total) {
    return new Timeouts(
        Duration.ofSeconds(60),
        Duration.ofMillis(read),
        Duration.ofMillis(read),
        Duration.ofMillis(total));
  }

  private MailConfig config(Timeouts timeouts) {
    return MailConfig.of("127.0.0.1", new EmailAddress("no-reply@example.com"))
        .withPort(server.port())
        .withProtection(Protection.NONE)
        .withLogin("canary-user", Secret.of("canary-pw"))
        .withTimeouts(timeouts);
  }

  private void send(MailConfig config) {
    try (MailAdapter adapter = MailAdapter.open(config, InstantSource.system())) {
      adapter.mailer().send(message);
    }
  }

  private PortException failure(Timeouts timeouts) {
    PortException failure = catchThrowableOfType(PortException.class, () -> send(config(timeouts)));
    assertThat(failure).isNotNull();
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(CANARIES);
    return failure;
  }

  @Test
  void without_trouble_it_is_sent() {
    send(config(GENEROUS));

    assertThat(server.heard()).contains("RCPT TO:<canary-to@example.org>", "canary-text");
  }

  @ParameterizedTest
  @CsvSource({"MAIL, 550 5.7.1", "MAIL, 501", "MAIL, 530 5.7.0", "RCPT, 530 5.7.0", "DATA, 535"})
  void what_is_about_us_may_be_mended(String command, String code) {
    server.reply(command, code + " server said canary-to@example.org is not here");

    assertThat(failure(GENEROUS)).isInstanceOf(PortUnavailableException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1",
    "RCPT, 551",
    "RCPT, 552 5.2.2",
    "RCPT, 553",
    "RCPT, 554 5.7.1",
    "RCPT, 599",
    "DATA, 554 5.5.1",
    "., 550 5.7.26",
    "., 552 5.3.4",
    "., 554"
  })
  void a_refusal_of_the_message_is_for_good(String command, String code) {
    server.reply(command, code + " server said canary-to@example.org is not here");

    PortException failure = failure(GENEROUS);

    assertThat(failure).isInstanceOf(PortFailureException.class);
    assertThat(failure).hasMessageContaining("(" + code + ")").hasMessageContaining("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451 4.3.0",
    "MAIL, 421 4.7.0",
    "RCPT, 450 4.2.1",
    "RCPT, 451",
    "RCPT, 452 4.2.2",
    "RCPT, 421",
    "RCPT, 499",
    "DATA, 451 4.3.0",
    "., 451 4.7.1",
    "., 421"
  })
  void a_server_that_cannot_now_may_later(String command, String code) {
    server.reply(command, code + " server said canary-to@example.org has to wait");

    PortException failure = failure(GENEROUS);

    assertThat(failure).isInstanceOf(PortUnavailableException.class);
    assertThat(failure).hasMessageContaining("(" + code + ")");
  }

  /** These are about the server or its configuration: no message must be lost for that. */
  @ParameterizedTest
  @CsvSource({"GREETING, 421", "GREETING, 554", "EHLO, 421", "AUTH, 535", "AUTH, 454", "AUTH, 504"})
  void a_refusal_before_there_is_a_message_may_pass(String command, String code) {
    server.reply(command, code + " server said no to canary-user");
    server.reply("HELO", "500 server said no");

    assertThat(failure(GENEROUS)).isInstanceOf(PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
  void a_server_that_goes_away_may_come_back(String command) {
    server.reply(command, ScriptedSmtp.HANG_UP);
    server.reply("HELO", ScriptedSmtp.HANG_UP);

    assertThat(failure(GENEROUS)).isInstanceOf(PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
  void a_server_that_falls_silent_is_left_after_the_time_to_read(String command) {
    server.reply(command, ScriptedSmtp.STALL);

    assertThat(failure(timeouts(300, 60_000))).isInstanceOf(PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
  void a_server_that_never_ends_its_answer_is_left_after_the_total_time(String command)
      throws Exception {
    server.reply(command, ScriptedSmtp.DRIP);

    PortException failure = failure(timeouts(60_000, 1_500));

    assertThat(failure).isInstanceOf(PortUnavailableException.class).hasMessageContaining("PT1.5S");
    server.awaitEnd(); // the connection is not left behind
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "25",
        "999 what",
        "-1 what",
        "250",
        "\u0000\u0001\u0002",
        "HTTP/1.1 400 Bad Request",
        "<html>server said</html>",
        "220-never\r\nending\r\nstory",
        "99999999999999999999 server said",
        "5\u0665\u0660 server said"
      })
  void nonsense_is_no_acceptance(String nonsense) {
    for (String command : List.of("GREETING", "MAIL", "RCPT", "DATA")) {
      try (ScriptedSmtp confused = new ScriptedSmtp()) {
        confused.reply(command, nonsense);
        MailConfig config = config(timeouts(1_000, 20_000)).withPort(confused.port());
        if (!nonsense.equals("250") || !List.of("MAIL", "RCPT").contains(command)) {
          PortException failure = catchThrowableOfType(PortException.class, () -> send(config));
          assertThat(failure).as(command).isInstanceOf(PortUnavailableException.class);
          assertThat(failure.toString()).doesNotContain(CANARIES);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_server_that_does_not_read_is_left_after_the_time_to_write() {
    Message large =
        new Message(new EmailAddress("canary-to@example.org"), "s", "line\n".repeat(1_000_000));
    try (ScriptedSmtp deaf = new ScriptedSmtp().deafAfterData();
        MailAdapter adapter =
            MailAdapter.open(
                config(timeouts(500, 60_000)).withPort(deaf.port()), InstantSource.system())) {
      assertThatThrownBy(() -> adapter.mailer().send(large))
          .isInstanceOf(PortUnavailableException.class)
          .hasMessageNotContaining("PT1M");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_trouble_after_the_acceptance_does_not_matter() {
    for (String ending : List.of(ScriptedSmtp.HANG_UP, ScriptedSmtp.STALL, "500 what", "x")) {
      server.reply("QUIT", ending);
      send(config(GENEROUS));
    }
  }

  @Test
  void an_address_outside_ascii_is_refused_for_good_by_a_server_that_knows_none() {
    Message international = new Message(new EmailAddress("canary-t\u00F6@example.org"), "s", "t\n");
    try (MailAdapter adapter = MailAdapter.open(config(GENEROUS), InstantSource.system())) {
      assertThatThrownBy(() -> adapter.mailer().send(international))
          .isInstanceOf(PortFailureException.class)
          .hasMessageNotContaining("canary");
      server.reply("EHLO", "250-scripted\r\n250-SMTPUTF8\r\n250 AUTH PLAIN");
      adapter.mailer().send(international);
    }
    assertThat(server.heard())
        .contains("RCPT TO:<canary-t\u00F6@example.org>")
        .anyMatch(line -> line.startsWith("MAIL FROM:") && line.contains("SMTPUTF8"));
  }

  @Test
  void a_domain_that_cannot_be_is_refused_for_good() {
    Message impossible =
        new Message(new EmailAddress("canary-to@" + "\u00FC".repeat(70) + ".org"), "s", "t\n");
    try (MailAdapter adapter = MailAdapter.open(config(GENEROUS), InstantSource.system())) {
      assertThatThrownBy(() -> adapter.mailer().send(impossible))
          .isInstanceOf(PortFailureException.class)
          .hasMessageNotContaining("canary")
          .hasNoCause();
    }
  }

  @Test
  void who_is_interrupted_leaves_and_stays_interrupted() throws Exception {
    server.reply("DATA", ScriptedSmtp.DRIP);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              try {
                send(config(GENEROUS));
              } catch (PortUnavailableException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    server.awaitHeard("DATA");
    sender.interrupt();
    sender.join();

    assertThat(thrown.get()).isInstanceOf(PortUnavailableException.class);
    server.awaitEnd();
  }

  @Test
  void waiting_for_ones_turn_counts_for_the_total_time() throws Exception {
    server.reply("DATA", ScriptedSmtp.STALL);
    List<Thread> senders = new ArrayList<>();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    try (MailAdapter adapter =
        MailAdapter.open(config(timeouts(60_000, 2_000)), InstantSource.system())) {
      for (int i = 0; i < 9; i++) {
        senders.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    adapter.mailer().send(message);
                  } catch (PortException e) {
                    failures.add(e);
                  }
                }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
    }
    assertThat(failures).hasSize(9).allMatch(PortUnavailableException.class::isInstance);
  }

  /** Also not when somebody listens to all that the library says. */
  @Test
  void nothing_of_it_is_logged() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            logged.add(line.getLoggerName() + " " + line.getMessage() + " " + line.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    Level before = root.getLevel();
    root.addHandler(listener);
    root.setLevel(Level.ALL);
    try {
      send(config(GENEROUS));
      server.reply("RCPT", "550 server said no to canary-to@example.org");
      failure(GENEROUS);
    } finally {
      root.setLevel(before);
      root.removeHandler(listener);
    }
    assertThat(String.join("\n", logged)).doesNotContain(CANARIES);
  }
}
