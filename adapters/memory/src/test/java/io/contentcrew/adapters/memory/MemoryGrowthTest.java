package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a process that lives long does not remember for ever. */
class MemoryGrowthTest {
  private final TestClock clock = new TestClock(Fixtures.NOW);

  @Test
  void sessions_that_expired_long_ago_are_forgotten_and_others_are_not() {
    try (MemoryStorage storage = MemoryStorage.create(clock)) {
      User user = Fixtures.aUser();
      Session old = Fixtures.aSession(user.id());
      storage
          .transactions()
          .inTransaction(
              stores -> {
                stores.users().add(user, Optional.empty());
                stores.sessions().add(old);
                return true;
              });
      clock.advance(Duration.ofDays(9));
      Session young = signIn(storage, user);
      for (int i = 0; i < 1500; i++) {
        signIn(storage, user);
      }
      assertThat(end(storage, old)).as("was remembered").isFalse();
      assertThat(end(storage, young)).as("was remembered").isTrue();
    }
  }

  private Session signIn(MemoryStorage storage, User user) {
    Session session =
        new Session(
            Fixtures.aSession(user.id()).id(),
            user.id(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(7)),
            "");
    storage
        .transactions()
        .inTransaction(
            stores -> {
              stores.sessions().add(session);
              return true;
            });
    return session;
  }

  private boolean end(MemoryStorage storage, Session session) {
    return storage
        .transactions()
        .inTransaction(stores -> stores.sessions().end(session.id(), clock.instant()));
  }
}
