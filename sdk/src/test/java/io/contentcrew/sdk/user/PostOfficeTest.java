package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Mailer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostOfficeTest {
  private final AccountHarness accounts = AccountHarness.withoutMail();
  private final AccountHarness.Post post = new AccountHarness.Post();
  private final PostOffice office = office(post);
  private User ada;

  @SuppressWarnings("NullAway.Init")
  PostOfficeTest() {}

  private PostOffice office(Mailer mailer) {
    return new PostOffice(
        accounts.storage.transactions(), mailer, AccountHarness.PAGE, accounts.clock);
  }

  @BeforeEach
  void addUser() {
    ada = accounts.givenUser();
  }

  @AfterEach
  void close() {
    office.close();
    accounts.close();
  }

  private void write(Matter matter) {
    accounts.run(
        stores -> office.write(stores, new EmailAddress(EMAIL), matter, accounts.clock.instant()));
  }

  @Test
  void a_letter_that_cannot_be_sent_waits_longer_each_time_and_is_sent_in_the_end() {
    write(new Matter.PasswordChanged(ada.id()));
    post.away = true;
    office.sendDue();
    office.sendDue();
    assertThat(post.tried).hasValue(1);
    accounts.clock.advance(Duration.ofSeconds(15));
    office.sendDue();
    accounts.clock.advance(Duration.ofSeconds(15));
    office.sendDue();
    assertThat(post.tried).hasValue(2);
    post.away = false;
    accounts.clock.advance(Duration.ofSeconds(15));
    office.sendDue();
    assertThat(post.subjects()).containsExactly("Your password was changed");
    accounts.clock.advance(Duration.ofDays(1));
    office.sendDue();
    assertThat(post.tried).as("it is sent once").hasValue(3);
  }

  @Test
  void a_letter_that_cannot_be_sent_for_days_is_given_up() {
    write(new Matter.PasswordChanged(ada.id()));
    post.away = true;
    office.sendDue();
    accounts.clock.advance(Duration.ofDays(2).plusSeconds(1));
    office.sendDue();
    post.away = false;
    accounts.clock.advance(Duration.ofDays(1));
    office.sendDue();
    assertThat(post.subjects()).isEmpty();
    assertThat(post.tried).hasValue(2);
  }

  @Test
  void a_letter_that_is_refused_for_good_keeps_no_other_waiting() {
    AtomicInteger refused = new AtomicInteger();
    PostOffice picky =
        office(
            message -> {
              if (message.subject().equals("Choose a new password")) {
                refused.incrementAndGet();
                throw new PortFailureException("no such mailbox", null);
              }
              post.send(message);
            });
    write(new Matter.ResetPassword(ada.id()));
    write(new Matter.PasswordChanged(ada.id()));
    picky.sendDue();
    picky.sendDue();
    assertThat(refused).hasValue(1);
    assertThat(post.subjects()).containsExactly("Your password was changed");
    picky.close();
  }

  @Test
  void what_is_not_so_any_more_is_not_said() {
    write(new Matter.VerifyEmail(ada.id()));
    write(new Matter.PasswordChanged(ada.id()));
    accounts.run(
        stores -> {
          stores.users().verifyEmail(ada.id(), new EmailAddress(EMAIL));
          stores.users().releaseEmail(ada.id());
        });
    office.sendDue();
    assertThat(post.tried).hasValue(0);
  }

  @Test
  void an_instance_that_stops_in_the_middle_leaves_the_letter_to_others() {
    write(new Matter.PasswordChanged(ada.id()));
    accounts.run(
        stores ->
            assertThat(stores.letters().take(accounts.clock.instant(), Duration.ofMinutes(2), 10))
                .hasSize(1));
    office.sendDue();
    assertThat(post.tried).hasValue(0);
    accounts.clock.advance(Duration.ofMinutes(2));
    office.sendDue();
    assertThat(post.subjects()).hasSize(1);
  }

  @Test
  void a_letter_carries_a_token_that_the_store_never_had() {
    write(new Matter.ResetPassword(ada.id()));
    office.sendDue();
    String token = post.token();
    assertThat(accounts.users().resetPassword().reset(token, "a quite new password"))
        .isEqualTo(new ResetPassword.Outcome.Changed());
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
  }
}
