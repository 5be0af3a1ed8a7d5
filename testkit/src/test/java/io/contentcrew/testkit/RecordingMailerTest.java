package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.Mailer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingMailerTest extends MailerContract {
  private final RecordingMailer mailer = new RecordingMailer();

  @Override
  protected Mailer mailer() {
    return mailer;
  }

  @Override
  protected List<Mailer.Message> accepted() {
    return mailer.sent();
  }

  @Override
  protected Mailer cutOff() {
    RecordingMailer away = new RecordingMailer();
    away.breakDown();
    return away;
  }

  @Override
  protected Mailer refused() {
    RecordingMailer strict = new RecordingMailer();
    strict.refuse();
    return strict;
  }

  @Test
  void it_recovers_and_forgets_as_it_is_told() {
    EmailAddress to = new EmailAddress("a@example.org");
    Mailer.Message message = new Mailer.Message(to, "s", "t\n");
    mailer.breakDown();
    assertThatThrownBy(() -> mailer.send(message)).isInstanceOf(PortUnavailableException.class);
    mailer.recover();
    mailer.send(message);

    assertThat(mailer.sentTo(to)).containsExactly(message);
    assertThat(mailer.sentTo(new EmailAddress("b@example.org"))).isEmpty();
    mailer.clear();
    assertThat(mailer.sent()).isEmpty();
  }
}
