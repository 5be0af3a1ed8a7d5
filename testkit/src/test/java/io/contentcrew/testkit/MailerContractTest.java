package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.Mailer.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract catches wrong mailers; that it lets a right one pass, the recording one shows. */
class MailerContractTest {
  /** What wrong mailers do with messages. */
  private interface Carrier {
    void carry(Message message, List<Message> accepted);
  }

  private static final class Contract extends MailerContract {
    private final List<Message> accepted = new ArrayList<>();
    private final Carrier carrier;
    private final Mailer broken;

    Contract(Carrier carrier, Mailer broken) {
      this.carrier = carrier;
      this.broken = broken;
    }

    @Override
    protected Mailer mailer() {
      return message -> carrier.carry(message, accepted);
    }

    @Override
    protected List<Message> accepted() {
      return accepted;
    }

    @Override
    protected Mailer cutOff() {
      return broken;
    }

    @Override
    protected Mailer refused() {
      return broken;
    }
  }

  private static void caught(Carrier carrier, Consumer<MailerContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract(carrier, message -> {})))
        .isInstanceOf(AssertionError.class);
  }

  private static void caught(Mailer broken, Consumer<MailerContract> test) {
    assertThatThrownBy(() -> test.accept(new Contract((message, accepted) -> {}, broken)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_mailer_that_drops_messages_is_caught() {
    caught((message, accepted) -> {}, MailerContract::a_message_is_accepted_when_send_returns);
    caught((message, accepted) -> {}, MailerContract::many_threads_may_send);
  }

  @Test
  void a_mailer_that_sends_copies_to_others_is_caught() {
    EmailAddress other = new EmailAddress("archive@example.org");
    caught(
        (message, accepted) -> {
          accepted.add(message);
          accepted.add(new Message(other, message.subject(), message.text()));
        },
        MailerContract::each_message_goes_to_its_own_address_only);
  }

  @Test
  void a_mailer_that_spoils_subjects_or_texts_is_caught() {
    caught(
        (message, accepted) ->
            accepted.add(
                new Message(
                    message.to(),
                    message.subject().replaceAll("[^\\x00-\\x7F]", "?"),
                    message.text())),
        MailerContract::subjects_arrive_as_they_were_written);
    for (String spoilt : new String[] {"(?m)[ \t]+$", "(?m)^\\.", "[^\\x00-\\x7F]"}) {
      caught(
          (message, accepted) ->
              accepted.add(
                  new Message(
                      message.to(), message.subject(), message.text().replaceAll(spoilt, ""))),
          MailerContract::texts_arrive_as_they_were_written);
    }
  }

  @Test
  void a_mailer_that_sends_equal_messages_once_is_caught() {
    Set<Message> known = new HashSet<>();
    caught(
        (message, accepted) -> {
          if (known.add(message)) {
            accepted.add(message);
          }
        },
        MailerContract::sending_twice_is_two_messages);
  }

  @Test
  void failures_of_the_wrong_kind_are_caught() {
    caught(message -> {}, MailerContract::a_carrier_that_cannot_be_reached_may_be_later);
    caught(
        message -> {
          throw new PortFailureException("away", null);
        },
        MailerContract::a_carrier_that_cannot_be_reached_may_be_later);
    caught(
        message -> {
          throw new PortUnavailableException("refused", null);
        },
        MailerContract::a_refusal_for_good_is_told_from_that);
    caught(
        message -> {
          throw new IllegalStateException("refused");
        },
        MailerContract::a_refusal_for_good_is_told_from_that);
  }

  @Test
  void failures_that_tell_of_the_message_are_caught() {
    caught(
        message -> {
          throw new PortUnavailableException("no " + message.to(), null);
        },
        MailerContract::no_failure_tells_anything_of_the_message);
    caught(
        message -> {
          throw new PortFailureException("no", new IllegalStateException(message.text()));
        },
        MailerContract::no_failure_tells_anything_of_the_message);
  }
}
