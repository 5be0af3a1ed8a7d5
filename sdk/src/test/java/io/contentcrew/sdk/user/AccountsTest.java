package io.contentcrew.sdk.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final String PASSWORD = "correct horse battery";

  private final TestClock clock = new TestClock(Fixtures.NOW);
  private final PlainHasher hasher = new PlainHasher();
  private final ContentCrew crew =
      ContentCrew.builder().accounts(hasher, new ListedTokens()).clock(clock).build();

  @AfterEach
  void close() {
    crew.close();
  }

  /** Hashes by turning round; hashes that begin with "old" are outdated. */
  private static final class PlainHasher implements PasswordHasher {
    final AtomicInteger verified = new AtomicInteger();
    final AtomicInteger pretended = new AtomicInteger();
    boolean outdated;

    @Override
    public PasswordHash hash(String password) {
      return new PasswordHash(new StringBuilder(password).reverse().toString());
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      verified.incrementAndGet();
      if (!hash.equals(hash(password))) {
        return Verdict.MISMATCH;
      }
      return outdated ? Verdict.MATCH_OUTDATED : Verdict.MATCH;
    }

    @Override
    public void pretendToVerify(String password) {
      pretended.incrementAndGet();
    }
  }

  /** Tokens that mean what a list says. */
  private static final class ListedTokens implements AccessTokens {
    private final Map<String, Session> issued = new ConcurrentHashMap<>();

    @Override
    public Secret issue(Session session) {
      String token = "token-" + issued.size();
      issued.put(token, session);
      return Secret.of(token);
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
      return Optional.ofNullable(issued.get(token))
          .filter(session -> session.expiresAt().isAfter(now))
          .map(session -> new Claims(session.userId(), session.id(), session.expiresAt()));
    }
  }

  private RegisterUser.Outcome register(String email, String password, String name) {
    return crew.registerUser().register(new RegisterUser.Request(email, password, name));
  }

  private SignIn.Outcome signIn(String email, String password) {
    return crew.signIn().signIn(new SignIn.Request(email, password));
  }

  @Test
  void who_registers_is_signed_in_on_the_free_tier() {
    var registered =
        (RegisterUser.Outcome.Registered) register(" Ada@Example.COM ", PASSWORD, " Ada ");
    SignedIn signedIn = crew.authenticate().authenticate(registered.token().reveal()).orElseThrow();
    assertThat(signedIn.user().email().value()).isEqualTo("ada@example.com");
    assertThat(signedIn.user().name()).isEqualTo("Ada");
    assertThat(signedIn.entitlement().tier()).isEqualTo(TierId.FREE);
    assertThat(signedIn.session().expiresAt()).isEqualTo(Fixtures.NOW.plus(Duration.ofDays(7)));
  }

  @Test
  void everything_that_is_wrong_with_a_form_is_told_at_once() {
    assertThat(register("nobody", "short", " "))
        .isInstanceOfSatisfying(
            RegisterUser.Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(FieldProblem::pointer)
                    .contains("/email"));
    assertThat(register("ada@example.com", "short", " "))
        .isInstanceOfSatisfying(
            RegisterUser.Outcome.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(FieldProblem::pointer)
                    .containsExactly("/name", "/password"));
  }

  @Test
  void an_address_has_one_account() {
    register("ada@example.com", PASSWORD, "Ada");
    assertThat(register("ADA@example.com", "another password", "Eve"))
        .isEqualTo(new RegisterUser.Outcome.EmailTaken());
    assertThat(signIn("ada@example.com", PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void
      a_wrong_password_an_unknown_address_and_one_without_a_password_are_refused_alike_and_cost_alike() {
    register("ada@example.com", PASSWORD, "Ada");
    crew.addUser("bob@example.com", "Bob");
    assertThat(signIn("ada@example.com", "wrong password")).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(signIn("eve@example.com", PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(signIn("bob@example.com", PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(signIn("no address", PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(hasher.verified).hasValue(1);
    assertThat(hasher.pretended).hasValue(3);
  }

  @Test
  void a_weak_hash_is_replaced_when_its_owner_signs_in() {
    register("ada@example.com", PASSWORD, "Ada");
    hasher.outdated = true;
    assertThat(signIn("ada@example.com", PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
    hasher.outdated = false;
    assertThat(signIn("ada@example.com", PASSWORD)).isInstanceOf(SignIn.Outcome.Admitted.class);
  }

  @Test
  void after_signing_out_the_token_opens_nothing() {
    register("ada@example.com", PASSWORD, "Ada");
    var one = (SignIn.Outcome.Admitted) signIn("ada@example.com", PASSWORD);
    var two = (SignIn.Outcome.Admitted) signIn("ada@example.com", PASSWORD);
    crew.signOut().signOut(one.signedIn().session().id());
    assertThat(crew.authenticate().authenticate(one.token().reveal())).isEmpty();
    assertThat(crew.authenticate().authenticate(two.token().reveal())).isPresent();
  }

  @Test
  void a_session_ends_when_its_time_is_over() {
    var registered = (RegisterUser.Outcome.Registered) register("ada@example.com", PASSWORD, "Ada");
    clock.advance(Duration.ofDays(7));
    assertThat(crew.authenticate().authenticate(registered.token().reveal())).isEmpty();
    assertThat(crew.authenticate().authenticate("no token")).isEmpty();
  }

  @Test
  void a_tier_that_was_granted_shows_in_the_next_request() {
    var registered = (RegisterUser.Outcome.Registered) register("ada@example.com", PASSWORD, "Ada");
    crew.grantTier(registered.signedIn().user().id(), new TierId("pro"));
    assertThat(
            crew.authenticate()
                .authenticate(registered.token().reveal())
                .orElseThrow()
                .entitlement()
                .tier())
        .isEqualTo(new TierId("pro"));
  }

  @Test
  void a_form_shows_nothing_of_itself() {
    assertThat(new RegisterUser.Request("a@b.c", "secret", "n").toString())
        .doesNotContain("secret");
    assertThat(new SignIn.Request("a@b.c", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void a_crew_without_accounts_says_how_to_get_them() {
    try (ContentCrew plain = ContentCrew.start()) {
      assertThatThrownBy(plain::signIn)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("accounts(");
    }
  }
}
