package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.lettuce.core.RedisClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, where to, and what those are told who are not. */
class RedisEntryTest {
  private static final String PASSWORD = "correct-horse";
  private static final String WRONG = "battery-staple";

  @TempDir private Path folder;

  private static RedisConfig config(String url) {
    // whoever is let in shall not fail on a slow machine
    return RedisConfig.parse(url)
        .withCommandTimeout(Duration.ofSeconds(10))
        .withConnectTimeout(Duration.ofSeconds(3));
  }

  private static String url(String entry, int port) {
    return entry.formatted("127.0.0.1:" + port);
  }

  /** Why there is no entry; the whole exception says nothing of passwords. */
  private static String refusal(RedisConfig config) {
    try (RedisAdapter adapter = RedisAdapter.open(config)) {
      // right after the start a slow machine may have no answer yet
      Patience.until("an answer", TestRedis.PATIENT, () -> !said(adapter).contains("yet"));
      PortUnavailableException refused =
          catchThrowableOfType(PortUnavailableException.class, adapter::ping);
      StringWriter whole = new StringWriter();
      refused.printStackTrace(new PrintWriter(whole));
      assertThat(whole.toString()).doesNotContain(PASSWORD).doesNotContain(WRONG);
      assertThat(whole.toString())
          .doesNotContain("Caused by: io.")
          .doesNotContain("lettuce.core.Redis");
      assertThat(refused.retryAfter()).isPresent();
      return refused.getMessage();
    }
  }

  private static String said(RedisAdapter adapter) {
    try {
      adapter.ping();
      return "";
    } catch (PortUnavailableException e) {
      return e.getMessage();
    }
  }

  private static void entry(RedisConfig config) {
    try (RedisAdapter adapter = Patience.connected(config)) {
      assertThat(adapter.rateLimiter().acquire("key", Rate.perMinute(10)).allowed()).isTrue();
    }
  }

  @Test
  void the_password_is_asked_for() {
    try (TestRedis redis = TestRedis.start("--requirepass", PASSWORD)) {
      entry(config(url("redis://:" + PASSWORD + "@%s", redis.port())));
      entry(config(url("redis://%s", redis.port())).withPassword(Secret.of(PASSWORD)));
      entry(
          config(url("redis://:" + WRONG + "@%s", redis.port())).withPassword(Secret.of(PASSWORD)));
      assertThat(refusal(config(url("redis://:" + WRONG + "@%s", redis.port()))))
          .contains("127.0.0.1:" + redis.port(), "does not let", "check user and password");
      assertThat(refusal(config(url("redis://%s", redis.port()))))
          .contains("does not let", "check user and password");
    }
  }

  @Test
  void a_user_may_be_confined_to_what_is_needed() {
    try (TestRedis redis =
        TestRedis.start(
            ("--user default on nopass ~* &* +@all"
                    + (" --user crew on >" + PASSWORD + " ~crew:* resetchannels &crew:* -@all")
                    + " +ping +hello +select +client +time +get +set +del +hset +hmget +pexpire"
                    + " +eval +evalsha +publish +subscribe"
                    + (" --user narrow on >" + PASSWORD + " ~other:* resetchannels &other:* +@all"))
                .split(" "))) {
      RedisConfig config = config(url("redis://crew:" + PASSWORD + "@%s", redis.port()));
      entry(config);
      try (RedisAdapter adapter = Patience.connected(config)) {
        Patience.until("hears", TestRedis.PATIENT, adapter.signals().listen(s -> {})::hears);
      }
      assertThat(refusal(config(url("redis://crew:" + WRONG + "@%s", redis.port()))))
          .contains("user crew", "check user and password");
      RedisConfig narrow = config(url("redis://narrow:" + PASSWORD + "@%s", redis.port()));
      assertThat(refusal(narrow)).contains("forbids user narrow");
      try (RedisAdapter adapter = RedisAdapter.open(narrow)) {
        Patience.until("an answer", TestRedis.PATIENT, () -> !said(adapter).contains("yet"));
        assertThatThrownBy(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10)))
            .isExactlyInstanceOf(PortUnavailableException.class)
            .hasMessageContaining("forbids user narrow");
      }
    }
  }

  @Test
  void a_user_without_a_password_is_a_mistake() {
    RedisConfig config = RedisConfig.parse("redis://crew@localhost");
    assertThatThrownBy(() -> RedisAdapter.open(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user crew of Redis has no password");
  }

  @Test
  void the_database_of_that_number_is_used() {
    TestRedis redis = TestRedis.shared();
    entry(config(redis.url() + "/5").withKeyPrefix("numbered:"));
    RedisClient client = RedisClient.create(redis.url() + "/5");
    try (var connection = client.connect()) {
      assertThat(connection.sync().keys("numbered:*")).contains("numbered:rate:key");
    } finally {
      client.shutdown();
    }
    assertThat(redis.<Integer>at(commands -> commands.keys("numbered:*").size())).isZero();
    assertThat(refusal(config(redis.url() + "/99"))).contains("has no database 99");
  }

  @Test
  void a_host_that_is_not_there_is_named() {
    assertThat(refusal(config("redis://redis.invalid:6379")))
        .contains("the host of redis.invalid:6379 is not known");
    int free = TestRedis.freePort();
    assertThat(refusal(config(url("redis://%s", free))))
        .contains("no Redis answers at 127.0.0.1:" + free, "is it running");
  }

  @Test
  void tls_is_spoken_with_those_who_can_show_that_they_are_who_they_are() throws Exception {
    TestCertificate localhost = TestCertificate.of(folder, "localhost");
    TestCertificate elsewhere = TestCertificate.of(folder, "redis.example.com");
    TestRedis redis = TestRedis.shared();
    try (TlsProxy right = TlsProxy.before(redis, localhost.context());
        TlsProxy wrong = TlsProxy.before(redis, elsewhere.context())) {
      String url = "rediss://localhost:%d";
      entry(config(url.formatted(right.port())).withTls(localhost.trusted()));
      assertThat(refusal(config(url.formatted(right.port())))).contains("is not trusted");
      assertThat(refusal(config(url.formatted(right.port())).withTls(elsewhere.trusted())))
          .contains("is not trusted");
      assertThat(refusal(config(url.formatted(wrong.port())).withTls(elsewhere.trusted())))
          .contains("made out to another host");
      assertThat(refusal(config("redis://localhost:" + right.port())))
          .contains("localhost:" + right.port(), "TLS");
    }
  }

  @Test
  void tls_to_a_server_without_it_says_so() {
    assertThat(refusal(config("rediss://localhost:" + TestRedis.shared().port()))).contains("TLS");
  }

  @Test
  void root_certificates_that_are_not_there_are_a_mistake() {
    RedisConfig config =
        RedisConfig.parse("rediss://localhost")
            .withTls(new RedisConfig.Tls(Optional.of(folder.resolve("none.pem"))));
    assertThatThrownBy(() -> RedisAdapter.open(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pem");
  }
}
