package io.contentcrew.app;

import io.contentcrew.ports.user.Mailer;
import java.lang.System.Logger.Level;

/**
 * Shows letters in the log instead of sending them: for a developer's own machine, since their
 * links let anybody in who reads them.
 */
final class LoggedMailer implements Mailer {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.mail");

  @Override
  public void send(Message message) {
    LOG.log(
        Level.INFO,
        "A letter to {0} that is not sent, as SMTP_HOST is not set: {1}. {2}",
        message.to(),
        message.subject(),
        message.text().strip().replaceAll("\\s+", " "));
  }
}
