package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.ports.tier.TierCache.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TierCache} keeps to. */
public abstract class TierCacheContract {
  private static final UsagePeriod PERIOD =
      new UsagePeriod(Fixtures.NOW.plusNanos(1), Fixtures.NOW.plus(Duration.ofDays(31)));

  private final UserId user = Fixtures.aUserId();
  private TierCache cache;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the cache up before each test
  protected TierCacheContract() {}

  /** A cache that remembers nothing yet. */
  protected abstract TierCache open();

  /** How long that cache keeps things. */
  protected abstract Duration timeToLive();

  /** Makes the cache believe that {@code time} has passed. */
  protected abstract void pass(Duration time);

  @BeforeEach
  final void openCache() {
    cache = open();
  }

  private static Entry entry(String tier, long version) {
    return new Entry(new Entitlement(new TierId(tier), Optional.of(PERIOD)), version);
  }

  @Test
  void what_was_never_put_in_is_not_known() {
    assertThat(cache.find(user)).isEmpty();
  }

  @Test
  void what_was_put_in_is_found_as_it_was() {
    for (Entry entry :
        List.of(
            new Entry(Entitlement.free(), 0), entry("pro", 1), entry("basic", Long.MAX_VALUE))) {
      cache.put(user, entry);
      assertThat(cache.find(user)).contains(entry);
    }
  }

  @Test
  void users_are_remembered_for_themselves() {
    UserId other = Fixtures.aUserId();
    cache.put(user, entry("pro", 3));
    assertThat(cache.find(other)).isEmpty();
    cache.put(other, entry("basic", 2));
    cache.evict(other, 5);
    assertThat(cache.find(user)).contains(entry("pro", 3));
  }

  @Test
  void what_is_put_in_again_counts() {
    cache.put(user, entry("basic", 3));
    cache.put(user, entry("pro", 3));
    assertThat(cache.find(user)).contains(entry("pro", 3));
  }

  @Test
  void an_earlier_version_does_not_replace_a_later_one() {
    cache.put(user, entry("pro", 10));
    cache.put(user, entry("basic", 9));
    assertThat(cache.find(user)).contains(entry("pro", 10));
    long large = 1L << 60;
    cache.put(user, entry("pro", large + 1));
    cache.put(user, entry("basic", large));
    assertThat(cache.find(user)).contains(entry("pro", large + 1));
  }

  @Test
  void things_are_kept_for_their_time_and_no_longer() {
    cache.put(user, entry("pro", 1));
    pass(timeToLive().minusSeconds(5));
    assertThat(cache.find(user)).contains(entry("pro", 1));
    pass(Duration.ofSeconds(5));
    assertThat(cache.find(user)).isEmpty();
  }

  @Test
  void what_was_true_before_a_change_is_forgotten() {
    cache.put(user, entry("pro", 9));
    cache.evict(user, 10);
    assertThat(cache.find(user)).isEmpty();
  }

  @Test
  void nobody_puts_back_what_was_true_before_a_change() {
    cache.put(user, entry("pro", 9));
    cache.evict(user, 10);
    cache.put(user, entry("pro", 9));
    assertThat(cache.find(user)).isEmpty();
    pass(timeToLive().minusSeconds(5));
    cache.put(user, entry("pro", 9));
    assertThat(cache.find(user)).isEmpty();
  }

  @Test
  void a_change_counts_also_where_nothing_was_known_before_it() {
    cache.evict(user, 10);
    cache.put(user, entry("pro", 9));
    assertThat(cache.find(user)).isEmpty();
  }

  @Test
  void what_is_true_after_a_change_can_be_put_in() {
    cache.evict(user, 10);
    cache.put(user, entry("basic", 10));
    assertThat(cache.find(user)).contains(entry("basic", 10));
    cache.evict(user, 11);
    cache.put(user, entry("pro", 12));
    assertThat(cache.find(user)).contains(entry("pro", 12));
  }

  @Test
  void changes_may_be_made_known_in_any_order() {
    cache.evict(user, 7);
    cache.evict(user, 3);
    cache.put(user, entry("pro", 5));
    assertThat(cache.find(user)).isEmpty();
    cache.put(user, entry("basic", 7));
    cache.evict(user, 3);
    cache.put(user, entry("pro", 6));
    assertThat(cache.find(user).filter(found -> found.version() < 7)).isEmpty();
  }

  @Test
  void of_versions_that_are_put_in_together_the_last_one_stays() {
    for (int round = 0; round < 5; round++) {
      UserId raced = Fixtures.aUserId();
      Race.of(
          16,
          number -> {
            cache.put(raced, entry("pro", number));
            return number;
          });
      assertThat(cache.find(raced)).contains(entry("pro", 15));
    }
  }

  @Test
  void nobody_finds_what_was_true_before_a_change_however_many_put_it_back() {
    for (int round = 0; round < 5; round++) {
      UserId raced = Fixtures.aUserId();
      List<Callable<List<Entry>>> runners = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runners.add(
            () -> {
              for (int times = 0; times < 50; times++) {
                cache.put(raced, entry("pro", 1));
              }
              return List.of();
            });
      }
      runners.add(
          () -> {
            cache.evict(raced, 2);
            List<Entry> found = new ArrayList<>();
            for (int times = 0; times < 50; times++) {
              cache.find(raced).ifPresent(found::add);
            }
            return found;
          });
      assertThat(Race.between(runners)).allSatisfy(found -> assertThat(found).isEmpty());
      assertThat(cache.find(raced)).isEmpty();
    }
  }
}
