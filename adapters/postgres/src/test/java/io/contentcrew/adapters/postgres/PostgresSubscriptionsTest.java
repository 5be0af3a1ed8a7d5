package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.user.Sessions;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several subscriptions of one user, which no port can make yet. */
class PostgresSubscriptionsTest {
  private static final Instant NOW = Fixtures.NOW;
  private static final UsagePeriod PERIOD =
      new UsagePeriod(NOW.minus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(27)));

  private final PostgresConfig database = TestServer.database();

  private void subscribe(User user, String reference, String tier, Instant endsAt) {
    TestServer.execute(
        database,
        "insert into user_subscriptions values ('%s', 'stripe', '%s', '%s', '%s', '%s', '%s', now())"
            .formatted(user.id(), reference, tier, PERIOD.start(), PERIOD.end(), endsAt));
  }

  @Test
  void the_highest_tier_counts_of_those_that_have_not_ended() {
    try (PostgresAdapter adapter = PostgresAdapter.open(database)) {
      User user = Fixtures.aUser();
      Session session = Fixtures.aSession(user.id());
      adapter
          .transactions()
          .inTransaction(
              stores -> {
                stores.tiers().seed(Fixtures.aCatalog());
                stores.users().add(user, Optional.empty());
                stores.sessions().add(session);
                stores.subscriptions().grant(user.id(), TierId.FREE, NOW);
                return true;
              });
      subscribe(user, "one", "pro", NOW.plusSeconds(10));
      subscribe(user, "two", "enterprise", NOW);

      Entitlement pro = new Entitlement(new TierId("pro"), Optional.of(PERIOD));
      assertThat(entitlement(adapter, user, NOW)).isEqualTo(pro);
      assertThat(entitlement(adapter, user, NOW.minusSeconds(1)))
          .isEqualTo(new Entitlement(new TierId("enterprise"), Optional.of(PERIOD)));
      assertThat(entitlement(adapter, user, NOW.plusSeconds(10))).isEqualTo(Entitlement.free());
      Optional<Sessions.SignedIn> signedIn =
          adapter.transactions().inTransaction(stores -> stores.sessions().find(session.id(), NOW));
      assertThat(signedIn).contains(new Sessions.SignedIn(session, user, pro));
    }
  }

  private static Entitlement entitlement(PostgresAdapter adapter, User user, Instant now) {
    return adapter
        .transactions()
        .inTransaction(stores -> stores.subscriptions().entitlement(user.id(), now));
  }
}
