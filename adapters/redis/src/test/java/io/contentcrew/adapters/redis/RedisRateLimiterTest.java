package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.tier.RateLimiter;
import io.contentcrew.ports.tier.RateLimiter.Decision;
import io.contentcrew.testkit.RateLimiterContract;
import java.time.Duration;
import java.util.List;
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
      allowed += open().acquire(key, rate).allowed() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void rates_that_do_not_divide_the_minute_are_kept_exactly() {
    for (int rate : new int[] {1, 7, 11, 13, 49}) {
      String key = "rate " + rate;
      assertThat(open().acquire(key, rate).remaining()).isEqualTo(rate - 1);
      assertThat(allowed(key, rate, rate + 2)).isEqualTo(rate - 1);
      pass(Duration.ofMinutes(1));
      assertThat(allowed(key, rate, rate + 1)).isEqualTo(rate);
    }
  }

  @Test
  void a_rate_that_changes_keeps_its_proportion() {
    assertThat(allowed("key", 10, 5)).isEqualTo(5);
    Decision decision = open().acquire("key", 4);
    assertThat(decision.allowed()).isTrue();
    assertThat(decision.remaining()).isEqualTo(1);
  }

  @Test
  void instances_count_together() {
    try (RedisAdapter other = Patience.connected(config)) {
      assertThat(allowed("key", 3, 2)).isEqualTo(2);
      assertThat(other.rateLimiter().acquire("key", 3).allowed()).isTrue();
      assertThat(other.rateLimiter().acquire("key", 3).allowed()).isFalse();
      assertThat(allowed("key", 3, 1)).isZero();
    }
  }

  @Test
  void a_clock_of_redis_that_was_set_back_keeps_nobody_waiting_for_it() {
    assertThat(allowed("key", 3, 4)).isEqualTo(3);
    pass(Duration.ofHours(-1));
    Decision refused = open().acquire("key", 3);
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
  void a_rate_of_nothing_or_of_more_than_can_be_counted_is_refused() {
    for (int rate : new int[] {0, -1, 1_000_001}) {
      assertThatThrownBy(() -> open().acquire("key", rate))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 1,000,000");
    }
  }
}
