package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.ApiKeys.Listed;
import io.contentcrew.ports.user.Sessions.Open;
import io.contentcrew.sdk.FieldProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsAndKeysTest {
  private final AccountHarness accounts = AccountHarness.withoutMail();

  @AfterEach
  void close() {
    accounts.close();
  }

  @Test
  void users_see_where_they_are_signed_in_and_end_what_they_want() {
    NewSession here = accounts.given(EMAIL);
    NewSession others = accounts.given("eve@example.com");
    accounts.clock.advance(Duration.ofMinutes(1));
    NewSession there = accounts.admitted(EMAIL, PASSWORD);
    UserId ada = here.signedIn().user().id();
    ManageSessions sessions = accounts.users().manageSessions();
    List<Open> open = sessions.list(ada);
    assertThat(open).extracting(Open::device).containsExactly("Another browser", "A browser");
    assertThat(sessions.end(ada, others.signedIn().session().id().handle())).isFalse();
    assertThat(sessions.end(ada, open.getFirst().handle())).isTrue();
    assertThat(sessions.end(ada, open.getFirst().handle())).isFalse();
    assertThat(accounts.caller(there.token())).isEmpty();
    assertThat(accounts.caller(here.token())).isPresent();
    assertThat(accounts.caller(others.token())).isPresent();
  }

  @Test
  void signing_out_ends_one_session_and_signing_out_everywhere_ends_all() {
    NewSession one = accounts.given(EMAIL);
    NewSession two = accounts.admitted(EMAIL, PASSWORD);
    NewSession three = accounts.admitted(EMAIL, PASSWORD);
    ManageSessions sessions = accounts.users().manageSessions();
    sessions.signOut(one.signedIn().session());
    assertThat(accounts.caller(one.token())).isEmpty();
    assertThat(accounts.caller(two.token())).isPresent();
    UserId ada = one.signedIn().user().id();
    assertThat(sessions.endAll(ada, Optional.of(two.signedIn().session().id()))).isEqualTo(1);
    assertThat(accounts.caller(three.token())).isEmpty();
    assertThat(accounts.caller(two.token())).isPresent();
    assertThat(sessions.endAll(ada, Optional.empty())).isEqualTo(1);
    assertThat(accounts.caller(two.token())).isEmpty();
  }

  private ManageApiKeys.Outcome create(UserId user, String name, ApiScope... scopes) {
    return accounts
        .users()
        .manageApiKeys()
        .create(
            user,
            new Proof.Vouched(),
            new ManageApiKeys.Request(name, Set.of(scopes), Optional.of(Duration.ofDays(30))));
  }

  private UserId givenPro() {
    UserId user = accounts.givenUser().id();
    accounts.crew.grantTier(user, new TierId("pro"));
    return user;
  }

  private ManageApiKeys.Outcome.Created givenKey(UserId user, ApiScope... scopes) {
    return (ManageApiKeys.Outcome.Created) create(user, "CI", scopes);
  }

  @Test
  void a_key_lets_a_program_do_what_it_is_for() {
    UserId ada = givenPro();
    var created = givenKey(ada, ApiScope.CONTENT_READ);
    assertThat(created.secret().reveal()).startsWith("ccrew_live_").hasSizeGreaterThan(50);
    assertThat(created.secret().reveal()).startsWith(created.key().hint());
    Caller caller = accounts.caller(created.secret()).orElseThrow();
    assertThat(caller.user().id()).isEqualTo(ada);
    assertThat(caller.may(ApiScope.CONTENT_READ)).isTrue();
    assertThat(caller.may(ApiScope.CONTENT_WRITE)).isFalse();
    assertThat(caller).isInstanceOf(Caller.Program.class);
    assertThat(accounts.caller(Secret.of(created.secret().reveal() + "x"))).isEmpty();
  }

  @Test
  void keys_are_for_tiers_that_have_them_also_after_a_downgrade() {
    UserId free = accounts.givenUser().id();
    assertThat(create(free, "CI", ApiScope.CONTENT_READ))
        .isEqualTo(
            new ManageApiKeys.Outcome.NotInTier(TierId.FREE, Optional.of(new TierId("pro"))));
    accounts.crew.grantTier(free, new TierId("pro"));
    Secret key = givenKey(free, ApiScope.CONTENT_READ).secret();
    accounts.crew.grantTier(free, TierId.FREE);
    assertThat(accounts.caller(key)).isEmpty();
    assertThat(accounts.users().authenticate().authenticate(key.reveal()))
        .isInstanceOf(Authenticate.Outcome.KeyNotInTier.class);
    accounts.crew.grantTier(free, new TierId("pro"));
    assertThat(accounts.caller(key)).isPresent();
  }

  @Test
  void a_revoked_key_and_an_expired_one_let_nobody_in() {
    UserId ada = givenPro();
    var one = givenKey(ada, ApiScope.CONTENT_READ);
    var two = givenKey(ada, ApiScope.CONTENT_READ);
    UserId eve = accounts.given("eve@example.com").signedIn().user().id();
    assertThat(accounts.users().manageApiKeys().revoke(eve, one.key().id())).isFalse();
    assertThat(accounts.users().manageApiKeys().revoke(ada, one.key().id())).isTrue();
    assertThat(accounts.users().manageApiKeys().revoke(ada, one.key().id())).isFalse();
    assertThat(accounts.caller(one.secret())).isEmpty();
    assertThat(accounts.caller(two.secret())).isPresent();
    accounts.clock.advance(Duration.ofDays(30));
    assertThat(accounts.caller(two.secret())).isEmpty();
  }

  @Test
  void keys_show_when_they_were_last_used() {
    UserId ada = givenPro();
    var key = givenKey(ada, ApiScope.CONTENT_READ);
    ManageApiKeys keys = accounts.users().manageApiKeys();
    assertThat(keys.list(ada)).containsExactly(new Listed(key.key(), Optional.empty()));
    accounts.clock.advance(Duration.ofHours(1));
    accounts.caller(key.secret());
    assertThat(keys.list(ada))
        .containsExactly(new Listed(key.key(), Optional.of(accounts.clock.instant())));
  }

  @Test
  void a_user_has_so_many_keys_and_not_one_more() {
    UserId ada = givenPro();
    for (int i = 0; i < ManageApiKeys.MOST; i++) {
      givenKey(ada, ApiScope.CONTENT_READ);
    }
    assertThat(create(ada, "CI", ApiScope.CONTENT_READ))
        .isEqualTo(new ManageApiKeys.Outcome.TooMany(ManageApiKeys.MOST));
  }

  @Test
  void everything_that_is_wrong_with_a_wish_for_a_key_is_told_at_once() {
    UserId ada = givenPro();
    var request = new ManageApiKeys.Request("\n", Set.of(), Optional.of(Duration.ofDays(10_000)));
    assertThat(accounts.users().manageApiKeys().create(ada, new Proof.Vouched(), request))
        .isInstanceOfSatisfying(
            ManageApiKeys.Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(FieldProblem::pointer)
                    .containsExactlyInAnyOrder("/expires_in_days", "/scopes", "/name"));
  }

  @Test
  void a_key_is_made_by_who_has_signed_in_lately_or_gives_the_password() {
    NewSession session = accounts.given(EMAIL);
    UserId ada = session.signedIn().user().id();
    accounts.crew.grantTier(ada, new TierId("pro"));
    var wanted = new ManageApiKeys.Request("CI", Set.of(ApiScope.CONTENT_READ), Optional.empty());
    ManageApiKeys keys = accounts.users().manageApiKeys();
    Proof lately = new Proof.RecentSignIn(session.signedIn().session());
    assertThat(keys.create(ada, lately, wanted)).isInstanceOf(ManageApiKeys.Outcome.Created.class);
    accounts.clock.advance(Duration.ofMinutes(11));
    assertThat(keys.create(ada, lately, wanted))
        .isEqualTo(new ManageApiKeys.Outcome.NotProven(Proof.Verdict.PASSWORD_NEEDED));
    assertThat(keys.create(ada, new Proof.Password(Secret.of("wrong")), wanted))
        .isEqualTo(new ManageApiKeys.Outcome.NotProven(Proof.Verdict.WRONG_PASSWORD));
    assertThat(keys.create(ada, new Proof.Password(Secret.of(PASSWORD)), wanted))
        .isInstanceOf(ManageApiKeys.Outcome.Created.class);
  }

  @Test
  void the_oldest_session_makes_room_for_the_newest() {
    NewSession first = accounts.given(EMAIL);
    for (int i = 0; i < AccountContext.MOST_SESSIONS; i++) {
      accounts.clock.advance(Duration.ofSeconds(1));
      assertThat(accounts.caller(first.token())).as("after %d", i).isPresent();
      accounts.admitted(EMAIL, PASSWORD);
    }
    assertThat(accounts.caller(first.token())).isEmpty();
    assertThat(accounts.users().manageSessions().list(first.signedIn().user().id()))
        .hasSize(AccountContext.MOST_SESSIONS);
  }

  @Test
  void a_password_that_was_changed_leaves_keys_and_a_closed_account_rests_them() {
    UserId ada = givenPro();
    Secret key = givenKey(ada, ApiScope.CONTENT_READ).secret();
    accounts.users().setDisabled(ada, true);
    assertThat(accounts.caller(key)).isEmpty();
    accounts.users().setDisabled(ada, false);
    assertThat(accounts.caller(key)).isPresent();
  }
}
