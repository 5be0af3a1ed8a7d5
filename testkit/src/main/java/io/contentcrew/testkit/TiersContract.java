package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.tier.Tiers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Tiers} keeps to. */
public abstract class TiersContract extends StorageHarness {
  /** For subclasses. */
  protected TiersContract() {}

  private void seed(TierCatalog catalog) {
    run(stores -> stores.tiers().seed(catalog));
  }

  private Optional<TierCatalog> load() {
    return in(stores -> stores.tiers().load());
  }

  @Test
  void there_are_no_tiers_before_they_are_stored() {
    assertThat(load()).isEmpty();
  }

  @Test
  void tiers_are_loaded_as_they_were_stored() {
    seed(Fixtures.aCatalog());
    assertThat(load()).contains(Fixtures.aCatalog());
  }

  @Test
  void storing_the_same_tiers_again_changes_nothing() {
    seed(Fixtures.aCatalog());
    seed(Fixtures.aCatalog());
    assertThat(load()).contains(Fixtures.aCatalog());
  }

  @Test
  void tiers_are_changed_added_and_dropped() {
    seed(Fixtures.aCatalog());
    Tier changed =
        Fixtures.aTier()
            .withModel(new ModelName("other:2b"))
            .withLimits(Fixtures.aTier().limits().withAllowance(Format.AUDIO, Allowance.of(1)));
    TierCatalog next = new TierCatalog(List.of(changed, Fixtures.aTier("team", 15)));
    seed(next);
    assertThat(load()).contains(next);
  }

  @Test
  void tiers_may_swap_their_ranks() {
    seed(new TierCatalog(List.of(Fixtures.aTier("free", 0), Fixtures.aTier("pro", 1))));
    TierCatalog swapped =
        new TierCatalog(List.of(Fixtures.aTier("free", 1), Fixtures.aTier("pro", 0)));
    seed(swapped);
    assertThat(load()).contains(swapped);
  }

  @Test
  void a_dropped_tier_is_kept_while_a_subscription_names_it() {
    seed(Fixtures.aCatalog());
    User user = givenUser();
    run(stores -> stores.subscriptions().grant(user.id(), new TierId("pro"), Fixtures.NOW));
    TierCatalog freeOnly = new TierCatalog(List.of(Fixtures.aTier()));
    seed(freeOnly);
    Tier pro = Fixtures.aCatalog().find(new TierId("pro")).orElseThrow();
    assertThat(load()).contains(new TierCatalog(List.of(Fixtures.aTier(), pro)));

    run(stores -> stores.subscriptions().grant(user.id(), TierId.FREE, Fixtures.NOW));
    seed(freeOnly);
    assertThat(load()).contains(freeOnly);
  }

  @Test
  void a_tier_cannot_take_the_rank_of_one_that_is_kept() {
    seed(Fixtures.aCatalog());
    User user = givenUser();
    run(stores -> stores.subscriptions().grant(user.id(), new TierId("pro"), Fixtures.NOW));
    TierCatalog clashing = new TierCatalog(List.of(Fixtures.aTier(), Fixtures.aTier("gold", 20)));
    assertThatThrownBy(() -> seed(clashing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gold")
        .hasMessageContaining("pro");
    assertThat(load()).contains(Fixtures.aCatalog());
  }

  @Test
  void instances_that_store_the_tiers_together_do_not_disturb_each_other() {
    Race.of(
        6,
        number -> {
          seed(Fixtures.aCatalog());
          return true;
        });
    assertThat(load()).contains(Fixtures.aCatalog());
  }

  @Test
  void how_long_jobs_are_kept_can_be_changed() {
    for (Optional<Duration> keepFor :
        List.of(Optional.of(Duration.ofDays(7)), Optional.<Duration>empty())) {
      TierCatalog changed =
          new TierCatalog(
              List.of(Fixtures.aTier().withLimits(Fixtures.aTier().limits().withKeepFor(keepFor))));
      seed(changed);
      assertThat(load()).contains(changed);
    }
  }
}
