package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.Tiers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private static final Tier PLAIN = Tiers.tier("free", 0, 3, 100);
  private static final Tier PRIORITY =
      new Tier(PLAIN.id(), "Pro", 1, PLAIN.limits(), PLAIN.model(), true, false, Optional.empty());

  @Test
  void everybodys_first_job_counts_as_submitted_when_it_was() {
    assertThat(FairShare.handicap(PLAIN, 0)).isZero();
  }

  @Test
  void the_more_jobs_a_user_has_the_later_the_next_one_counts() {
    assertThat(FairShare.handicap(PLAIN, 1)).isPositive();
    assertThat(FairShare.handicap(PLAIN, 7))
        .isEqualTo(FairShare.handicap(PLAIN, 1).multipliedBy(7));
  }

  @Test
  void priority_is_a_head_start_of_ten_minutes() {
    assertThat(FairShare.handicap(PRIORITY, 0)).isEqualTo(Duration.ofMinutes(-10));
    assertThat(FairShare.handicap(PRIORITY, 3))
        .isEqualTo(FairShare.handicap(PLAIN, 3).minus(Duration.ofMinutes(10)));
  }

  @Test
  void who_fills_the_queue_with_priority_still_comes_behind_others_first_jobs_in_the_end() {
    assertThat(FairShare.handicap(PRIORITY, 99)).isGreaterThan(FairShare.handicap(PLAIN, 0));
  }
}
