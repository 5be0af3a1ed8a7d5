package io.contentcrew.sdk.user;

import static io.contentcrew.sdk.user.AccountHarness.EMAIL;
import static io.contentcrew.sdk.user.AccountHarness.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Identities.Linked;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.sdk.user.SignInWithProvider.Answer;
import io.contentcrew.sdk.user.SignInWithProvider.Outcome;
import io.contentcrew.sdk.user.SignInWithProvider.Reason;
import io.contentcrew.sdk.user.SignInWithProvider.Unlinking;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInWithProviderTest {
  private static final ProviderName NAME = new ProviderName("acme");

  private final Acme acme = new Acme(NAME);
  private final Acme other = new Acme(new ProviderName("other"));
  private final AccountHarness accounts = AccountHarness.withoutMail(acme, other);
  private final SignInWithProvider cases = accounts.users().signInWithProvider();

  @AfterEach
  void close() {
    accounts.close();
  }

  /** Vouches for whom the test says. */
  private static final class Acme implements IdentityProvider {
    private final ProviderName name;
    private String subject = "ada-1";
    private String called = "Ada";
    private Optional<EmailAddress> email = Optional.of(new EmailAddress(EMAIL));
    private boolean verified = true;
    private RuntimeException failure;
    private Visit identified;
    private Return back;

    @SuppressWarnings("NullAway.Init")
    Acme(ProviderName name) {
      this.name = name;
    }

    @Override
    public ProviderName name() {
      return name;
    }

    @Override
    public String displayName() {
      return "Acme";
    }

    @Override
    public URI authorizationUrl(Visit visit) {
      return URI.create(
          "https://acme.example/authorize?state="
              + visit.state()
              + "&nonce="
              + visit.nonce()
              + "&redirect_uri="
              + visit.redirectUri());
    }

    @Override
    public Profile identify(Visit visit, Return from) {
      identified = visit;
      back = from;
      if (failure != null) {
        throw failure;
      }
      return new Profile(new Identity(name, subject), email, verified, Optional.of(called));
    }
  }

  /** A browser on its way. */
  private record Trip(String state, String nonce, String redirectUri, String browser) {}

  private Trip start(ProviderName provider, String returnTo, Optional<Session> linkTo) {
    var started =
        (SignInWithProvider.Start.Started)
            linkTo
                .map(
                    session ->
                        cases.startLink(
                            provider, returnTo, session, new Proof.RecentSignIn(session)))
                .orElseGet(() -> cases.start(provider, returnTo));
    String query = started.address().getQuery();
    return new Trip(
        query.replaceAll(".*state=([^&]*).*", "$1"),
        query.replaceAll(".*nonce=([^&]*).*", "$1"),
        query.replaceAll(".*redirect_uri=([^&]*).*", "$1"),
        started.browser().reveal());
  }

  private Trip start() {
    return start(NAME, "/studio", Optional.empty());
  }

  private static Answer answer(Trip trip) {
    return new Answer(
        Optional.of(trip.state),
        Optional.of("code"),
        Optional.empty(),
        Optional.of("https://acme.example"),
        Optional.of(trip.browser),
        "A browser");
  }

  private Outcome come() {
    return cases.finish(NAME, answer(start()));
  }

  private NewSession come(Trip trip) {
    return ((Outcome.Admitted) cases.finish(NAME, answer(trip))).session();
  }

  private static Outcome refused(Reason reason, String returnTo) {
    return new Outcome.Refused(reason, returnTo);
  }

  private User admitted(Outcome outcome, boolean isNew) {
    if (outcome instanceof Outcome.Admitted admitted) {
      assertThat(admitted.isNew()).isEqualTo(isNew);
      assertThat(admitted.returnTo()).isEqualTo("/studio");
      return accounts.caller(admitted.session().token()).orElseThrow().user();
    }
    throw new AssertionError(outcome);
  }

  @Test
  void a_newcomer_gets_an_account_and_comes_back_to_it() {
    User ada = admitted(come(), true);
    assertThat(ada.email()).contains(new EmailAddress(EMAIL));
    assertThat(ada.emailVerified()).isTrue();
    assertThat(ada.name()).isEqualTo("Ada");
    acme.email = Optional.of(new EmailAddress("ada@elsewhere.example"));
    assertThat(admitted(come(), false)).isEqualTo(ada);
    assertThat(cases.identities(ada.id()))
        .extracting(Linked::identity)
        .containsExactly(new Identity(NAME, "ada-1"));
  }

  @Test
  void the_provider_is_asked_with_what_the_browser_was_sent_with() {
    Trip trip = start();
    cases.finish(NAME, answer(trip));
    assertThat(acme.identified.state()).isEqualTo(trip.state);
    assertThat(acme.identified.nonce()).isEqualTo(trip.nonce);
    assertThat(acme.identified.redirectUri())
        .hasToString("https://api.crew.example/v1/auth/oauth/acme/callback")
        .hasToString(trip.redirectUri);
    assertThat(acme.identified.verifier()).hasSizeBetween(43, 128);
    assertThat(acme.back.code()).isEqualTo("code");
    assertThat(acme.back.issuer()).contains("https://acme.example");
  }

  @Test
  void an_address_that_the_provider_has_not_proved_is_nobodys() {
    User squatter = accounts.givenUser();
    acme.verified = false;
    User newcomer = admitted(come(), true);
    assertThat(newcomer.id()).isNotEqualTo(squatter.id());
    assertThat(newcomer.email()).isEmpty();
    acme.subject = "ada-2";
    acme.email = Optional.empty();
    assertThat(admitted(come(), true).email()).isEmpty();
  }

  @Test
  void an_identity_with_an_accounts_address_is_not_let_in_by_it() {
    User ada = accounts.givenUser();
    assertThat(come()).isEqualTo(refused(Reason.ACCOUNT_EXISTS, "/studio"));
    accounts.run(stores -> stores.users().verifyEmail(ada.id(), new EmailAddress(EMAIL)));
    assertThat(come()).isEqualTo(refused(Reason.ACCOUNT_EXISTS, "/studio"));
    assertThat(cases.identities(ada.id())).isEmpty();
  }

  @Test
  void whoever_is_signed_in_links_an_identity_and_signs_in_by_it_from_then_on() {
    NewSession session = accounts.given(EMAIL);
    User ada = session.signedIn().user();
    Trip trip = start(NAME, "/account", Optional.of(session.signedIn().session()));
    assertThat(cases.finish(NAME, answer(trip))).isEqualTo(new Outcome.Linked("/account"));
    User back = admitted(come(), false);
    assertThat(back.id()).isEqualTo(ada.id());
    assertThat(back.emailVerified()).as("the provider has proved the same address").isTrue();
  }

  @Test
  void an_identity_belongs_to_one_account_and_an_account_has_one_at_a_provider() {
    admitted(come(), true);
    Session bob = accounts.given("bob@example.com").signedIn().session();
    Outcome taken = cases.finish(NAME, answer(start(NAME, "/account", Optional.of(bob))));
    assertThat(taken).isEqualTo(refused(Reason.IDENTITY_TAKEN, "/account"));
    acme.subject = "bob-1";
    cases.finish(NAME, answer(start(NAME, "/account", Optional.of(bob))));
    acme.subject = "bob-2";
    assertThat(cases.finish(NAME, answer(start(NAME, "/account", Optional.of(bob)))))
        .isEqualTo(refused(Reason.IDENTITY_TAKEN, "/account"));
  }

  @Test
  void an_answer_is_taken_once() {
    Trip trip = start();
    admitted(cases.finish(NAME, answer(trip)), true);
    assertThat(cases.finish(NAME, answer(trip))).isEqualTo(refused(Reason.INVALID_STATE, "/"));
  }

  @Test
  void an_answer_of_another_browser_another_provider_or_another_time_is_not_taken() {
    Trip stolen = start();
    Trip mine = start();
    Answer crossed =
        new Answer(
            Optional.of(stolen.state),
            Optional.of("code"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(mine.browser),
            "");
    assertThat(cases.finish(NAME, crossed)).isEqualTo(refused(Reason.INVALID_STATE, "/"));
    assertThat(cases.finish(NAME, answer(stolen)))
        .as("it was taken, whoever brought it")
        .isEqualTo(refused(Reason.INVALID_STATE, "/"));
    assertThat(cases.finish(other.name(), answer(mine)))
        .isEqualTo(refused(Reason.INVALID_STATE, "/"));
    Trip late = start();
    accounts.clock.advance(Duration.ofMinutes(10));
    assertThat(cases.finish(NAME, answer(late))).isEqualTo(refused(Reason.INVALID_STATE, "/"));
    assertThat(cases.finish(NAME, answer(new Trip("none", "", "", "none"))))
        .isEqualTo(refused(Reason.INVALID_STATE, "/"));
    assertThat(acme.identified).isNull();
  }

  private Outcome withoutCode(String error) {
    Trip trip = start();
    return cases.finish(
        NAME,
        new Answer(
            Optional.of(trip.state),
            Optional.empty(),
            Optional.of(error),
            Optional.empty(),
            Optional.of(trip.browser),
            ""));
  }

  @Test
  void who_turns_back_at_the_provider_is_told_apart_from_whom_it_refuses() {
    assertThat(withoutCode("access_denied")).isEqualTo(refused(Reason.CANCELLED, "/studio"));
    assertThat(withoutCode("server_error")).isEqualTo(refused(Reason.PROVIDER_REFUSED, "/studio"));
    acme.failure = new IdentityProvider.RefusedException("the nonce is another one");
    assertThat(come()).isEqualTo(refused(Reason.PROVIDER_REFUSED, "/studio"));
  }

  @Test
  void a_provider_that_is_away_is_no_refusal() {
    acme.failure = new PortUnavailableException("acme does not answer", null);
    assertThat(come()).isEqualTo(refused(Reason.PROVIDER_UNAVAILABLE, "/studio"));
  }

  @Test
  void an_identity_is_linked_only_while_the_session_is_open_that_asked_for_it() {
    NewSession session = accounts.given(EMAIL);
    Trip trip = start(NAME, "/account", Optional.of(session.signedIn().session()));
    accounts.users().manageSessions().endAll(session.signedIn().user().id(), Optional.empty());
    assertThat(cases.finish(NAME, answer(trip))).isEqualTo(refused(Reason.NOT_ALLOWED, "/account"));
    assertThat(cases.identities(session.signedIn().user().id())).isEmpty();
  }

  @Test
  void linking_needs_the_password_where_the_sign_in_was_a_while_ago() {
    Session session = accounts.given(EMAIL).signedIn().session();
    accounts.clock.advance(Duration.ofMinutes(11));
    assertThat(cases.startLink(NAME, "/", session, new Proof.RecentSignIn(session)))
        .isEqualTo(new SignInWithProvider.Start.NotProven(Proof.Verdict.PASSWORD_NEEDED));
    assertThat(cases.startLink(NAME, "/", session, new Proof.Password(Secret.of(PASSWORD))))
        .isInstanceOf(SignInWithProvider.Start.Started.class);
  }

  @Test
  void a_newcomers_name_is_made_fit_to_be_shown() {
    acme.called = "A\u0085da\u0000 " + "x".repeat(98) + "\uD83D\uDD8B";
    assertThat(admitted(come(), true).name()).startsWith("A da").hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void a_closed_account_is_not_let_in_by_its_identity() {
    Session session = come(start()).signedIn().session();
    Trip trip = start(NAME, "/account", Optional.of(session));
    accounts.users().setDisabled(session.userId(), true);
    assertThat(come()).isEqualTo(refused(Reason.NOT_ALLOWED, "/studio"));
    assertThat(cases.finish(NAME, answer(trip))).isEqualTo(refused(Reason.NOT_ALLOWED, "/account"));
  }

  @Test
  void a_reader_is_sent_back_to_the_page_and_nowhere_else() {
    for (String elsewhere :
        new String[] {
          "https://evil.example", "//evil.example", "/\\evil.example", "", "a", "/a\nb"
        }) {
      Trip trip = start(NAME, elsewhere, Optional.empty());
      assertThat(cases.finish(NAME, answer(trip)))
          .as(elsewhere)
          .isInstanceOfSatisfying(
              Outcome.Admitted.class, admitted -> assertThat(admitted.returnTo()).isEqualTo("/"));
    }
  }

  @Test
  void there_is_no_way_to_a_provider_that_is_not_here() {
    assertThat(cases.start(new ProviderName("nobody"), "/"))
        .isEqualTo(new SignInWithProvider.Start.UnknownProvider());
    assertThat(cases.providers()).containsExactly(acme, other);
  }

  @Test
  void the_last_way_in_is_not_taken_away() {
    Session session = come(start()).signedIn().session();
    UserId ada = session.userId();
    assertThat(cases.unlink(ada, other.name())).isEqualTo(Unlinking.NOT_LINKED);
    assertThat(cases.unlink(ada, NAME)).isEqualTo(Unlinking.LAST_WAY_IN);
    cases.finish(other.name(), answer(start(other.name(), "/", Optional.of(session))));
    assertThat(cases.unlink(ada, NAME)).isEqualTo(Unlinking.UNLINKED);
    assertThat(cases.unlink(ada, other.name())).isEqualTo(Unlinking.LAST_WAY_IN);
  }

  @Test
  void an_account_without_a_password_gets_one_from_whoever_has_just_signed_in() {
    var first = (Outcome.Admitted) come();
    var session = first.session().signedIn().session();
    accounts.clock.advance(Duration.ofMinutes(11));
    assertThat(
            accounts
                .users()
                .changePassword()
                .change(session, new Proof.RecentSignIn(session), PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.NotProven(Proof.Verdict.SIGN_IN_NEEDED));
    var again = ((Outcome.Admitted) come()).session().signedIn().session();
    assertThat(
            accounts
                .users()
                .changePassword()
                .change(again, new Proof.RecentSignIn(again), PASSWORD))
        .isEqualTo(new ChangePassword.Outcome.Changed());
    assertThat(accounts.signIn(EMAIL, PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }
}
