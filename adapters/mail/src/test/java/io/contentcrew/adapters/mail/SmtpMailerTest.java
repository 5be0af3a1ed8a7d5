package io.contentcrew.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.mail.MailConfig.Protection;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.Mailer.Message;
import io.contentcrew.testkit.MailerContract;
import io.contentcrew.testkit.TestClock;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real server without TLS. */
@Timeout(120)
class SmtpMailerTest extends MailerContract {
  private static final EmailAddress FROM = new EmailAddress("no-reply@mail.example.com");
  private static final EmailAddress TO = new EmailAddress("reader@example.org");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T03:04:05.678Z"));
  private final Mailbox box = Mailbox.plain();
  private final ScriptedSmtp strict = new ScriptedSmtp().reply("RCPT", "550 5.1.1 no such user");
  private final MailAdapter adapter = MailAdapter.open(config(box.port()), clock);

  @AfterEach
  void close() throws IOException {
    adapter.close();
    box.close();
    strict.close();
  }

  private static MailConfig config(int port) {
    return MailConfig.of("127.0.0.1", FROM).withPort(port).withProtection(Protection.NONE);
  }

  private Mailer to(int port) {
    return MailAdapter.open(config(port), clock).mailer();
  }

  @Override
  protected Mailer mailer() {
    return adapter.mailer();
  }

  @Override
  protected List<Message> accepted() {
    return box.messages();
  }

  @Override
  protected Mailer cutOff() {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return to(gone.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Mailer refused() {
    return to(strict.port());
  }

  private MimeMessage only() {
    assertThat(box.mimeMessages()).hasSize(1);
    return box.mimeMessages()[0];
  }

  private static String header(MimeMessage mime, String name) throws Exception {
    String[] all = mime.getHeader(name);
    assertThat(all).as(name).hasSize(1);
    return all[0];
  }

  @Test
  void it_carries_the_headers_that_it_needs() throws Exception {
    mailer().send(new Message(TO, "Hello", "Gr\u00FC\u00DFe = good\n"));

    MimeMessage mime = only();
    assertThat(header(mime, "From")).isEqualTo("Content Creation Crew <no-reply@mail.example.com>");
    assertThat(header(mime, "To")).isEqualTo("reader@example.org");
    assertThat(header(mime, "Subject")).isEqualTo("Hello");
    assertThat(header(mime, "Date")).isEqualTo("Mon, 2 Nov 2026 03:04:05 +0000");
    assertThat(header(mime, "Message-ID")).matches("<[0-9a-f-]{36}@mail\\.example\\.com>");
    assertThat(header(mime, "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(header(mime, "MIME-Version")).isEqualTo("1.0");
    assertThat(header(mime, "Content-Type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(header(mime, "Content-Transfer-Encoding")).isEqualTo("quoted-printable");
    assertThat(new String(mime.getRawInputStream().readAllBytes(), "US-ASCII"))
        .contains("Gr=C3=BC=C3=9Fe =3D good");
    assertThat(mime.getHeader("Return-Path")[0]).contains("no-reply@mail.example.com");
  }

  @Test
  void each_message_has_an_id_of_its_own() throws Exception {
    mailer().send(new Message(TO, "Hello", "x\n"));
    mailer().send(new Message(TO, "Hello", "x\n"));

    assertThat(box.mimeMessages()[0].getMessageID())
        .isNotEqualTo(box.mimeMessages()[1].getMessageID());
  }

  @Test
  void a_name_of_any_characters_stands_beside_the_address() throws Exception {
    String name = "Sch\u00F6n, \"klug\" <und> gut; \u4F60\u597D";
    try (MailAdapter named = MailAdapter.open(config(box.port()).withFromName(name), clock)) {
      named.mailer().send(new Message(TO, "Hello", "x\n"));
    }

    var from = (jakarta.mail.internet.InternetAddress) only().getFrom()[0];
    assertThat(from.getPersonal()).isEqualTo(name);
    assertThat(from.getAddress()).isEqualTo("no-reply@mail.example.com");
  }

  @Test
  void nothing_in_subject_or_text_becomes_a_header_or_a_recipient() throws Exception {
    mailer()
        .send(
            new Message(
                TO,
                "x\u2028Bcc: a@example.net =?UTF-8?Q?=0D=0ABcc:_b@example.net?= \u0130",
                "\r\nBcc: c@example.net\r\n.\r\nRCPT TO:<d@example.net>\r\n\rDATA\n"));

    MimeMessage mime = only();
    assertThat(mime.getHeader("Bcc")).isNull();
    assertThat(mime.getAllRecipients()).hasSize(1);
    assertThat(mime.getSubject()).contains("\u2028Bcc: a@example.net =?UTF-8?Q?=0D=0ABcc");
    assertThat((String) mime.getContent())
        .contains("Bcc: c@example.net", "RCPT TO:<d@example.net>");
  }

  @Test
  void a_domain_outside_ascii_travels_in_its_ascii_form() throws Exception {
    mailer().send(new Message(new EmailAddress("a@b\u00FCcher.example"), "Hello", "x\n"));

    assertThat(only().getAllRecipients()[0]).hasToString("a@xn--bcher-kva.example");
  }

  @Test
  void it_is_closed_for_good_and_ends_what_was_begun() {
    adapter.close();
    adapter.close();

    assertThatThrownBy(() -> mailer().send(new Message(TO, "Hello", "x\n")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
