package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.TierChanges;
import io.contentcrew.ports.subscription.TierChanges.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TierChanges} keeps to. */
public abstract class TierChangesContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** For subclasses. */
  protected TierChangesContract() {}

  private Change given(long version, Instant dueAt) {
    return add(givenUser().id(), version, dueAt);
  }

  private Change add(UserId user, long version, Instant dueAt) {
    run(stores -> stores.tierChanges().add(user, version, dueAt));
    return new Change(user, version);
  }

  private List<Change> take(int limit) {
    return in(stores -> stores.tierChanges().take(clock.instant(), LEASE, limit));
  }

  private void remove(Change change) {
    run(stores -> stores.tierChanges().remove(change.user(), change.version()));
  }

  @Test
  void a_change_is_given_out_once_it_is_due() {
    Change change = given(7, NOW.plusSeconds(10));
    pass(Duration.ofMillis(9_999));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take(10)).containsExactly(change);
  }

  @Test
  void a_change_that_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed() {
    Change change = given(1, NOW);
    assertThat(take(10)).containsExactly(change);
    assertThat(take(10)).isEmpty();
    pass(LEASE.minusMillis(1));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take(10)).containsExactly(change);
  }

  @Test
  void no_more_are_given_out_than_are_wanted() {
    List<Change> all = List.of(given(1, NOW), given(2, NOW), given(3, NOW));
    List<Change> taken = new ArrayList<>(take(2));
    assertThat(taken).hasSize(2);
    taken.addAll(take(2));
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void of_those_who_take_changes_together_each_is_given_others() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      changes.add(given(i, NOW));
    }
    List<List<Change>> taken =
        Race.of(
            8,
            number -> {
              List<Change> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                mine.addAll(take(5));
              }
              return mine;
            });
    assertThat(taken.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(changes);
  }

  @Test
  void a_change_that_was_removed_is_not_given_out_again() {
    Change change = given(1, NOW);
    Change other = given(1, NOW);
    take(10);
    remove(change);
    remove(change);
    remove(new Change(Fixtures.aUserId(), 1));
    pass(LEASE);
    assertThat(take(10)).containsExactly(other);
  }

  @Test
  void a_later_version_takes_the_place_of_an_earlier_one_and_is_due_when_it_says() {
    UserId user = givenUser().id();
    add(user, 9, NOW);
    take(10);
    Change later = add(user, 10, NOW.plusSeconds(1));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(take(10)).containsExactly(later);
  }

  @Test
  void an_earlier_version_changes_nothing() {
    UserId user = givenUser().id();
    Change later = add(user, 10, NOW);
    add(user, 9, NOW.plusSeconds(9));
    assertThat(take(10)).containsExactly(later);
  }

  @Test
  void the_same_version_again_changes_nothing() {
    UserId user = givenUser().id();
    Change change = add(user, 10, NOW);
    add(user, 10, NOW.plusSeconds(9));
    assertThat(take(10)).containsExactly(change);
  }

  @Test
  void of_versions_that_are_added_together_the_latest_stays() {
    UserId user = givenUser().id();
    Race.of(8, number -> add(user, number, NOW));
    assertThat(take(10)).containsExactly(new Change(user, 7));
  }

  @Test
  void a_later_version_is_not_removed_with_an_earlier_one() {
    UserId user = givenUser().id();
    Change earlier = add(user, 1, NOW);
    take(10);
    Change later = add(user, 2, NOW);
    remove(earlier);
    assertThat(take(10)).containsExactly(later);
    remove(later);
    pass(LEASE);
    assertThat(take(10)).isEmpty();
  }

  @Test
  void a_change_needs_its_user_and_goes_with_it() {
    assertThatThrownBy(() -> add(Fixtures.aUserId(), 1, NOW))
        .isInstanceOf(PortFailureException.class);
    UserId user = givenUser().id();
    add(user, 1, NOW);
    Change ofOther = given(1, NOW);
    run(
        stores -> {
          stores.users().delete(user, NOW);
          stores.users().erase(user);
        });
    assertThat(take(10)).containsExactly(ofOther);
  }

  @Test
  void a_change_of_a_transaction_that_failed_was_never_added() {
    UserId user = givenUser().id();
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.tierChanges().add(user, 1, NOW);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(take(10)).isEmpty();
  }
}
