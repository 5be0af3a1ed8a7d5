package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.user.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Attempts} keeps to. */
public abstract class AttemptsContract extends StorageHarness {
  private static final AttemptRule RULE =
      new AttemptRule(3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1));

  private final Digest what = Fixtures.aDigest();

  /** For subclasses. */
  protected AttemptsContract() {}

  private boolean attempt(Digest what, AttemptRule rule) {
    return in(stores -> stores.attempts().attempt(what, rule, clock.instant()));
  }

  private boolean attempt() {
    return attempt(what, RULE);
  }

  private void exhaust(Digest what) {
    for (int i = 0; i < RULE.free(); i++) {
      assertThat(attempt(what, RULE)).isTrue();
    }
    assertThat(attempt(what, RULE)).isFalse();
  }

  @Test
  void as_many_tries_are_free_as_the_rule_says() {
    exhaust(what);
  }

  @Test
  void the_pause_between_tries_doubles_up_to_the_longest() {
    for (AttemptRule rule :
        List.of(
            RULE,
            AttemptRule.SIGN_IN,
            AttemptRule.LETTER,
            new AttemptRule(1, Duration.ofMillis(7), Duration.ofMinutes(1), Duration.ofDays(1)))) {
      Digest tried = Fixtures.aDigest();
      for (int count = 0; count < rule.free() + 16; count++) {
        Duration pause = rule.pauseAfter(count);
        if (!pause.isZero()) {
          pass(pause.minusMillis(1));
          assertThat(attempt(tried, rule)).as("too early after %d", count).isFalse();
          pass(Duration.ofMillis(1));
        }
        assertThat(attempt(tried, rule)).as("in time after %d", count).isTrue();
      }
    }
  }

  @Test
  void a_try_that_comes_too_early_makes_the_pause_no_longer() {
    exhaust(what);
    for (int i = 0; i < 9; i++) {
      pass(Duration.ofMillis(100));
      assertThat(attempt()).isFalse();
    }
    pass(Duration.ofMillis(100));
    assertThat(attempt()).isTrue();
    pass(Duration.ofMillis(1999));
    assertThat(attempt()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(attempt()).isTrue();
  }

  @Test
  void all_are_free_again_when_the_last_one_is_long_ago() {
    exhaust(what);
    pass(RULE.forgottenAfter());
    exhaust(what);
  }

  @Test
  void tries_are_not_forgotten_before_their_time() {
    exhaust(what);
    pass(RULE.forgottenAfter().minusMillis(1));
    assertThat(attempt()).as("after the pause").isTrue();
    assertThat(attempt()).as("the count goes on").isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(attempt()).isTrue();
  }

  @Test
  void what_is_tried_counts_for_itself() {
    exhaust(what);
    exhaust(Fixtures.aDigest());
  }

  @Test
  void a_rule_may_change() {
    exhaust(what);
    AttemptRule generous =
        new AttemptRule(5, Duration.ofSeconds(1), RULE.longestPause(), RULE.forgottenAfter());
    assertThat(attempt(what, generous)).isTrue();
    assertThat(attempt(what, generous)).isTrue();
    assertThat(attempt(what, generous)).isFalse();
  }

  @Test
  void tries_that_were_cleared_are_forgotten() {
    Digest other = Fixtures.aDigest();
    exhaust(what);
    exhaust(other);
    run(stores -> stores.attempts().clear(what));
    run(stores -> stores.attempts().clear(Fixtures.aDigest()));
    exhaust(what);
    assertThat(attempt(other, RULE)).isFalse();
  }

  @Test
  void of_tries_that_come_together_as_many_may_be_made_as_are_free() {
    for (int round = 0; round < 5; round++) {
      Digest tried = Fixtures.aDigest();
      List<Boolean> made = Race.of(64, number -> attempt(tried, RULE));
      assertThat(made).filteredOn(Boolean::booleanValue).hasSize(RULE.free());
    }
  }

  @Test
  void of_tries_that_come_together_after_a_pause_one_may_be_made() {
    exhaust(what);
    for (int round = 0; round < 5; round++) {
      pass(RULE.longestPause());
      List<Boolean> made = Race.of(32, number -> attempt());
      assertThat(made).containsOnlyOnce(true);
    }
  }

  @Test
  void clocks_that_differ_a_little_take_no_free_try_away() {
    List<Boolean> made =
        Race.of(
            64,
            number ->
                in(
                    stores ->
                        stores
                            .attempts()
                            .attempt(what, RULE, Fixtures.NOW.minusMillis(5L * number))));
    assertThat(made).filteredOn(Boolean::booleanValue).hasSize(RULE.free());
  }

  @Test
  void a_try_that_is_rolled_back_does_not_count() {
    for (int i = 0; i < RULE.free(); i++) {
      assertThatThrownBy(
              () ->
                  run(
                      stores -> {
                        stores.attempts().attempt(what, RULE, clock.instant());
                        throw new IllegalStateException("roll back");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    exhaust(what);
  }

  private int purge(Instant lastBefore, int limit) {
    return in(stores -> stores.attempts().purge(lastBefore, limit));
  }

  @Test
  void tries_of_which_the_last_was_before_are_forgotten_and_others_are_not() {
    exhaust(what);
    Digest later = Fixtures.aDigest();
    attempt(later, RULE);
    pass(Duration.ofMillis(1));
    exhaust(Fixtures.aDigest());
    attempt(later, RULE);
    assertThat(purge(Fixtures.NOW, 10)).as("counted not before, but then").isZero();
    assertThat(attempt()).isFalse();
    assertThat(purge(Fixtures.NOW.plusMillis(1), 10)).isEqualTo(1);
    assertThat(purge(Fixtures.NOW.plusMillis(1), 10)).isZero();
    exhaust(what);
    assertThat(attempt(later, RULE)).isTrue();
    assertThat(attempt(later, RULE)).isFalse();
  }

  @Test
  void forgetting_tries_goes_on_where_it_stopped() {
    for (int i = 0; i < 5; i++) {
      attempt(Fixtures.aDigest(), RULE);
    }
    Instant later = Fixtures.NOW.plusMillis(1);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(1);
    assertThat(purge(later, 2)).isZero();
  }
}
