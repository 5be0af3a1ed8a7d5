package io.contentcrew.adapters.mail;

import io.contentcrew.adapters.mail.MailConfig.Login;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Mailer.Message;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One message over one connection. */
final class SmtpAttempt {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.adapters.mail");

  private final MailConfig config;
  private final SmtpSettings settings;
  private final Envelopes envelopes;
  private final Line line;

  SmtpAttempt(MailConfig config, SmtpSettings settings, Envelopes envelopes, Line line) {
    this.config = config;
    this.settings = settings;
    this.envelopes = envelopes;
    this.line = line;
  }

  void send(Message message) {
    boolean international = isInternational(message.to());
    Properties properties = settings.forAttempt(line);
    if (international) {
      properties.put("mail.mime.allowutf8", "true");
    }
    Session session = Session.getInstance(properties);
    SMTPTransport transport =
        new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null));
    try {
      connect(transport);
      if (international && !transport.supportsExtension("SMTPUTF8")) {
        throw new PortFailureException(
            settings.server() + " carries no mail to addresses outside ASCII", null);
      }
      hand(transport, envelopes.of(session, message));
    } finally {
      quit(transport);
    }
  }

  private static boolean isInternational(EmailAddress to) {
    try {
      return Envelopes.isInternational(to);
    } catch (IllegalArgumentException e) { // whose text is the address
      throw new PortFailureException("no domain can be called like that of an address", null);
    }
  }

  /** Whatever fails here is about the server, not about the message: that may be sent later. */
  private void connect(SMTPTransport transport) {
    try {
      transport.connect(
          config.host(),
          config.port(),
          config.login().map(Login::username).orElse(null),
          config.login().map(Login::password).map(Secret::reveal).orElse(null));
    } catch (AuthenticationFailedException e) {
      throw new PortUnavailableException(
          settings.server() + " does not accept the login: check user name and password", null);
    } catch (MessagingException e) {
      throw new PortUnavailableException(
          settings.server() + " cannot be used now" + SmtpReply.in(e).told(), SmtpReply.cause(e));
    }
  }

  private void hand(SMTPTransport transport, MimeMessage message) {
    try {
      Address[] recipients = message.getAllRecipients();
      transport.sendMessage(message, recipients);
    } catch (MessagingException e) {
      throw refusal(e);
    }
  }

  private PortException refusal(MessagingException e) {
    SmtpReply reply = SmtpReply.in(e);
    return reply.isForGood()
        ? new PortFailureException(
            settings.server() + " refused the message" + reply.told(), SmtpReply.cause(e))
        : new PortUnavailableException(
            settings.server() + " did not take the message" + reply.told(), SmtpReply.cause(e));
  }

  private static void quit(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) { // the message is with the server or not, whatever comes now
      LOG.log(System.Logger.Level.DEBUG, "a connection to the mail server did not end well");
    }
  }
}
