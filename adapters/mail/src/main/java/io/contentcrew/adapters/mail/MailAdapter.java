package io.contentcrew.adapters.mail;

import io.contentcrew.ports.user.Mailer;
import java.time.InstantSource;

/** Sends mail by SMTP, each message over a connection of its own. Safe for use by many threads. */
public final class MailAdapter implements AutoCloseable {
  private final SmtpMailer mailer;

  private MailAdapter(SmtpMailer mailer) {
    this.mailer = mailer;
  }

  /**
   * An adapter with that configuration. It does not look for the server yet, and holds no thread
   * while nothing is sent.
   *
   * @param clock says what time messages are from
   * @throws IllegalArgumentException if the file of trusted certificates cannot be read as such
   */
  public static MailAdapter open(MailConfig config, InstantSource clock) {
    return new MailAdapter(new SmtpMailer(config, clock));
  }

  /**
   * Sends mail; of no use after {@link #close}. A message whose total time ends just when the
   * server accepts it is reported as not handed over, and may arrive twice when it is sent again.
   */
  public Mailer mailer() {
    return mailer;
  }

  /** Sends what has been begun or waits, and nothing after that. Idempotent. */
  @Override
  public void close() {
    mailer.close();
  }
}
