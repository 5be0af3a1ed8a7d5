package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.OTHER_PASSWORD;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Secret;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInTest {
  private static final SignIn.Outcome REFUSED = new SignIn.Outcome.Refused();

  private final AccountHarness accounts = AccountHarness.withoutMail();

  @AfterEach
  void close() {
    accounts.close();
  }

  private void tryWrong(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(accounts.signIn(EMAIL, OTHER_PASSWORD)).isEqualTo(REFUSED);
    }
  }

  @Test
  void who_signs_in_is_known_by_the_token() {
    User ada = accounts.givenUser();
    NewSession session = accounts.admitted(" ADA@Example.com ", PASSWORD);
    Caller caller = accounts.caller(session.token()).orElseThrow();
    assertThat(caller.user()).isEqualTo(ada);
    assertThat(caller.entitlement().tier()).isEqualTo(TierId.FREE);
    assertThat(session.signedIn().session().expiresAt())
        .isEqualTo(Fixtures.NOW.plus(Duration.ofDays(7)));
    assertThat(session.signedIn().session().device()).isEqualTo("Another browser");
  }

  @Test
  void refusals_are_alike_and_cost_alike() {
    accounts.givenUser();
    accounts.users().add("bob@example.com", "Bob");
    User closed = accounts.given("closed@example.com").signedIn().user();
    accounts.users().setDisabled(closed.id(), true);
    User deleted = accounts.given("deleted@example.com").signedIn().user();
    accounts.users().deleteAccount().delete(deleted.id(), new Proof.Vouched(), false);
    accounts.hasher.verified.set(0);
    assertThat(accounts.signIn(EMAIL, OTHER_PASSWORD)).isEqualTo(REFUSED);
    assertThat(accounts.hasher.verified).hasValue(1);
    for (String email :
        new String[] {
          "eve@example.com", "bob@example.com", "closed@example.com", "deleted@example.com", "none"
        }) {
      assertThat(accounts.signIn(email, PASSWORD)).as(email).isEqualTo(REFUSED);
    }
    assertThat(accounts.hasher.verified).hasValue(1);
    assertThat(accounts.hasher.pretended).hasValue(5);
  }

  @Test
  void after_five_wrong_passwords_the_right_one_must_wait_and_it_takes_as_long() {
    accounts.givenUser();
    tryWrong(5);
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(REFUSED);
    assertThat(accounts.hasher.verified).as("passwords that were looked at").hasValue(5);
    assertThat(accounts.hasher.pretended).hasValue(1);
    accounts.clock.advance(Duration.ofSeconds(1));
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void the_pause_doubles_and_a_success_clears_it() {
    accounts.givenUser();
    tryWrong(5);
    accounts.clock.advance(Duration.ofSeconds(1));
    tryWrong(1);
    accounts.clock.advance(Duration.ofSeconds(1));
    assertThat(accounts.signIn(EMAIL, PASSWORD)).as("two seconds by now").isEqualTo(REFUSED);
    accounts.clock.advance(Duration.ofSeconds(1));
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    tryWrong(4);
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void unknown_addresses_are_counted_as_known_ones_are() {
    tryWrong(5);
    assertThat(accounts.hasher.pretended).hasValue(5);
    accounts.givenUser();
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(REFUSED);
  }

  @Test
  void a_known_device_is_let_in_while_strangers_try() {
    Secret device = accounts.given(EMAIL).device().orElseThrow();
    tryWrong(5);
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(REFUSED);
    assertThat(accounts.signIn(EMAIL, PASSWORD, device))
        .isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_known_device_has_no_more_tries_than_anybody() {
    Secret device = accounts.given(EMAIL).device().orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(accounts.signIn(EMAIL, OTHER_PASSWORD, device)).isEqualTo(REFUSED);
    }
    assertThat(accounts.signIn(EMAIL, PASSWORD, device)).isEqualTo(REFUSED);
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_device_of_another_account_an_old_one_and_a_forged_one_are_not_known() {
    Secret others = accounts.given("bob@example.com").device().orElseThrow();
    Secret own = accounts.given(EMAIL).device().orElseThrow();
    String[] parts = own.reveal().split("\\.");
    String later = parts[0] + "." + (Long.parseLong(parts[1]) + 1) + "." + parts[2];
    tryWrong(5);
    for (String wrong : new String[] {others.reveal(), later, "", "a.b.c", own.reveal() + "x"}) {
      assertThat(accounts.signIn(EMAIL, PASSWORD, Secret.of(wrong))).as(wrong).isEqualTo(REFUSED);
    }
    accounts.clock.advance(Duration.ofDays(181));
    tryWrong(5);
    assertThat(accounts.signIn(EMAIL, PASSWORD, own)).as("of last year").isEqualTo(REFUSED);
  }

  @Test
  void a_device_keeps_its_name_and_is_not_known_after_a_change_of_the_password() {
    NewSession session = accounts.given(EMAIL);
    Secret device = session.device().orElseThrow();
    var again = (SignIn.Outcome.Admitted) accounts.signIn(EMAIL, PASSWORD, device);
    assertThat(again.session().device()).contains(device);
    accounts
        .users()
        .changePassword()
        .change(session.signedIn().session(), new Proof.Vouched(), "a quite new password");
    tryWrong(5);
    assertThat(accounts.signIn(EMAIL, "a quite new password", device)).isEqualTo(REFUSED);
  }

  @Test
  void a_weak_hash_is_replaced_when_its_owner_signs_in() {
    accounts.givenUser();
    accounts.hasher.outdated = true;
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    accounts.hasher.outdated = false;
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_password_that_was_changed_while_it_was_checked_opens_nothing() {
    NewSession session = accounts.given(EMAIL);
    AtomicBoolean once = new AtomicBoolean();
    accounts.hasher.beforeVerdict =
        () -> {
          if (once.compareAndSet(false, true)) {
            accounts
                .users()
                .changePassword()
                .change(session.signedIn().session(), new Proof.Vouched(), "a quite new password");
          }
        };
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isEqualTo(REFUSED);
    assertThat(accounts.signIn(EMAIL, "a quite new password"))
        .isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_session_ends_when_its_time_is_over() {
    NewSession session = accounts.given(EMAIL);
    accounts.clock.advance(Duration.ofDays(7));
    assertThat(accounts.caller(session.token())).isEmpty();
    assertThat(accounts.caller(Secret.of("no token"))).isEmpty();
  }

  @Test
  void a_closed_account_lets_nobody_in_until_it_is_opened_again() {
    NewSession session = accounts.given(EMAIL);
    accounts.users().setDisabled(session.signedIn().user().id(), true);
    assertThat(accounts.caller(session.token())).isEmpty();
    accounts.users().setDisabled(session.signedIn().user().id(), false);
    assertThat(accounts.caller(session.token())).as("its sessions have ended").isEmpty();
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void a_tier_that_was_granted_shows_in_the_next_request() {
    NewSession session = accounts.given(EMAIL);
    accounts.crew.grantTier(session.signedIn().user().id(), new TierId("pro"));
    assertThat(accounts.caller(session.token()).orElseThrow().entitlement().tier())
        .isEqualTo(new TierId("pro"));
  }

  @Test
  void what_a_device_calls_itself_is_made_fit_to_be_kept() {
    accounts.givenUser();
    var request = new SignIn.Request(EMAIL, PASSWORD, "x\r\ny" + "z".repeat(500), Optional.empty());
    var admitted = (SignIn.Outcome.Admitted) accounts.users().signIn().signIn(request);
    assertThat(admitted.session().signedIn().session().device())
        .startsWith("x  yz")
        .hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void a_form_shows_nothing_of_itself() {
    assertThat(new RegisterUser.Request("a@b.c", "secret", "n", "d").toString())
        .doesNotContain("secret");
    assertThat(new SignIn.Request("a@b.c", "secret", "d", Optional.empty()).toString())
        .doesNotContain("secret");
  }

  @Test
  void a_crew_without_accounts_says_how_to_get_them() {
    try (ContentCrew plain = ContentCrew.start()) {
      assertThatThrownBy(plain.users()::signIn)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("accounts(");
    }
  }
}
