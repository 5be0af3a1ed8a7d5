package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Subscriptions;
import io.contentcrew.ports.subscription.Subscriptions.Held;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.ports.user.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Subscriptions} keeps to when what was bought entitles to a tier. */
public abstract class EntitlingSubscriptionsContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final Instant END = NOW.plus(Duration.ofDays(9));
  private static final Optional<Instant> LATER = Optional.of(END);
  private static final Optional<Instant> NOTHING = Optional.of(Instant.EPOCH);

  /** For subclasses. */
  protected EntitlingSubscriptionsContract() {}

  @BeforeEach
  final void seedTiers() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
  }

  private OptionalLong save(Subscription subscription, Optional<Instant> endsAt) {
    return in(stores -> stores.subscriptions().save(subscription, endsAt, clock.instant()));
  }

  private Entitlement entitlement(UserId user, Instant now) {
    return in(stores -> stores.subscriptions().entitlement(user, now));
  }

  private TierCache.Entry versioned(UserId user) {
    return in(stores -> stores.subscriptions().versioned(user, clock.instant()));
  }

  private void grant(UserId user, String tier) {
    run(stores -> stores.subscriptions().grant(user, new TierId(tier), clock.instant()));
  }

  private static Entitlement to(Subscription subscription) {
    return new Entitlement(subscription.plan().tier(), subscription.period());
  }

  // ---- to what

  @Test
  void a_subscription_entitles_its_user_and_nobody_else_until_it_grants_nothing() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    UserId other = givenUser().id();
    save(one, LATER);
    assertThat(one.period()).isPresent();
    assertThat(entitlement(one.user(), NOW)).isEqualTo(to(one));
    assertThat(entitlement(one.user(), END.minusMillis(1))).isEqualTo(to(one));
    assertThat(entitlement(one.user(), END)).isEqualTo(Entitlement.free());
    assertThat(entitlement(other, NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void a_subscription_without_an_end_goes_on() {
    Subscription one =
        BillingFixtures.withTerm(BillingFixtures.aSubscription(givenUser().id()), Term.unknown());
    save(one, Optional.empty());
    assertThat(entitlement(one.user(), NOW.plus(Duration.ofDays(3650)))).isEqualTo(to(one));
  }

  @Test
  void a_subscription_that_grants_nothing_entitles_to_nothing() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    save(one, NOTHING);
    assertThat(entitlement(one.user(), NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void what_is_stored_last_of_a_subscription_is_what_it_grants() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    save(one, LATER);
    Subscription more = BillingFixtures.withTier(one, "enterprise");
    save(more, LATER);
    assertThat(entitlement(one.user(), NOW)).isEqualTo(to(more));
    save(one, LATER);
    assertThat(entitlement(one.user(), NOW)).isEqualTo(to(one));
    save(BillingFixtures.withStatus(one, StripeStatus.CANCELED), NOTHING);
    assertThat(entitlement(one.user(), NOW)).isEqualTo(Entitlement.free());
  }

  @Test
  void the_highest_tier_counts_of_all_that_grant_one_whoever_sold_it() {
    UserId user = givenUser().id();
    Subscription pro = BillingFixtures.aSubscription(user);
    Subscription enterprise =
        BillingFixtures.withTier(
            BillingFixtures.aSubscription(
                user, BillingFixtures.aRef(PaymentProviderName.PAYSTACK), PaystackStatus.ACTIVE),
            "enterprise");
    save(enterprise, LATER);
    save(pro, Optional.of(END.plusSeconds(1)));
    assertThat(entitlement(user, NOW)).isEqualTo(to(enterprise));
    assertThat(entitlement(user, END)).isEqualTo(to(pro));
    grant(user, "enterprise");
    assertThat(entitlement(user, END).tier()).isEqualTo(new TierId("enterprise"));
    grant(user, "free");
    assertThat(entitlement(user, END)).isEqualTo(to(pro));
    assertThat(entitlement(user, END.plusSeconds(1))).isEqualTo(Entitlement.free());
  }

  @Test
  void who_signs_in_is_entitled_to_what_was_bought() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    save(one, LATER);
    Session session = Fixtures.aSession(one.user());
    run(stores -> stores.sessions().add(session));
    Optional<Sessions.SignedIn> signedIn = in(stores -> stores.sessions().find(session.id(), NOW));
    assertThat(signedIn.orElseThrow().entitlement()).isEqualTo(to(one));
  }

  // ---- numbers

  @Test
  void a_change_of_what_is_granted_has_a_number_and_any_other_has_none() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    long number = counted(one, LATER, 0);
    uncounted(one, LATER);
    uncounted(BillingFixtures.withStatus(one, StripeStatus.PAST_DUE), LATER);
    number = counted(BillingFixtures.withTier(one, "enterprise"), LATER, number);
    number = counted(one, LATER, number);
    Term longer = Term.of(Optional.of(NOW), Optional.of(NOW.plus(Duration.ofDays(60))));
    Subscription renewed = BillingFixtures.withTerm(one, longer);
    number = counted(renewed, LATER, number);
    uncounted(renewed, LATER);
    number = counted(renewed, Optional.of(END.plusSeconds(1)), number);
    number = counted(renewed, Optional.empty(), number);
    uncounted(renewed, Optional.empty());
    number = counted(renewed, NOTHING, number);
    counted(renewed, LATER, number);
  }

  private long counted(Subscription subscription, Optional<Instant> endsAt, long before) {
    OptionalLong number = save(subscription, endsAt);
    assertThat(number).isPresent();
    assertThat(number.getAsLong()).isGreaterThan(before);
    TierCache.Entry now =
        new TierCache.Entry(entitlement(subscription.user(), NOW), number.getAsLong());
    assertThat(versioned(subscription.user())).isEqualTo(now);
    return number.getAsLong();
  }

  private void uncounted(Subscription subscription, Optional<Instant> endsAt) {
    TierCache.Entry before = versioned(subscription.user());
    assertThat(save(subscription, endsAt)).isEmpty();
    assertThat(versioned(subscription.user())).isEqualTo(before);
  }

  @Test
  void what_grants_nothing_and_granted_nothing_has_no_number_whatever_else_changes() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    uncounted(one, NOTHING);
    uncounted(one, NOTHING);
    uncounted(BillingFixtures.withTier(one, "enterprise"), NOTHING);
    uncounted(BillingFixtures.withTerm(one, Term.unknown()), NOTHING);
  }

  @Test
  void the_number_is_of_the_user_alone_and_goes_on_from_grants() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    TierCache.Entry ofOther = versioned(givenUser().id());
    long granted =
        number(stores -> stores.subscriptions().grant(one.user(), new TierId("pro"), NOW));
    long number = counted(one, LATER, granted);
    long again = number(stores -> stores.subscriptions().grant(one.user(), new TierId("pro"), NOW));
    assertThat(again).isGreaterThan(number);
    assertThat(ofOther.version()).isZero();
  }

  @Test
  void a_change_that_is_rolled_back_has_no_number() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    TierCache.Entry before = versioned(one.user());
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.subscriptions().save(one, LATER, NOW);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(versioned(one.user())).isEqualTo(before);
  }

  @Test
  void changes_of_several_subscriptions_that_race_have_different_numbers() {
    UserId user = givenUser().id();
    List<OptionalLong> numbers =
        Race.of(8, number -> save(BillingFixtures.aSubscription(user), LATER));
    assertThat(numbers).doesNotHaveDuplicates().doesNotContain(OptionalLong.empty());
    long last = numbers.stream().mapToLong(OptionalLong::getAsLong).max().orElseThrow();
    assertThat(versioned(user).version()).isEqualTo(last);
  }

  // ---- listed

  @Test
  void what_was_bought_is_listed_beside_grants_the_latest_first_also_what_has_ended() {
    Subscription one = BillingFixtures.aSubscription(givenUser().id());
    UserId user = one.user();
    save(BillingFixtures.aSubscription(givenUser().id()), LATER);
    save(one, LATER);
    pass(Duration.ofSeconds(1));
    grant(user, "free");
    pass(Duration.ofSeconds(1));
    Subscription over =
        BillingFixtures.withTier(
            BillingFixtures.aSubscription(
                user, BillingFixtures.aRef(PaymentProviderName.PAYSTACK), PaystackStatus.CANCELLED),
            "enterprise");
    save(over, NOTHING);
    assertThat(list(stores -> stores.subscriptions().list(user)))
        .containsExactly(
            new Held("paystack", over.plan().tier(), over.period(), NOTHING, NOW.plusSeconds(2)),
            new Held("manual", TierId.FREE, Optional.empty(), Optional.empty(), NOW.plusSeconds(1)),
            new Held("stripe", one.plan().tier(), one.period(), LATER, NOW));
  }
}
