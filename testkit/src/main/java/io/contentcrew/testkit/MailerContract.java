package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.Mailer.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Mailer} must do. */
public abstract class MailerContract {
  private static final EmailAddress TO = new EmailAddress("reader@example.org");

  /** The mailer under test; whoever carries its messages accepts them. */
  protected abstract Mailer mailer();

  /**
   * What was accepted from {@link #mailer()} in this test, in any order, as its readers see it:
   * decoded, and with lines that end in {@code \n}.
   */
  protected abstract List<Message> accepted();

  /** A mailer whose carrier cannot be reached. */
  protected abstract Mailer cutOff();

  /** A mailer whose carrier refuses every message for good. */
  protected abstract Mailer refused();

  @Test
  void a_message_is_accepted_when_send_returns() {
    Message message = new Message(TO, "Hello", "One line.\nAnother.\n");

    mailer().send(message);

    assertThat(accepted()).containsExactly(message);
  }

  @Test
  void each_message_goes_to_its_own_address_only() {
    Message first = new Message(new EmailAddress("first@example.org"), "To the first", "1\n");
    Message second =
        new Message(
            new EmailAddress("o'second+tag_x=y/z@mail.example.org"), "To the second", "2\n");

    mailer().send(first);
    mailer().send(second);

    assertThat(accepted()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void subjects_arrive_as_they_were_written() {
    List<Message> messages = new ArrayList<>();
    for (String subject :
        List.of(
            "x",
            "Confirm your address",
            "Best\u00E4tigen Sie Ihre Adresse, bitte \u2013 \u201Egleich\u201C",
            "\u786E\u8BA4\u60A8\u7684\u7535\u5B50\u90AE\u4EF6\u5730\u5740",
            "\uD83D\uDD10".repeat(100),
            "a".repeat(200),
            "word ".repeat(39) + "last!",
            "To: someone@example.com, Bcc: other@example.com",
            "=?UTF-8?Q?no=0D=0Acode?=",
            "half =?",
            "<b>&amp;\"quoted\"</b>")) {
      messages.add(new Message(TO, subject, "The text.\n"));
    }

    messages.forEach(mailer()::send);

    assertThat(accepted()).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void texts_arrive_as_they_were_written() {
    List<Message> messages = new ArrayList<>();
    for (String text :
        List.of(
            "plain\n",
            "\n\n\n",
            "Gr\u00FC\u00DFe aus K\u00F6ln\n\u4F60\u597D \uD83D\uDE00\n",
            ".\n..\n.hidden\n",
            "From here\n>From there\n",
            "trailing blanks  \nand a tab\t\n",
            "=3D =\n=C3=A9\n",
            "x".repeat(5_000) + "\n",
            "\u00E9".repeat(2_000) + "\n",
            "QUIT\nDATA\nRCPT TO:<other@example.com>\n",
            "Subject: not a header\n\nnor this: one\n",
            "https://example.com/reset#token=" + "aB3-_".repeat(40) + "\n",
            "line\n".repeat(2_000))) {
      messages.add(new Message(TO, "Text " + messages.size(), text));
    }

    messages.forEach(mailer()::send);

    assertThat(accepted()).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void sending_twice_is_two_messages() {
    Message message = new Message(TO, "Twice", "The text.\n");

    mailer().send(message);
    mailer().send(message);

    assertThat(accepted()).containsExactly(message, message);
  }

  @Test
  void many_threads_may_send() {
    Mailer mailer = mailer();
    List<Message> messages =
        Race.of(
            8,
            number -> {
              Message message = new Message(TO, "Number " + number, "Text " + number + "\n");
              mailer.send(message);
              return message;
            });

    assertThat(accepted()).containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void a_carrier_that_cannot_be_reached_may_be_later() {
    assertThat(failureOf(cutOff())).isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void a_refusal_for_good_is_told_from_that() {
    assertThat(failureOf(refused())).isInstanceOf(PortFailureException.class);
  }

  @Test
  void no_failure_tells_anything_of_the_message() {
    for (Mailer mailer : List.of(cutOff(), refused())) {
      for (Throwable e = failureOf(mailer); e != null; e = e.getCause()) {
        assertThat(e.toString()).doesNotContainIgnoringCase("secret", "hidden.example", "nobody@");
      }
    }
  }

  private static PortException failureOf(Mailer mailer) {
    Message message =
        new Message(
            new EmailAddress("nobody@hidden.example"), "A secret subject", "A secret text.\n");
    PortException failure = catchThrowableOfType(PortException.class, () -> mailer.send(message));
    assertThat(failure).as("the failure to send").isNotNull();
    return failure;
  }
}
