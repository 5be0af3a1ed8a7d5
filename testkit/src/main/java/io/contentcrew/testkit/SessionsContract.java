package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Sessions.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Sessions} keeps to. */
public abstract class SessionsContract extends StorageHarness {
  /** For subclasses. */
  protected SessionsContract() {}

  private Session givenSession(User user) {
    Session session = Fixtures.aSession(user.id());
    run(stores -> stores.sessions().add(session));
    return session;
  }

  private Optional<SignedIn> find(Session session, Instant now) {
    return in(stores -> stores.sessions().find(session.id(), now));
  }

  private boolean end(Session session) {
    return in(stores -> stores.sessions().end(session.id(), clock.instant()));
  }

  @Test
  void a_session_tells_who_is_signed_in_and_on_which_tier() {
    User user = givenUser();
    Session session = givenSession(user);
    givenSession(givenUser());
    assertThat(find(session, Fixtures.NOW))
        .contains(new SignedIn(session, user, Entitlement.free()));
  }

  @Test
  void a_session_tells_the_tier_that_was_granted() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    User user = givenUser();
    Session session = givenSession(user);
    run(stores -> stores.subscriptions().grant(user.id(), new TierId("pro"), Fixtures.NOW));
    assertThat(find(session, Fixtures.NOW).orElseThrow().entitlement())
        .isEqualTo(new Entitlement(new TierId("pro"), Optional.empty()));
  }

  @Test
  void a_session_that_is_not_there_is_not_found() {
    givenSession(givenUser());
    assertThat(find(Fixtures.aSession(Fixtures.aUserId()), Fixtures.NOW)).isEmpty();
  }

  @Test
  void a_session_lets_nobody_in_from_the_instant_it_expires() {
    Session session = givenSession(givenUser());
    assertThat(find(session, session.expiresAt().minusMillis(1))).isPresent();
    assertThat(find(session, session.expiresAt())).isEmpty();
    assertThat(find(session, session.expiresAt().plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void a_session_that_has_ended_is_found_by_nobody() {
    User user = givenUser();
    Session session = givenSession(user);
    Session other = givenSession(user);
    assertThat(end(session)).isTrue();
    assertThat(find(session, Fixtures.NOW)).isEmpty();
    assertThat(find(session, Fixtures.NOW.minusSeconds(60))).isEmpty();
    assertThat(find(other, Fixtures.NOW)).isPresent();
  }

  @Test
  void a_session_ends_once() {
    Session session = givenSession(givenUser());
    assertThat(end(session)).isTrue();
    assertThat(end(session)).isFalse();
    assertThat(end(Fixtures.aSession(Fixtures.aUserId()))).isFalse();
  }

  @Test
  void of_those_who_end_a_session_together_one_ended_it() {
    Session session = givenSession(givenUser());
    List<Boolean> ended = Race.of(16, number -> end(session));
    assertThat(ended).containsOnlyOnce(true);
  }

  @Test
  void a_session_needs_its_user() {
    Session session = Fixtures.aSession(Fixtures.aUserId());
    assertThatThrownBy(() -> run(stores -> stores.sessions().add(session)))
        .isInstanceOf(PortFailureException.class);
    assertThat(find(session, Fixtures.NOW)).isEmpty();
  }

  private int purge(Instant endedBefore, int limit) {
    return in(stores -> stores.sessions().purge(endedBefore, limit));
  }

  @Test
  void sessions_that_expired_before_are_forgotten_and_others_are_not() {
    User user = givenUser();
    Session expired = givenSession(user);
    assertThat(purge(expired.expiresAt(), 10)).as("expired not before, but then").isZero();
    assertThat(find(expired, Fixtures.NOW)).isPresent();
    assertThat(purge(expired.expiresAt().plusMillis(1), 10)).isEqualTo(1);
    assertThat(end(expired)).as("was remembered").isFalse();
    assertThat(purge(expired.expiresAt().plusMillis(1), 10)).isZero();
  }

  @Test
  void sessions_that_ended_before_are_forgotten_and_others_are_not() {
    User user = givenUser();
    Session ended = givenSession(user);
    Session other = givenSession(user);
    end(ended);
    pass(Duration.ofHours(1));
    assertThat(purge(clock.instant(), 10)).isLessThanOrEqualTo(1);
    assertThat(purge(clock.instant(), 10)).isZero();
    assertThat(find(ended, Fixtures.NOW)).isEmpty();
    assertThat(find(other, Fixtures.NOW)).isPresent();
  }

  @Test
  void forgetting_sessions_goes_on_where_it_stopped() {
    User user = givenUser();
    Instant later = givenSession(user).expiresAt().plusSeconds(1);
    for (int i = 0; i < 4; i++) {
      givenSession(user);
    }
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(1);
    assertThat(purge(later, 2)).isZero();
  }
}
