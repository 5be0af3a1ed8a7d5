package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Admission.Admitted;
import io.contentcrew.domain.generation.Admission.FormatOverQuota;
import io.contentcrew.domain.generation.Admission.OverQuota;
import io.contentcrew.domain.generation.Admission.TooManyJobs;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.Tiers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static final Tier TIER = Tiers.tier("free", 0, 3, 2);
  private static final Set<Format> BLOG = EnumSet.of(Format.BLOG);

  @ParameterizedTest
  @CsvSource({
    "0,0,true",
    "2,0,true",
    "0,2,true",
    "1,1,true",
    "3,0,false",
    "0,3,false",
    "2,1,false",
    "9,9,false"
  })
  void used_and_reserved_pieces_both_count_against_the_limit(
      long used, long reserved, boolean admitted) {
    Admission admission =
        Admission.decide(TIER, BLOG, Map.of(Format.BLOG, new FormatUsage(used, reserved)), 0);

    assertThat(admission instanceof Admitted).isEqualTo(admitted);
    if (!admitted) {
      assertThat(admission)
          .isEqualTo(
              new OverQuota(
                  List.of(new FormatOverQuota(Format.BLOG, 3, new FormatUsage(used, reserved)))));
    }
  }

  @Test
  void only_the_formats_that_are_asked_for_count() {
    Map<Format, FormatUsage> usage = Map.of(Format.VIDEO, new FormatUsage(3, 0));

    assertThat(Admission.decide(TIER, BLOG, usage, 0)).isInstanceOf(Admitted.class);
  }

  @Test
  void every_format_that_is_used_up_is_named() {
    FormatUsage all = new FormatUsage(3, 0);
    Admission admission =
        Admission.decide(
            TIER,
            EnumSet.allOf(Format.class),
            Map.of(Format.BLOG, all, Format.AUDIO, all, Format.VIDEO, new FormatUsage(2, 0)),
            0);

    assertThat(admission)
        .isInstanceOfSatisfying(
            OverQuota.class,
            over ->
                assertThat(over.formats())
                    .extracting(FormatOverQuota::format)
                    .containsExactly(Format.BLOG, Format.AUDIO));
  }

  @Test
  void a_tier_without_limit_covers_any_number() {
    Tier unlimited =
        TIER.withLimits(TIER.limits().withAllowance(Format.BLOG, Allowance.unlimited()));

    assertThat(
            Admission.decide(
                unlimited, BLOG, Map.of(Format.BLOG, new FormatUsage(1_000_000_000, 7)), 0))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void a_format_that_the_tier_does_not_offer_is_refused_at_once() {
    Tier without = TIER.withLimits(TIER.limits().withAllowance(Format.BLOG, Allowance.of(0)));

    assertThat(Admission.decide(without, BLOG, Map.of(), 0)).isInstanceOf(OverQuota.class);
  }

  @Test
  void as_many_jobs_as_the_tier_allows_may_be_under_way() {
    assertThat(Admission.decide(TIER, BLOG, Map.of(), 1)).isInstanceOf(Admitted.class);
    assertThat(Admission.decide(TIER, BLOG, Map.of(), 2)).isEqualTo(new TooManyJobs(2, 2));
    assertThat(Admission.decide(TIER, BLOG, Map.of(), 3)).isEqualTo(new TooManyJobs(3, 2));
  }

  @Test
  void the_quota_is_told_before_the_number_of_jobs() {
    Map<Format, FormatUsage> usedUp = Map.of(Format.BLOG, new FormatUsage(3, 0));

    assertThat(Admission.decide(TIER, BLOG, usedUp, 2)).isInstanceOf(OverQuota.class);
  }

  @Test
  void usage_is_never_negative() {
    assertThat(new FormatUsage(2, 3).taken()).isEqualTo(5);
    assertThatThrownBy(() -> new FormatUsage(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FormatUsage(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
