package io.contentcrew.adapters.mail;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.user.Mailer.Message;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Puts messages into the form in which they travel. */
final class Envelopes {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final EmailAddress from;
  private final String fromName;
  private final InstantSource clock;

  Envelopes(EmailAddress from, String fromName, InstantSource clock) {
    this.from = from;
    this.fromName = fromName;
    this.clock = clock;
  }

  MimeMessage of(Session session, Message message) {
    String id = "<" + UUID.randomUUID() + "@" + domainOf(from) + ">";
    try {
      MimeMessage mime =
          new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
              setHeader("Message-ID", id); // the library's would tell what this machine is called
            }
          };
      mime.setHeader("Date", DATE.format(clock.instant()));
      mime.setFrom(new InternetAddress(onTheWire(from), fromName, StandardCharsets.UTF_8.name()));
      InternetAddress to = new InternetAddress();
      to.setAddress(onTheWire(message.to()));
      mime.setRecipient(RecipientType.TO, to);
      mime.setHeader("Subject", HeaderText.encoded(message.subject()));
      mime.setHeader("Auto-Submitted", "auto-generated"); // so that no robot answers
      mime.setText(message.text(), StandardCharsets.UTF_8.name());
      mime.setHeader("Content-Transfer-Encoding", "quoted-printable");
      mime.saveChanges();
      return mime;
    } catch (MessagingException | UnsupportedEncodingException e) {
      // without its text, which may be the message's
      throw new IllegalStateException("a message cannot be written: " + e.getClass());
    }
  }

  /**
   * The domain of an address in ASCII.
   *
   * @throws IllegalArgumentException if none can be called so, or the way there (IDNA 2003) would
   *     lead to somebody else's: it makes one domain of those that differ in a sharp s
   */
  static String domainOf(EmailAddress address) {
    String domain = address.value().substring(address.value().indexOf('@') + 1);
    String ascii = IDN.toASCII(domain);
    if (!IDN.toUnicode(ascii).equals(domain)) {
      throw new IllegalArgumentException("the domain would become another one");
    }
    return ascii;
  }

  /** The address with its domain in ASCII, as servers that know nothing else need it. */
  static String onTheWire(EmailAddress address) {
    return address.value().substring(0, address.value().indexOf('@') + 1) + domainOf(address);
  }

  /** Whether the name before the domain, which has no other spelling, is outside ASCII. */
  static boolean isInternational(EmailAddress address) {
    return onTheWire(address).chars().anyMatch(c -> c > 127);
  }
}
