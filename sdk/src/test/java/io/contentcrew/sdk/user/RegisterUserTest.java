package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.OTHER_PASSWORD;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.sdk.FieldProblem;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisterUserTest {
  private static final RegisterUser.Outcome LETTER = new RegisterUser.Outcome.LetterSent();

  private static VerifyEmail.Outcome verify(AccountHarness accounts, String token) {
    return accounts.verify(token, PASSWORD);
  }

  @Test
  void without_mail_there_is_an_account_at_once_whose_address_is_not_proved() {
    try (AccountHarness accounts = AccountHarness.withoutMail()) {
      NewSession session = accounts.given(" Ada@Example.COM ");
      User user = accounts.caller(session.token()).orElseThrow().user();
      assertThat(user.email()).contains(new EmailAddress("ada@example.com"));
      assertThat(user.emailVerified()).isFalse();
      assertThat(accounts.register("ADA@example.com", "another password", "Eve"))
          .isEqualTo(new RegisterUser.Outcome.EmailTaken());
      assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    }
  }

  @Test
  void everything_that_is_wrong_with_a_form_is_told_at_once() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      assertThat(accounts.register("nobody", "short", " "))
          .isInstanceOfSatisfying(
              RegisterUser.Outcome.Invalid.class,
              invalid ->
                  assertThat(invalid.problems())
                      .extracting(FieldProblem::pointer)
                      .containsExactly("/email", "/name", "/password"));
      assertThat(accounts.register(EMAIL, "short", " "))
          .isInstanceOfSatisfying(
              RegisterUser.Outcome.Invalid.class,
              invalid ->
                  assertThat(invalid.problems())
                      .extracting(FieldProblem::pointer)
                      .containsExactly("/name", "/password"));
      assertThat(accounts.post.tried).hasValue(0);
    }
  }

  @Test
  void with_mail_there_is_an_account_when_the_letter_was_read() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      assertThat(accounts.register(EMAIL, PASSWORD, "Ada")).isEqualTo(LETTER);
      assertThat(accounts.users().find(EMAIL)).isEmpty();
      String token = accounts.post.token();
      assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
      var registered = (VerifyEmail.Outcome.Registered) verify(accounts, token);
      User user = accounts.caller(registered.session().token()).orElseThrow().user();
      assertThat(user.emailVerified()).isTrue();
      assertThat(user.name()).isEqualTo("Ada");
      assertThat(verify(accounts, token)).isEqualTo(new VerifyEmail.Outcome.NotValid());
      assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    }
  }

  @Test
  void a_letters_token_is_good_for_a_day() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      accounts.register(EMAIL, PASSWORD, "Ada");
      String token = accounts.post.token();
      accounts.clock.advance(Duration.ofDays(1));
      assertThat(verify(accounts, token)).isEqualTo(new VerifyEmail.Outcome.NotValid());
      assertThat(verify(accounts, "")).isEqualTo(new VerifyEmail.Outcome.NotValid());
    }
  }

  @Test
  void who_signs_up_with_a_taken_address_is_told_as_much_as_anybody_and_its_owner_gets_a_letter() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      accounts.givenUser();
      assertThat(accounts.register(EMAIL, OTHER_PASSWORD, "Eve")).isEqualTo(LETTER);
      assertThat(accounts.post.next().subject()).isEqualTo("You have an account already");
      assertThat(accounts.signIn(EMAIL, OTHER_PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    }
  }

  @Test
  void a_strangers_sign_up_becomes_its_owners_account_with_the_owners_password() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      for (int i = 0; i < 4; i++) {
        accounts.register(EMAIL, OTHER_PASSWORD, "http://evil.example");
      }
      Mailer.Message letter = accounts.post.next();
      assertThat(letter.text()).doesNotContain("evil");
      String token = AccountHarness.Post.tokenIn(letter);
      assertThat(accounts.register(EMAIL, PASSWORD, "Ada")).isEqualTo(LETTER);
      assertThat(
              accounts
                  .users()
                  .verifyEmail()
                  .verify(
                      new VerifyEmail.Request(
                          token,
                          Optional.of(PASSWORD),
                          Optional.of("Ada"),
                          Optional.empty(),
                          "A browser")))
          .isInstanceOfSatisfying(
              VerifyEmail.Outcome.Registered.class,
              registered ->
                  assertThat(registered.session().signedIn().user().name()).isEqualTo("Ada"));
      assertThat(accounts.signIn(EMAIL, OTHER_PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
      assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    }
  }

  @Test
  void a_letters_token_is_still_good_after_a_password_that_cannot_be_had() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      accounts.register(EMAIL, PASSWORD, "Ada");
      String token = accounts.post.token();
      assertThat(accounts.verify(token, "short")).isInstanceOf(VerifyEmail.Outcome.Invalid.class);
      assertThat(
              accounts
                  .users()
                  .verifyEmail()
                  .verify(
                      new VerifyEmail.Request(
                          token, Optional.empty(), Optional.empty(), Optional.empty(), "")))
          .isInstanceOf(VerifyEmail.Outcome.Invalid.class);
      assertThat(verify(accounts, token)).isInstanceOf(VerifyEmail.Outcome.Registered.class);
    }
  }

  @Test
  void of_two_letters_to_one_address_one_makes_an_account() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      accounts.register(EMAIL, PASSWORD, "Ada");
      String first = accounts.post.token();
      accounts.register(EMAIL, PASSWORD, "Ada");
      String second = accounts.post.token();
      assertThat(verify(accounts, second)).isInstanceOf(VerifyEmail.Outcome.Registered.class);
      assertThat(verify(accounts, first)).isEqualTo(new VerifyEmail.Outcome.NotValid());
    }
  }

  @Test
  void an_address_gets_no_flood_of_letters() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      for (int i = 0; i < 10; i++) {
        assertThat(accounts.register(EMAIL, PASSWORD, "Ada")).isEqualTo(LETTER);
      }
      accounts.post.next();
      accounts.post.next();
      accounts.post.next();
      accounts.clock.advance(Duration.ofMinutes(5));
      accounts.register(EMAIL, PASSWORD, "Ada");
      accounts.post.next();
      assertThat(accounts.post.tried).hasValue(4);
    }
  }

  @Test
  void the_address_of_a_deleted_account_can_be_had_by_whoever_proves_to_own_it() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      User old = accounts.givenUser();
      accounts.users().deleteAccount().delete(old.id(), new Proof.Vouched(), false);
      assertThat(accounts.post.next().subject()).isEqualTo("Your account was deleted");
      NewSession session = accounts.given(EMAIL);
      assertThat(session.signedIn().user().id()).isNotEqualTo(old.id());
      assertThat(accounts.users().find(old.id()).orElseThrow().user().email()).isEmpty();
    }
  }

  @Test
  void an_account_from_before_there_was_mail_is_verified_by_who_is_signed_in_to_it() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      User user = accounts.users().add(EMAIL, "Ada");
      VerifyEmail cases = accounts.users().verifyEmail();
      assertThat(cases.send(user.id())).isEqualTo(VerifyEmail.Sending.ON_ITS_WAY);
      String token = accounts.post.token();
      assertThat(verify(accounts, token)).isEqualTo(new VerifyEmail.Outcome.SignInNeeded());
      assertThat(accounts.users().find(EMAIL)).contains(user);
      VerifyEmail.Request owner =
          new VerifyEmail.Request(
              token, Optional.empty(), Optional.empty(), Optional.of(user.id()), "");
      assertThat(cases.verify(owner)).isEqualTo(new VerifyEmail.Outcome.Verified(user.id()));
      assertThat(cases.verify(owner)).isEqualTo(new VerifyEmail.Outcome.NotValid());
      assertThat(cases.send(user.id())).isEqualTo(VerifyEmail.Sending.NOTHING_TO_VERIFY);
      assertThat(accounts.users().find(EMAIL)).contains(user.withVerifiedEmail());
    }
  }

  @Test
  void letters_for_a_verification_are_bounded_and_need_mail() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      User user = accounts.users().add(EMAIL, "Ada");
      for (int i = 0; i < 3; i++) {
        assertThat(accounts.users().verifyEmail().send(user.id()))
            .isEqualTo(VerifyEmail.Sending.ON_ITS_WAY);
      }
      assertThat(accounts.users().verifyEmail().send(user.id()))
          .isEqualTo(VerifyEmail.Sending.TOO_MANY);
    }
    try (AccountHarness accounts = AccountHarness.withoutMail()) {
      assertThat(accounts.users().verifyEmail().send(accounts.givenUser().id()))
          .isEqualTo(VerifyEmail.Sending.NO_MAIL);
    }
  }

  @Test
  void a_name_that_looks_like_a_place_in_a_letter_is_only_a_name() {
    try (AccountHarness accounts = AccountHarness.withMail()) {
      User user = accounts.users().add(EMAIL, "{link} {name}");
      accounts.users().verifyEmail().send(user.id());
      Mailer.Message message = accounts.post.next();
      assertThat(message.to()).isEqualTo(new EmailAddress(EMAIL));
      assertThat(message.text())
          .startsWith("Hello {link} {name},")
          .contains("https://crew.example/verify-email#token=");
      assertThat(message.toString()).doesNotContain("token=");
    }
  }
}
