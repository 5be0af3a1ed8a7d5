package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Endings;
import io.contentcrew.ports.subscription.Endings.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Endings} keeps to. */
public abstract class EndingsContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** For subclasses. */
  protected EndingsContract() {}

  private Subscription given() {
    return given(NOW);
  }

  private Subscription given(Instant now) {
    return add(BillingFixtures.aSubscription(Fixtures.aUserId()), now);
  }

  private Subscription add(Subscription subscription, Instant now) {
    run(stores -> stores.endings().add(subscription, now));
    return subscription;
  }

  private List<Due> take(int limit) {
    return in(stores -> stores.endings().take(clock.instant(), LEASE, limit));
  }

  private List<Subscription> taken(int limit) {
    return take(limit).stream().map(Due::subscription).toList();
  }

  private void postpone(Subscription subscription, Instant until) {
    run(stores -> stores.endings().postpone(subscription.ref(), until));
  }

  private void remove(Subscription subscription) {
    run(stores -> stores.endings().remove(subscription.ref()));
  }

  @Test
  void one_is_due_at_once_and_given_out_as_it_was() {
    Subscription one = add(BillingFixtures.aFullSubscription(Fixtures.aUserId()), NOW);
    assertThat(take(10)).containsExactly(new Due(one, 1));
  }

  @Test
  void what_is_there_already_stays_as_it_is() {
    Subscription one = given();
    take(10);
    add(BillingFixtures.withTier(one, "enterprise"), NOW);
    assertThat(take(10)).isEmpty();
    pass(LEASE);
    assertThat(take(10)).containsExactly(new Due(one, 2));
  }

  @Test
  void what_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed() {
    Subscription one = given();
    take(10);
    pass(LEASE.minusMillis(1));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take(10)).containsExactly(new Due(one, 2));
  }

  @Test
  void the_longest_due_is_given_out_first_and_no_more_than_are_wanted() {
    Subscription third = given(NOW.minusSeconds(1));
    Subscription first = given(NOW.minusSeconds(3));
    Subscription second = given(NOW.minusSeconds(2));
    assertThat(taken(2)).containsExactly(first, second);
    assertThat(taken(2)).containsExactly(third);
    assertThat(taken(2)).isEmpty();
  }

  @Test
  void of_those_who_take_together_each_is_given_others() {
    List<Subscription> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(given());
    }
    List<List<Subscription>> taken =
        Race.of(
            8,
            number -> {
              List<Subscription> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                mine.addAll(taken(5));
              }
              return mine;
            });
    assertThat(taken.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void what_has_ended_is_forgotten() {
    Subscription one = given();
    Subscription other = given();
    take(10);
    remove(one);
    remove(one);
    pass(LEASE);
    assertThat(taken(10)).containsExactly(other);
    assertThat(add(one, clock.instant())).isEqualTo(one);
    assertThat(take(10)).as("as if it had never been there").containsExactly(new Due(one, 1));
  }

  @Test
  void what_could_not_be_ended_is_due_then() {
    Subscription one = given();
    Subscription other = given();
    take(10);
    postpone(one, NOW.plus(LEASE.multipliedBy(2)));
    postpone(other, NOW.plusSeconds(1));
    postpone(BillingFixtures.aSubscription(Fixtures.aUserId()), NOW);
    pass(Duration.ofSeconds(1));
    assertThat(take(10)).containsExactly(new Due(other, 2));
    remove(other);
    pass(LEASE.multipliedBy(2).minusMillis(1_001));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take(10)).containsExactly(new Due(one, 2));
  }

  @Test
  void it_outlives_its_account() {
    UserId user = givenUser().id();
    Subscription one = add(BillingFixtures.aSubscription(user), NOW);
    run(
        stores -> {
          stores.users().delete(user, NOW);
          stores.users().erase(user);
        });
    assertThat(take(10)).containsExactly(new Due(one, 1));
  }
}
