package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Subscriptions} keeps to when it keeps what was bought. */
public abstract class BoughtSubscriptionsContract extends StorageHarness {
  private static final Optional<Instant> LATER = Optional.of(Fixtures.NOW.plus(Duration.ofDays(9)));
  private static final Optional<Instant> NOTHING = Optional.of(Instant.EPOCH);
  private static final PaymentProviderName PAYSTACK = PaymentProviderName.PAYSTACK;

  /** For subclasses. */
  protected BoughtSubscriptionsContract() {}

  @BeforeEach
  final void seedTiers() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
  }

  private Subscription given(Subscription subscription) {
    return given(subscription, LATER);
  }

  private Subscription given(Subscription subscription, Optional<Instant> endsAt) {
    run(stores -> save(stores.subscriptions(), subscription, endsAt));
    return subscription;
  }

  private OptionalLong save(
      Subscriptions subscriptions, Subscription subscription, Optional<Instant> endsAt) {
    return subscriptions.save(subscription, endsAt, clock.instant());
  }

  private Optional<Subscription> find(SubscriptionRef ref) {
    return in(stores -> stores.subscriptions().find(ref));
  }

  private List<Subscription> bought(UserId user) {
    return in(stores -> stores.subscriptions().bought(user));
  }

  // ---- kept and found

  @Test
  void a_subscription_is_found_as_it_was_stored() {
    UserId user = givenUser().id();
    Subscription bare =
        BillingFixtures.aSubscription(
            user, BillingFixtures.aRef(PAYSTACK), PaystackStatus.NON_RENEWING);
    for (Subscription one :
        List.of(
            bare,
            BillingFixtures.withSnapshot(
                bare, bare.snapshot().withPrices(List.of()).withManageToken("t")),
            BillingFixtures.aSubscription(user),
            BillingFixtures.aFullSubscription(user))) {
      given(one);
      assertThat(find(one.ref())).contains(one);
      assertThat(maybe(stores -> stores.subscriptions().lock(one.ref()))).contains(one);
      assertThat(bought(user)).contains(one);
      assertThat(byCustomer(one)).containsExactly(one);
    }
  }

  private List<Subscription> byCustomer(Subscription one) {
    return in(
        stores -> stores.subscriptions().bought(one.ref().provider(), one.snapshot().customer()));
  }

  @Test
  void in_every_status_it_is_found_as_it_was_stored() {
    UserId user = givenUser().id();
    for (StripeStatus status : StripeStatus.values()) {
      Subscription one =
          given(BillingFixtures.aSubscription(user, BillingFixtures.aRef(), status), NOTHING);
      assertThat(find(one.ref())).contains(one);
    }
    for (PaystackStatus status : PaystackStatus.values()) {
      SubscriptionRef ref = BillingFixtures.aRef(PAYSTACK);
      Subscription one = given(BillingFixtures.aSubscription(user, ref, status), NOTHING);
      assertThat(find(ref)).contains(one);
    }
  }

  @Test
  void what_was_never_stored_is_not_found() {
    UserId user = givenUser().id();
    Subscription other = given(BillingFixtures.aSubscription(user));
    SubscriptionRef atOther = new SubscriptionRef(PAYSTACK, other.ref().id());
    for (SubscriptionRef ref : List.of(BillingFixtures.aRef(), atOther)) {
      assertThat(find(ref)).isEmpty();
      assertThat(maybe(stores -> stores.subscriptions().lock(ref))).isEmpty();
    }
    assertThat(bought(Fixtures.aUserId())).isEmpty();
  }

  @Test
  void what_is_stored_again_takes_the_place_of_what_was() {
    UserId user = givenUser().id();
    Subscription before = given(BillingFixtures.aSubscription(user));
    Subscription next = BillingFixtures.withStatus(before, StripeStatus.CANCELED);
    given(next, NOTHING);
    assertThat(find(before.ref())).contains(next);
    assertThat(bought(user)).containsExactly(next);
    assertThat(byCustomer(next)).containsExactly(next);
  }

  @Test
  void a_subscription_of_the_same_name_at_another_provider_is_another_one() {
    UserId user = givenUser().id();
    Subscription one = given(BillingFixtures.aSubscription(user));
    SubscriptionRef atOther = new SubscriptionRef(PAYSTACK, one.ref().id());
    Subscription other = given(BillingFixtures.aSubscription(user, atOther, PaystackStatus.ACTIVE));
    assertThat(find(one.ref())).contains(one);
    assertThat(find(atOther)).contains(other);
  }

  @Test
  void what_a_user_has_bought_is_shown_the_latest_changed_first_also_what_has_ended() {
    UserId user = givenUser().id();
    given(BillingFixtures.aSubscription(givenUser().id()));
    Subscription first = given(BillingFixtures.aSubscription(user));
    pass(Duration.ofSeconds(1));
    Subscription second = given(BillingFixtures.aSubscription(user));
    assertThat(bought(user)).containsExactly(second, first);
    pass(Duration.ofSeconds(1));
    Subscription ended = BillingFixtures.withStatus(first, StripeStatus.CANCELED);
    given(ended, NOTHING);
    run(stores -> stores.subscriptions().grant(user, ended.plan().tier(), clock.instant()));
    assertThat(bought(user)).as("from providers").containsExactly(ended, second);
  }

  @Test
  void what_a_customer_has_is_shown_to_be_theirs_also_what_has_ended() {
    UserId user = givenUser().id();
    Subscription one = given(BillingFixtures.aSubscription(user));
    given(BillingFixtures.aSubscription(user));
    SubscriptionRef ref = BillingFixtures.aRef();
    Subscription ended = BillingFixtures.aSubscription(user, ref, StripeStatus.CANCELED);
    Subscription other =
        BillingFixtures.withSnapshot(
            ended, Snapshot.of(ref, one.snapshot().customer(), StripeStatus.CANCELED));
    given(other, NOTHING);
    assertThat(byCustomer(one)).containsExactlyInAnyOrder(one, other);
    assertThat(list(stores -> stores.subscriptions().bought(PAYSTACK, one.snapshot().customer())))
        .isEmpty();
  }

  @Test
  void a_subscription_needs_its_user_and_its_tier() {
    Subscription ofNobody = BillingFixtures.aSubscription(Fixtures.aUserId());
    assertThatThrownBy(() -> given(ofNobody)).isInstanceOf(PortFailureException.class);
    assertThatThrownBy(() -> given(ofNobody, NOTHING)).isInstanceOf(PortFailureException.class);
    Subscription gold =
        BillingFixtures.withTier(BillingFixtures.aSubscription(givenUser().id()), "gold");
    assertThatThrownBy(() -> given(gold)).isInstanceOf(PortFailureException.class);
    assertThat(find(ofNobody.ref())).isEmpty();
    assertThat(find(gold.ref())).isEmpty();
  }

  @Test
  void a_subscription_is_never_somebody_elses() {
    Subscription mine = given(BillingFixtures.aSubscription(givenUser().id()));
    UserId other = givenUser().id();
    Subscription theirs = BillingFixtures.aSubscription(other, mine.ref(), StripeStatus.ACTIVE);
    assertThatThrownBy(() -> given(theirs)).isInstanceOf(PortFailureException.class);
    assertThat(find(mine.ref())).contains(mine);
    assertThat(bought(other)).isEmpty();
  }

  @Test
  void a_tier_stays_while_a_subscription_names_it() {
    Subscription one = given(BillingFixtures.aSubscription(givenUser().id()), NOTHING);
    run(stores -> stores.tiers().seed(new TierCatalog(List.of(Fixtures.aTier()))));
    assertThat(maybe(stores -> stores.tiers().load()).orElseThrow().find(one.plan().tier()))
        .isPresent();
  }

  // ---- locked

  private Subscription noting(Optional<Subscription> held, Subscription first, String note) {
    Subscription before = held.orElse(first);
    List<String> prices = new ArrayList<>(before.snapshot().prices());
    prices.add(note);
    return BillingFixtures.withSnapshot(before, before.snapshot().withPrices(prices));
  }

  private void note(Subscription first, String note) {
    run(
        stores -> {
          Optional<Subscription> held = stores.subscriptions().lock(first.ref());
          Race.letOthersIn();
          save(stores.subscriptions(), noting(held, first, note), LATER);
        });
  }

  private void noteTogether(Subscription first) {
    Race.of(
        8,
        number -> {
          note(first, "note " + number);
          return true;
        });
  }

  private static List<String> notes(int many) {
    List<String> notes = new ArrayList<>(List.of("price_pro"));
    for (int i = 0; i < many; i++) {
      notes.add("note " + i);
    }
    return notes;
  }

  @Test
  void nobody_changes_what_somebody_else_is_changing() {
    Subscription first = given(BillingFixtures.aSubscription(givenUser().id()));
    noteTogether(first);
    assertThat(find(first.ref()).orElseThrow().snapshot().prices())
        .containsExactlyInAnyOrderElementsOf(notes(8));
  }

  @Test
  void of_those_who_store_one_together_that_was_not_there_each_sees_what_the_others_did() {
    for (int round = 0; round < 5; round++) {
      Subscription first = BillingFixtures.aSubscription(givenUser().id());
      noteTogether(first);
      assertThat(find(first.ref()).orElseThrow().snapshot().prices())
          .containsExactlyInAnyOrderElementsOf(notes(8));
    }
  }

  @Test
  void what_was_held_in_vain_is_free_for_the_next() {
    Subscription first = BillingFixtures.aSubscription(givenUser().id());
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.subscriptions().lock(first.ref());
                      save(stores.subscriptions(), first, LATER);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(find(first.ref())).isEmpty();
    note(first, "note 0");
    assertThat(find(first.ref()).orElseThrow().snapshot().prices()).isEqualTo(notes(1));
  }

  // ---- looked through

  private List<Subscription> live(Optional<SubscriptionRef> after, int limit) {
    return in(stores -> stores.subscriptions().live(after, limit));
  }

  @Test
  void those_that_have_not_ended_are_listed_by_their_names_in_pages() {
    assertThat(live(Optional.of(BillingFixtures.aRef()), 10)).isEmpty();
    UserId user = givenUser().id();
    Subscription third = given(BillingFixtures.aSubscription(user));
    Subscription fourth =
        given(
            BillingFixtures.aSubscription(user, BillingFixtures.aRef(), StripeStatus.UNPAID),
            NOTHING);
    SubscriptionRef ref = BillingFixtures.aRef(PAYSTACK);
    Subscription second =
        given(BillingFixtures.aSubscription(user, ref, PaystackStatus.NON_RENEWING));
    SubscriptionRef upper = new SubscriptionRef(PAYSTACK, "SUB_" + ref.id());
    Subscription first = given(BillingFixtures.aSubscription(user, upper, PaystackStatus.ACTIVE));
    Subscription over = given(BillingFixtures.aSubscription(user));
    given(BillingFixtures.withStatus(over, StripeStatus.CANCELED), NOTHING);
    run(stores -> stores.subscriptions().grant(user, over.plan().tier(), clock.instant()));
    assertThat(live(Optional.empty(), 10)).containsExactly(first, second, third, fourth);
    assertThat(live(Optional.empty(), 2)).containsExactly(first, second);
    assertThat(live(Optional.of(second.ref()), 1)).containsExactly(third);
    assertThat(live(Optional.of(third.ref()), 10)).containsExactly(fourth);
    assertThat(live(Optional.of(fourth.ref()), 10)).isEmpty();
  }

  private List<Subscription> lapsed(Instant from, Instant until, int limit) {
    return in(stores -> stores.subscriptions().lapsed(from, until, limit));
  }

  @Test
  void those_are_found_that_the_clock_has_ended_in_a_time_the_earliest_first() {
    UserId user = givenUser().id();
    Instant from = Fixtures.NOW;
    Instant until = from.plusSeconds(10);
    Subscription second = given(lapsing(user), Optional.of(until.minusMillis(1)));
    Subscription first = given(lapsing(user), Optional.of(from));
    given(lapsing(user), Optional.of(from.minusMillis(1)));
    given(lapsing(user), Optional.of(until));
    given(lapsing(user), Optional.empty());
    given(lapsing(user), NOTHING);
    assertThat(lapsed(from, until, 10)).containsExactly(first, second);
    assertThat(lapsed(from, until, 1)).containsExactly(first);
    assertThat(lapsed(Instant.EPOCH, from, 10)).as("without those that never granted").hasSize(1);
    given(BillingFixtures.withStatus(first, StripeStatus.CANCELED), NOTHING);
    assertThat(lapsed(from, until, 10)).containsExactly(second);
  }

  private static Subscription lapsing(UserId user) {
    return BillingFixtures.aSubscription(user);
  }
}
