package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.OTHER_PASSWORD;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final String NEW_PASSWORD = "a quite new password";

  private final AccountHarness accounts = AccountHarness.withMail();

  @AfterEach
  void close() {
    accounts.close();
  }

  private static Proof password(String password) {
    return new Proof.Password(Secret.of(password));
  }

  private ChangePassword.Outcome change(Session session, Proof proof, String to) {
    return accounts.users().changePassword().change(session, proof, to);
  }

  @Test
  void a_change_needs_the_present_password_and_ends_all_other_sessions() {
    NewSession here = accounts.given(EMAIL);
    NewSession there = accounts.admitted(EMAIL, PASSWORD);
    Session session = here.signedIn().session();
    assertThat(change(session, password(OTHER_PASSWORD), NEW_PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.NotProven(Proof.Verdict.WRONG_PASSWORD));
    assertThat(change(session, new Proof.RecentSignIn(session), NEW_PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.NotProven(Proof.Verdict.PASSWORD_NEEDED));
    assertThat(accounts.caller(there.token())).isPresent();
    assertThat(change(session, password(PASSWORD), NEW_PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.Changed());
    assertThat(accounts.caller(here.token())).isPresent();
    assertThat(accounts.caller(there.token())).isEmpty();
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(accounts.signIn(EMAIL, NEW_PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    assertThat(accounts.post.next().subject()).isEqualTo("Your password was changed");
  }

  @Test
  void an_unsuitable_new_password_changes_nothing() {
    Session session = accounts.given(EMAIL).signedIn().session();
    assertThat(change(session, password(PASSWORD), EMAIL))
        .isInstanceOf(ChangePassword.Outcome.Invalid.class);
    assertThat(change(session, password(PASSWORD), "short"))
        .isInstanceOfSatisfying(
            ChangePassword.Outcome.Invalid.class,
            invalid -> assertThat(invalid.problem().pointer()).isEqualTo("/new_password"));
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void whoever_finds_a_session_open_cannot_try_passwords_at_leisure() {
    Session session = accounts.given(EMAIL).signedIn().session();
    for (int i = 0; i < 5; i++) {
      change(session, password(OTHER_PASSWORD + i), NEW_PASSWORD);
    }
    assertThat(change(session, password(PASSWORD), NEW_PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.NotProven(Proof.Verdict.WRONG_PASSWORD));
    accounts.clock.advance(Duration.ofSeconds(1));
    assertThat(change(session, password(PASSWORD), NEW_PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.Changed());
    accounts.run(
        stores ->
            assertThat(stores.audit().list(session.userId(), 0, 100))
                .filteredOn(event -> event.event().kind() == Kind.PASSWORD_REFUSED)
                .hasSize(5));
  }

  private void send(String address) {
    assertThat(accounts.users().resetPassword().send(address))
        .isEqualTo(ResetPassword.Sending.PERHAPS_ON_ITS_WAY);
  }

  private ResetPassword.Outcome reset(String token, String to) {
    return accounts.users().resetPassword().reset(token, to);
  }

  @Test
  void a_reset_by_letter_sets_the_password_once_and_ends_all_sessions() {
    NewSession session = accounts.given(EMAIL);
    send(EMAIL);
    String token = accounts.post.token();
    assertThat(reset(token, "short")).isInstanceOf(ResetPassword.Outcome.Invalid.class);
    assertThat(reset(token, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.Changed());
    assertThat(reset(token, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.NotValid());
    assertThat(accounts.caller(session.token())).isEmpty();
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(accounts.signIn(EMAIL, NEW_PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_reset_makes_all_other_letters_worthless_and_clears_the_tries() {
    accounts.givenUser();
    send(EMAIL);
    send(EMAIL);
    String first = accounts.post.token();
    String second = accounts.post.token();
    for (int i = 0; i < 6; i++) {
      accounts.signIn(EMAIL, OTHER_PASSWORD);
    }
    assertThat(reset(second, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.Changed());
    assertThat(reset(first, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.NotValid());
    assertThat(accounts.signIn(EMAIL, NEW_PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_reset_letter_is_good_for_half_an_hour() {
    accounts.givenUser();
    send(EMAIL);
    String token = accounts.post.token();
    accounts.clock.advance(Duration.ofMinutes(30));
    assertThat(reset(token, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.NotValid());
  }

  @Test
  void nobody_but_an_accounts_owner_gets_a_letter() {
    User closed = accounts.given("closed@example.com").signedIn().user();
    accounts.users().setDisabled(closed.id(), true);
    send("nobody@example.com");
    send("no address");
    send("closed@example.com");
    accounts.givenUser();
    int before = accounts.post.tried.get();
    send(EMAIL);
    assertThat(accounts.post.next().subject()).isEqualTo("Choose a new password");
    assertThat(accounts.post.tried).hasValue(before + 1);
  }

  @Test
  void a_letters_token_opens_only_what_it_is_for() {
    User user = accounts.givenUser();
    send(EMAIL);
    String token = accounts.post.token();
    assertThat(accounts.verify(token, PASSWORD)).isEqualTo(new VerifyEmail.Outcome.NotValid());
    assertThat(reset(token, NEW_PASSWORD)).isEqualTo(new ResetPassword.Outcome.Changed());
    assertThat(accounts.users().find(user.id())).isPresent();
  }

  @Test
  void a_reset_of_an_account_that_was_not_proved_takes_it_from_whoever_made_it() {
    try (AccountHarness before = AccountHarness.withoutMail()) {
      assertThat(before.users().resetPassword().send(EMAIL))
          .isEqualTo(ResetPassword.Sending.NO_MAIL);
    }
    User squatted = accounts.users().add(EMAIL, "Eve");
    Identity eves = new Identity(new ProviderName("github"), "eve");
    accounts.run(
        stores -> {
          stores.identities().link(squatted.id(), eves, accounts.clock.instant());
        });
    send(EMAIL);
    assertThat(reset(accounts.post.token(), NEW_PASSWORD))
        .isEqualTo(new ResetPassword.Outcome.Changed());
    accounts.run(stores -> assertThat(stores.identities().find(eves)).isEmpty());
    assertThat(accounts.users().find(EMAIL).orElseThrow().emailVerified()).isTrue();
  }
}
