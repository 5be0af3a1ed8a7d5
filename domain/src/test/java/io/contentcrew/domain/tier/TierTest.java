package io.contentcrew.domain.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.ModelName;
import java.time.Duration;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TierTest {
  private static final Tier FREE = Tiers.tier("free", 0, 10, 2);
  private static final Tier BASIC = Tiers.tier("basic", 10, 50, 5);
  private static final Tier PRO = Tiers.tier("pro", 20, 500, 20);

  @Test
  void a_catalog_lists_its_tiers_from_the_lowest() {
    TierCatalog catalog = new TierCatalog(List.of(PRO, FREE, BASIC));

    assertThat(catalog.tiers()).containsExactly(FREE, BASIC, PRO);
    assertThat(catalog.free()).isEqualTo(FREE);
    assertThat(catalog.find(new TierId("pro"))).contains(PRO);
    assertThat(catalog.find(new TierId("other"))).isEmpty();
  }

  @Test
  void who_meets_a_limit_is_offered_the_next_tier_up() {
    TierCatalog catalog = new TierCatalog(List.of(PRO, FREE, BASIC));

    assertThat(catalog.above(FREE)).contains(BASIC);
    assertThat(catalog.above(BASIC)).contains(PRO);
    assertThat(catalog.above(PRO)).isEmpty();
    assertThat(catalog.above(Tiers.tier("old", 15, 1, 1))).contains(PRO);
  }

  @Test
  void a_catalog_has_one_tier_of_each_name_and_rank_and_a_free_one() {
    assertThatThrownBy(() -> new TierCatalog(List.of(FREE, Tiers.tier("free", 1, 1, 1))))
        .hasMessageContaining("free is defined twice");
    assertThatThrownBy(() -> new TierCatalog(List.of(FREE, Tiers.tier("basic", 0, 1, 1))))
        .hasMessageContaining("rank 0");
    assertThatThrownBy(() -> new TierCatalog(List.of(BASIC))).hasMessageContaining("called free");
    assertThatThrownBy(() -> new TierCatalog(List.of())).hasMessageContaining("called free");
  }

  @Test
  void the_lists_of_a_catalog_and_of_limits_cannot_be_changed() {
    assertThatThrownBy(() -> new TierCatalog(List.of(FREE)).tiers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> FREE.limits().monthly().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void an_allowance_covers_what_is_within_it() {
    assertThat(Allowance.of(3).covers(3)).isTrue();
    assertThat(Allowance.of(3).covers(4)).isFalse();
    assertThat(Allowance.of(0).covers(1)).isFalse();
    assertThat(Allowance.of(3).limit()).hasValue(3);
    assertThat(Allowance.unlimited().covers(Long.MAX_VALUE)).isTrue();
    assertThat(Allowance.unlimited().limit()).isEmpty();
    assertThatThrownBy(() -> Allowance.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limits_name_every_format_and_are_at_least_one() {
    TierLimits limits = FREE.limits().withAllowance(Format.VIDEO, Allowance.of(0));

    assertThat(limits.allowance(Format.VIDEO)).isEqualTo(Allowance.of(0));
    assertThat(limits.allowance(Format.BLOG)).isEqualTo(Allowance.of(10));
    Map<Format, Allowance> incomplete = new EnumMap<>(limits.monthly());
    incomplete.remove(Format.AUDIO);
    assertThatThrownBy(() -> new TierLimits(incomplete, 1, 1, 1, 1, Optional.empty()))
        .hasMessageContaining("every format");
    assertThatThrownBy(() -> new TierLimits(limits.monthly(), 0, 1, 1, 1, Optional.empty()))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new TierLimits(limits.monthly(), 1, 0, 1, 1, Optional.empty()))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new TierLimits(limits.monthly(), 1, 1, 0, 1, Optional.empty()))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new TierLimits(limits.monthly(), 1, 1, 1, 0, Optional.empty()))
        .hasMessageContaining("at least 1");
  }

  @Test
  void jobs_are_kept_for_some_time_or_for_ever() {
    TierLimits limits = FREE.limits();
    assertThat(limits.withKeepFor(Optional.of(Duration.ofDays(1))).keepFor())
        .contains(Duration.ofDays(1));
    assertThat(limits.withKeepFor(Optional.empty()).keepFor()).isEmpty();
    assertThatThrownBy(() -> limits.withKeepFor(Optional.of(Duration.ZERO)))
        .hasMessageContaining("kept for some time");
  }

  @Test
  void a_changed_copy_keeps_the_rest() {
    Tier changed =
        FREE.withModel(new ModelName("other")).withLimits(Tiers.limits(Allowance.of(1), 9));

    assertThat(changed.model()).isEqualTo(new ModelName("other"));
    assertThat(changed.limits().activeJobs()).isEqualTo(9);
    assertThat(changed.id()).isEqualTo(FREE.id());
    assertThat(changed.rank()).isEqualTo(FREE.rank());
  }

  @Test
  void a_tier_has_a_name_to_show_and_no_negative_price() {
    assertThatThrownBy(
            () ->
                new Tier(
                    TierId.FREE,
                    " ",
                    0,
                    FREE.limits(),
                    FREE.model(),
                    false,
                    false,
                    Optional.empty()))
        .hasMessageContaining("name to show");
    Currency dollar = Currency.getInstance("USD");
    assertThat(new Price(dollar, 0, 0).monthly()).isZero();
    assertThatThrownBy(() -> new Price(dollar, -1, 0)).hasMessageContaining("negative");
    assertThatThrownBy(() -> new Price(dollar, 0, -1)).hasMessageContaining("negative");
  }

  @Test
  void a_guest_has_one_piece_of_each_format_that_a_tier_offers_and_one_job_at_a_time() {
    Tier offering =
        PRO.withLimits(
            PRO.limits()
                .withAllowance(Format.BLOG, Allowance.unlimited())
                .withAllowance(Format.VIDEO, Allowance.of(0)));
    Tier guests = offering.forGuest();
    assertThat(guests.limits().monthly())
        .containsEntry(Format.BLOG, Allowance.of(1))
        .containsEntry(Format.SOCIAL, Allowance.of(1))
        .containsEntry(Format.AUDIO, Allowance.of(1))
        .containsEntry(Format.VIDEO, Allowance.of(0));
    assertThat(guests.limits().activeJobs()).isEqualTo(1);
    assertThat(guests.id()).isEqualTo(offering.id());
    assertThat(guests.model()).isEqualTo(offering.model());
  }
}
