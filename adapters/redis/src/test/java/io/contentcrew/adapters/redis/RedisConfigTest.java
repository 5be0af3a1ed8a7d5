package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.redis.RedisConfig.Server;
import io.contentcrew.adapters.redis.RedisConfig.Tls;
import io.contentcrew.ports.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
  private static Server server(String url) {
    return RedisConfig.parse(url).server();
  }

  @Test
  void a_url_names_all_there_is_to_know() {
    assertThat(server("rediss://us%3Aer:p%40ss%2F+word%25@redis_1.internal:6380/3"))
        .isEqualTo(
            new Server(
                "redis_1.internal",
                6380,
                3,
                Optional.of("us:er"),
                Optional.of(Secret.of("p@ss/+word%")),
                Optional.of(new Tls(Optional.empty()))));
  }

  @Test
  void most_of_a_url_may_be_left_out() {
    Server plain =
        new Server("redis", 6379, 0, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(server("redis://redis")).isEqualTo(plain);
    assertThat(server(" redis://redis:6379/ \n")).isEqualTo(plain);
    assertThat(server("redis://:secret@redis").password()).contains(Secret.of("secret"));
    assertThat(server("redis://:secret@redis").user()).isEmpty();
    assertThat(server("redis://user@redis").user()).contains("user");
    assertThat(server("redis://[::1]:7000").host()).isEqualTo("::1");
    assertThat(server("redis://[::1]:7000").port()).isEqualTo(7000);
  }

  @Test
  void the_usual_numbers_are_those_of_the_documentation() {
    RedisConfig config = RedisConfig.parse("redis://redis");
    assertThat(config.commandTimeout()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.keyPrefix()).isEqualTo("crew:");
    assertThat(config.contentTimeToLive()).isEqualTo(Duration.ofHours(1));
    assertThat(config.tierTimeToLive()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_password_beside_the_url_is_for_a_url_that_holds_none() {
    Optional<Secret> beside = Optional.of(Secret.of("beside"));
    assertThat(RedisConfig.parse("redis://redis", beside))
        .isEqualTo(RedisConfig.parse("redis://:beside@redis"));
    assertThat(RedisConfig.parse("redis://user@redis", beside))
        .isEqualTo(RedisConfig.parse("redis://user:beside@redis"));
    assertThat(RedisConfig.parse("redis://user:within@redis", beside).server().password())
        .contains(Secret.of("within"));
    assertThat(RedisConfig.parse("redis://redis", Optional.empty()))
        .isEqualTo(RedisConfig.parse("redis://redis"));
  }

  @Test
  void a_user_for_whom_there_is_no_password_anywhere_is_refused() {
    assertRefused(
        () -> RedisConfig.parse("redis://user@redis", Optional.empty()),
        "user user of Redis has no password");
    assertRefused(
        () -> RedisConfig.parse("redis://user:@redis", Optional.empty()),
        "user user of Redis has no password");
  }

  @Test
  void another_password_takes_the_place_of_the_one_in_the_url() {
    assertThat(
            RedisConfig.parse("redis://user:within@redis")
                .withPassword(Secret.of("other"))
                .server())
        .isEqualTo(server("redis://user:other@redis"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "redis",
        "redis:6379",
        "http://redis",
        "redis-sentinel://redis",
        "redis://",
        "redis://:hunter2@",
        "redis://user:hunter2@redis:port",
        "redis://user:hunter2@redis:123456",
        "redis://user:hunter2@redis:0",
        "redis://user:hunter2@redis:65536",
        "redis://user:hunter2@redis/database",
        "redis://user:hunter2@redis/0/1",
        "redis://user:hunter2@redis/99999",
        "redis://user:hunter2@redis?timeout=5s",
        "redis://user:hunter2@one,two",
        "redis://user:hunter2@@redis",
        "redis://user:hunter2%@redis",
        "redis://user:hunter2%zz@redis",
        "redis://us er:hunter2@re dis"
      })
  void what_cannot_be_understood_is_refused_with_a_word_on_how_and_without_the_password(
      String url) {
    assertThatThrownBy(() -> RedisConfig.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redis")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void passwords_are_not_shown() {
    RedisConfig config = RedisConfig.parse("redis://user:hunter2@redis");
    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(config.withPassword(Secret.of("swordfish")).toString()).doesNotContain("swordfish");
  }

  @Test
  void copies_differ_in_one_thing() {
    RedisConfig config = RedisConfig.parse("redis://redis");
    Tls tls = new Tls(Optional.empty());
    assertThat(config.withTls(tls)).isEqualTo(RedisConfig.parse("rediss://redis"));
    assertThat(config.withPassword(Secret.of("secret")))
        .isEqualTo(RedisConfig.parse("redis://:secret@redis"));
    Duration second = Duration.ofSeconds(1);
    assertThat(config.withCommandTimeout(second).commandTimeout()).isEqualTo(second);
    assertThat(config.withConnectTimeout(second.multipliedBy(2)).connectTimeout())
        .isEqualTo(second.multipliedBy(2));
    assertThat(config.withKeyPrefix("test:").keyPrefix()).isEqualTo("test:");
    assertThat(config.withContentTimeToLive(second).contentTimeToLive()).isEqualTo(second);
    assertThat(config.withTierTimeToLive(second).tierTimeToLive()).isEqualTo(second);
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    RedisConfig config = RedisConfig.parse("redis://redis");
    assertRefused(() -> config.withCommandTimeout(Duration.ZERO), "command timeout");
    assertRefused(() -> config.withCommandTimeout(Duration.ofMinutes(1)), "command timeout");
    assertRefused(() -> config.withConnectTimeout(Duration.ofMillis(1)), "connect timeout");
    assertRefused(() -> config.withContentTimeToLive(Duration.ZERO), "time to live of pieces");
    assertRefused(() -> config.withTierTimeToLive(Duration.ofDays(365)), "time to live of tiers");
    assertRefused(() -> config.withKeyPrefix(""), "key prefix");
    assertRefused(() -> config.withKeyPrefix("a b"), "key prefix");
    assertRefused(() -> config.withPassword(Secret.of("")), "empty");
  }

  private static void assertRefused(Runnable mistake, String about) {
    assertThatThrownBy(mistake::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(about);
  }
}
