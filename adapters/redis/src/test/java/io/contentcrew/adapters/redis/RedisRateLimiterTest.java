package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.RateLimiter.Decision;
import io.contentcrew.testkit.RateLimiterContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisRateLimiterTest extends RateLimiterContract {
  private final TestRedis redis = TestRedis.shared();
  private final RedisConfig config = redis.patientConfig();
  private final RedisAdapter adapter = Patience.connected(config);

  @AfterEach
  void close() {
    adapter.close();
  }

  @Override
  protected RateLimiter open() {
    return adapter.rateLimiter();
  }

  @Override
  protected void pass(Duration time) {
    redis.pass(config.keyPrefix(), time);
  }

  private int allowed(String key, int rate, int asked) {
    int allowed = 0;
    for (int i = 0; i < asked; i++) {
      allowed += open().acquire(key, Rate.perMinute(rate)).allowed() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void rates_that_do_not_divide_the_minute_are_kept_exactly() {
    for (int rate : new int[] {1, 7, 11, 13, 49}) {
      String key = "rate " + rate;
      assertThat(open().acquire(key, Rate.perMinute(rate)).remaining()).isEqualTo(rate - 1);
      assertThat(allowed(key, rate, rate + 2)).isEqualTo(rate - 1);
      pass(Duration.ofMinutes(1));
      assertThat(allowed(key, rate, rate + 1)).isEqualTo(rate);
    }
  }

  @Test
  void a_rate_that_changes_keeps_its_proportion() {
    assertThat(allowed("key", 10, 5)).isEqualTo(5);
    Decision decision = open().acquire("key", Rate.perMinute(4));
    assertThat(decision.allowed()).isTrue();
    assertThat(decision.remaining()).isEqualTo(1);
  }

  @Test
  void instances_count_together() {
    try (RedisAdapter other = Patience.connected(config)) {
      assertThat(allowed("key", 3, 2)).isEqualTo(2);
      assertThat(other.rateLimiter().acquire("key", Rate.perMinute(3)).allowed()).isTrue();
      assertThat(other.rateLimiter().acquire("key", Rate.perMinute(3)).allowed()).isFalse();
      assertThat(allowed("key", 3, 1)).isZero();
    }
  }

  @Test
  void a_clock_of_redis_that_was_set_back_keeps_nobody_waiting_for_it() {
    assertThat(allowed("key", 3, 4)).isEqualTo(3);
    pass(Duration.ofHours(-1));
    Decision refused = open().acquire("key", Rate.perMinute(3));
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    pass(refused.retryAfter());
    assertThat(allowed("key", 3, 2)).isEqualTo(1);
  }

  @Test
  void keys_do_not_stay() {
    allowed("key", 3, 5);
    List<String> keys = redis.at(commands -> commands.keys(config.keyPrefix() + "rate:*"));
    assertThat(keys).hasSize(1);
    long left = redis.at(commands -> commands.pttl(keys.getFirst()));
    assertThat(left).isBetween(1L, 60_000L);
  }

  @Test
  void scripts_that_redis_has_forgotten_are_sent_again() {
    assertThat(allowed("key", 3, 1)).isEqualTo(1);
    redis.at(commands -> commands.scriptFlush());
    assertThat(allowed("key", 3, 3)).isEqualTo(2);
  }

  @Test
  void rates_that_do_not_divide_their_time_are_kept_exactly() {
    for (Duration per :
        new Duration[] {
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofHours(1).plusSeconds(1),
          Duration.ofDays(1)
        }) {
      for (int limit : new int[] {7, 13, 999_983, 1_000_000}) {
        Rate rate = new Rate(limit, per);
        Decision first = open().acquire("at " + rate, rate);
        assertThat(first.allowed()).as(rate.toString()).isTrue();
        assertThat(first.remaining()).as(rate.toString()).isEqualTo(limit - 1);
      }
    }
  }

  /** As if all but one had been taken: a million requests take too long. */
  @Test
  void the_last_request_of_a_high_rate_is_let_through_and_no_other() {
    Rate rate = new Rate(999_983, Duration.ofDays(1));
    long share = 86_400_000_000_000L / 999_983;
    String key = config.keyPrefix() + "rate/86400000000:key";
    Map<String, String> allButOne =
        Map.of("used", String.valueOf(share * 999_982), "at", "9000000000000000");
    redis.at(commands -> commands.hset(key, allButOne));
    Decision last = open().acquire("key", rate);
    assertThat(last.allowed()).isTrue();
    assertThat(last.remaining()).isZero();
    redis.at(commands -> commands.hset(key, "at", "9000000000000000"));
    assertThat(open().acquire("key", rate).allowed()).isFalse();
  }

  @Test
  void rates_for_different_times_count_for_themselves() {
    assertThat(allowed("key", 3, 4)).isEqualTo(3);
    assertThat(open().acquire("key", new Rate(3, Duration.ofHours(1))).remaining()).isEqualTo(2);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void what_was_given_back_entirely_leaves_no_key() {
    Rate rate = new Rate(3, Duration.ofDays(1));
    open().acquire("key", rate);
    open().giveBack("key", rate);
    assertThat(keys()).isEmpty();
    open().giveBack("key", rate);
    assertThat(keys()).isEmpty();
  }

  @Test
  void what_is_given_back_makes_no_key_stay() {
    Rate rate = new Rate(3, Duration.ofDays(1));
    open().acquire("key", rate);
    open().acquire("key", rate);
    open().giveBack("key", rate);
    long left = redis.at(commands -> commands.pttl(keys().getFirst()));
    assertThat(left).isBetween(1L, Duration.ofDays(1).toMillis());
  }

  private List<String> keys() {
    return redis.at(commands -> commands.keys(config.keyPrefix() + "rate*"));
  }
}
