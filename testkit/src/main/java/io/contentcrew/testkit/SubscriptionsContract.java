package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.subscription.Subscriptions.Held;
import io.contentcrew.ports.tier.TierCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Subscriptions} keeps to. */
public abstract class SubscriptionsContract extends StorageHarness {
  private static final TierId PRO = new TierId("pro");
  private static final TierId ENTERPRISE = new TierId("enterprise");

  /** For subclasses. */
  protected SubscriptionsContract() {}

  @BeforeEach
  final void seedTiers() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
  }

  private void grant(UserId user, TierId tier) {
    run(stores -> stores.subscriptions().grant(user, tier, clock.instant()));
  }

  private TierCache.Entry versioned(UserId user) {
    return in(stores -> stores.subscriptions().versioned(user, clock.instant()));
  }

  private Entitlement entitlement(UserId user, Instant now) {
    return in(stores -> stores.subscriptions().entitlement(user, now));
  }

  private static Entitlement to(TierId tier) {
    return new Entitlement(tier, Optional.empty());
  }

  @Test
  void who_has_no_subscription_is_entitled_to_the_free_tier() {
    assertThat(entitlement(givenUser().id(), Fixtures.NOW)).isEqualTo(Entitlement.free());
    assertThat(entitlement(Fixtures.aUserId(), Fixtures.NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void a_grant_entitles_its_user_and_nobody_else() {
    User user = givenUser();
    User other = givenUser();
    grant(user.id(), PRO);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(to(PRO));
    assertThat(entitlement(other.id(), Fixtures.NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void a_grant_has_no_end() {
    User user = givenUser();
    grant(user.id(), PRO);
    Instant inTenYears = Fixtures.NOW.plus(Duration.ofDays(3650));
    assertThat(entitlement(user.id(), inTenYears)).isEqualTo(to(PRO));
  }

  @Test
  void a_grant_replaces_the_one_before_upwards_and_downwards() {
    User user = givenUser();
    grant(user.id(), PRO);
    grant(user.id(), ENTERPRISE);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(to(ENTERPRISE));
    grant(user.id(), PRO);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(to(PRO));
    grant(user.id(), TierId.FREE);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void a_tier_that_is_not_stored_cannot_be_granted() {
    User user = givenUser();
    assertThatThrownBy(() -> grant(user.id(), new TierId("gold")))
        .isInstanceOf(PortFailureException.class);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void nobody_cannot_be_granted_a_tier() {
    UserId nobody = Fixtures.aUserId();
    assertThatThrownBy(() -> grant(nobody, PRO)).isInstanceOf(PortFailureException.class);
  }

  @Test
  void grants_that_race_leave_one() {
    User user = givenUser();
    Race.of(
        8,
        number -> {
          grant(user.id(), number % 2 == 0 ? PRO : ENTERPRISE);
          return true;
        });
    assertThat(entitlement(user.id(), Fixtures.NOW)).isIn(to(PRO), to(ENTERPRISE));
    grant(user.id(), TierId.FREE);
    assertThat(entitlement(user.id(), Fixtures.NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void an_entitlement_comes_with_the_number_of_its_users_last_change() {
    User user = givenUser();
    TierCache.Entry before = versioned(user.id());
    assertThat(before.entitlement()).isEqualTo(Entitlement.free());
    assertThat(versioned(user.id())).isEqualTo(before);
    long first = in(stores -> stores.subscriptions().grant(user.id(), PRO, clock.instant()));
    assertThat(first).isGreaterThan(before.version());
    assertThat(versioned(user.id())).isEqualTo(new TierCache.Entry(to(PRO), first));
    long second = in(stores -> stores.subscriptions().grant(user.id(), PRO, clock.instant()));
    assertThat(second).isGreaterThan(first);
    assertThat(versioned(user.id())).isEqualTo(new TierCache.Entry(to(PRO), second));
  }

  @Test
  void the_number_is_of_the_user_alone() {
    User user = givenUser();
    User other = givenUser();
    TierCache.Entry before = versioned(other.id());
    grant(user.id(), PRO);
    assertThat(versioned(other.id())).isEqualTo(before);
    assertThat(versioned(Fixtures.aUserId()).entitlement()).isEqualTo(Entitlement.free());
  }

  @Test
  void a_change_that_is_rolled_back_has_no_number() {
    User user = givenUser();
    TierCache.Entry before = versioned(user.id());
    assertThatThrownBy(() -> grant(user.id(), new TierId("gold")))
        .isInstanceOf(PortFailureException.class);
    assertThat(versioned(user.id())).isEqualTo(before);
  }

  @Test
  void changes_that_race_have_different_numbers_and_the_last_one_counts() {
    User user = givenUser();
    List<Long> versions =
        Race.of(
            8,
            number -> in(stores -> stores.subscriptions().grant(user.id(), PRO, clock.instant())));
    assertThat(versions).doesNotHaveDuplicates();
    assertThat(versioned(user.id()).version()).isEqualTo(new TreeSet<>(versions).last());
  }

  private List<Held> held(UserId user) {
    return in(stores -> stores.subscriptions().list(user));
  }

  @Test
  void what_a_user_was_granted_is_listed_to_them_alone() {
    User user = givenUser();
    User other = givenUser();
    assertThat(held(user.id())).isEmpty();
    grant(other.id(), ENTERPRISE);
    grant(user.id(), PRO);
    assertThat(held(user.id())).containsExactly(byHand(PRO, Fixtures.NOW));
    pass(Duration.ofDays(1));
    grant(user.id(), TierId.FREE);
    assertThat(held(user.id()))
        .as("replaces the one before")
        .containsExactly(byHand(TierId.FREE, Fixtures.NOW.plus(Duration.ofDays(1))));
    assertThat(held(Fixtures.aUserId())).isEmpty();
  }

  private static Held byHand(TierId tier, Instant at) {
    return new Held("manual", tier, Optional.empty(), Optional.empty(), at);
  }
}
