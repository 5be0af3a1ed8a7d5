package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.ports.user.Sessions.Open;
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
  void a_session_lets_nobody_in_whose_account_is_not_active() {
    User user = givenUser();
    Session session = givenSession(user);
    run(stores -> stores.users().setDisabled(user.id(), true));
    assertThat(find(session, Fixtures.NOW)).isEmpty();
    run(stores -> stores.users().setDisabled(user.id(), false));
    assertThat(find(session, Fixtures.NOW)).isPresent();
    run(stores -> stores.users().delete(user.id(), Fixtures.NOW));
    assertThat(find(session, Fixtures.NOW)).isEmpty();
  }

  @Test
  void a_session_tells_of_its_user_what_the_account_says_now() {
    User user = Fixtures.aUserWithoutEmail();
    User proved = Fixtures.aUser().withVerifiedEmail();
    run(
        stores -> {
          stores.users().add(user, Optional.empty());
          stores.users().add(proved, Optional.empty());
        });
    assertThat(find(givenSession(user), Fixtures.NOW).orElseThrow().user()).isEqualTo(user);
    assertThat(find(givenSession(proved), Fixtures.NOW).orElseThrow().user()).isEqualTo(proved);
  }

  private Session givenSession(User user, Duration since, String device) {
    Instant begin = Fixtures.NOW.plus(since);
    Session session =
        new Session(
            Fixtures.aSession(user.id()).id(),
            user.id(),
            begin,
            begin.plus(Duration.ofDays(7)),
            device);
    run(stores -> stores.sessions().add(session));
    return session;
  }

  private List<Open> listed(User user, Instant now) {
    return in(stores -> stores.sessions().list(user.id(), now));
  }

  private static Open open(Session session) {
    return new Open(
        session.id().handle(), session.createdAt(), session.expiresAt(), session.device());
  }

  @Test
  void open_sessions_are_listed_to_their_user_the_newest_first() {
    User user = givenUser();
    givenSession(givenUser());
    Session second = givenSession(user, Duration.ofHours(2), "J\u00F6rg's phone \uD83D\uDCF1");
    Session first = givenSession(user, Duration.ofHours(1), "");
    Session third = givenSession(user, Duration.ofHours(3), "x".repeat(200));
    Session ended = givenSession(user, Duration.ofHours(4), "laptop");
    end(ended);
    assertThat(listed(user, third.createdAt()))
        .containsExactly(open(third), open(second), open(first));
    assertThat(find(second, third.createdAt()).orElseThrow().session()).isEqualTo(second);
  }

  @Test
  void a_session_that_has_expired_is_not_listed() {
    User user = givenUser();
    Session session = givenSession(user);
    assertThat(listed(user, session.expiresAt().minusMillis(1))).hasSize(1);
    assertThat(listed(user, session.expiresAt())).isEmpty();
  }

  private boolean end(User user, Session session) {
    return in(stores -> stores.sessions().end(user.id(), session.id().handle(), clock.instant()));
  }

  @Test
  void a_user_ends_a_session_by_its_handle() {
    User user = givenUser();
    Session session = givenSession(user);
    Session other = givenSession(user);
    assertThat(end(user, session)).isTrue();
    assertThat(end(user, session)).isFalse();
    assertThat(find(session, Fixtures.NOW)).isEmpty();
    assertThat(find(session, Fixtures.NOW.minusSeconds(60))).isEmpty();
    assertThat(find(other, Fixtures.NOW)).isPresent();
    assertThat(end(session)).as("had not ended").isFalse();
    assertThat(end(user, Fixtures.aSession(user.id()))).isFalse();
  }

  @Test
  void nobody_ends_the_session_of_another_by_its_handle() {
    User user = givenUser();
    Session session = givenSession(user);
    assertThat(end(givenUser(), session)).isFalse();
    assertThat(find(session, Fixtures.NOW)).isPresent();
  }

  @Test
  void of_those_who_end_a_session_by_its_handle_together_one_ended_it() {
    User user = givenUser();
    Session session = givenSession(user);
    assertThat(Race.of(16, number -> end(user, session))).containsOnlyOnce(true);
  }

  private int endAll(User user, Optional<Session> except, Instant now) {
    return in(stores -> stores.sessions().endAll(user.id(), except.map(Session::id), now));
  }

  @Test
  void all_sessions_of_a_user_end_at_once() {
    User user = givenUser();
    Session one = givenSession(user);
    Session two = givenSession(user);
    Session ofOther = givenSession(givenUser());
    assertThat(endAll(user, Optional.empty(), Fixtures.NOW)).isEqualTo(2);
    assertThat(endAll(user, Optional.empty(), Fixtures.NOW)).isZero();
    assertThat(find(one, Fixtures.NOW)).isEmpty();
    assertThat(find(two, Fixtures.NOW)).isEmpty();
    assertThat(find(ofOther, Fixtures.NOW)).isPresent();
    assertThat(listed(user, Fixtures.NOW)).isEmpty();
  }

  @Test
  void all_sessions_but_one_end() {
    User user = givenUser();
    Session kept = givenSession(user);
    Session ended = givenSession(user);
    assertThat(endAll(user, Optional.of(kept), Fixtures.NOW)).isEqualTo(1);
    assertThat(find(kept, Fixtures.NOW)).isPresent();
    assertThat(find(ended, Fixtures.NOW)).isEmpty();
  }

  @Test
  void sessions_that_have_expired_or_ended_do_not_count_among_those_that_end() {
    User user = givenUser();
    Session expired = givenSession(user);
    givenSession(user, Duration.ofHours(1), "phone");
    end(givenSession(user));
    assertThat(endAll(user, Optional.empty(), expired.expiresAt())).isEqualTo(1);
    assertThat(find(expired, Fixtures.NOW)).as("by who thinks that it is earlier").isEmpty();
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
