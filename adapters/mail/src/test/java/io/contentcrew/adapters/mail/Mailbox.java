package io.contentcrew.adapters.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.user.Mailer.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;

/** A real mail server, and what came into it. */
final class Mailbox implements AutoCloseable {
  private final GreenMail server;
  private final String protocol;

  private Mailbox(String protocol) {
    this.protocol = protocol;
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
  }

  static Mailbox plain() {
    return new Mailbox(ServerSetup.PROTOCOL_SMTP);
  }

  /** The server reads its keys once: all tests of a run share a certificate. */
  static Mailbox tls(TestCertificate certificate) {
    System.setProperty("greenmail.tls.keystore.file", certificate.keys().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
    return new Mailbox(ServerSetup.PROTOCOL_SMTPS);
  }

  /** From now on that user has to log in. */
  Mailbox withUser(String name, String password) {
    server.setUser(name + "@example.com", name, password);
    return this;
  }

  int port() {
    return (protocol.equals(ServerSetup.PROTOCOL_SMTP) ? server.getSmtp() : server.getSmtps())
        .getPort();
  }

  /** What came, as mail programs would show it. */
  List<Message> messages() {
    return Arrays.stream(mimeMessages()).map(Mailbox::message).toList();
  }

  MimeMessage[] mimeMessages() {
    return server.getReceivedMessages();
  }

  private static Message message(MimeMessage mime) {
    try {
      InternetAddress to = (InternetAddress) mime.getAllRecipients()[0];
      // the server keeps messages without the end of their last line
      String text = ((String) mime.getContent()).replace("\r\n", "\n") + "\n";
      return new Message(new EmailAddress(to.getAddress()), mime.getSubject(), text);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
