package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TierCacheContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisTierCacheTest extends TierCacheContract {
  private final TestRedis redis = TestRedis.shared();
  private final RedisConfig config = redis.patientConfig();
  private final RedisAdapter adapter = Patience.connected(config);
  private final UserId user = Fixtures.aUserId();

  @AfterEach
  void close() {
    adapter.close();
  }

  @Override
  protected TierCache open() {
    return adapter.tierCache();
  }

  @Override
  protected Duration timeToLive() {
    return config.tierTimeToLive();
  }

  @Override
  protected void pass(Duration time) {
    redis.pass(config.keyPrefix(), time);
  }

  private static TierCache.Entry entry(long version) {
    return new TierCache.Entry(Entitlement.free(), version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0000000000000000007",
        "0000000000000000007|2|free||",
        "0000000000000000007|1|Free!||",
        "0000000000000000007|1|free|yesterday|today",
        "0000000000000000007|1|free|2026-04-01T00:00:00Z|2026-03-01T00:00:00Z",
        "seven|1|free||"
      })
  void what_another_release_wrote_is_not_known(String value) {
    redis.at(commands -> commands.set(config.keyPrefix() + "tier:" + user, value));
    assertThat(open().find(user)).isEmpty();
  }

  @Test
  void the_version_of_another_release_counts_all_the_same() {
    String name = config.keyPrefix() + "tier:" + user;
    redis.at(commands -> commands.set(name, "0000000000000000007|2|what|ever"));
    open().put(user, entry(6));
    assertThat(open().find(user)).isEmpty();
    open().put(user, entry(8));
    assertThat(open().find(user)).contains(entry(8));
  }

  @Test
  void instances_share_what_they_know() {
    try (RedisAdapter other = Patience.connected(config)) {
      open().put(user, entry(1));
      assertThat(other.tierCache().find(user)).contains(entry(1));
      other.tierCache().evict(user, 2);
      open().put(user, entry(1));
      assertThat(open().find(user)).isEmpty();
    }
  }

  @Test
  void a_version_below_nothing_is_refused() {
    assertThatThrownBy(() -> open().evict(user, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
