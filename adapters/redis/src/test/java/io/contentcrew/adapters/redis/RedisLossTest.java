package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.ContentCache;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Listening;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.ports.tier.TierCache;
import io.contentcrew.testkit.FaultProxy;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis goes, in every way it can, and comes back. */
class RedisLossTest {
  /**
   * For one call: 100 ms, and what a busy machine adds. Who waits for the wrong thing waits longer:
   * lettuce's own limit is a minute, and 64 who wait one after the other take 6.4 seconds.
   */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration BACK = Duration.ofSeconds(5);
  private static final int CALLS = 200;

  private final TestRedis redis = TestRedis.start();
  private final FaultProxy proxy = FaultProxy.to("127.0.0.1", redis.port());

  @AfterEach
  void stop() {
    proxy.close();
    redis.close();
  }

  private RedisConfig behindProxy() {
    return RedisConfig.parse("redis://127.0.0.1:" + proxy.port()).withKeyPrefix("loss:");
  }

  /** Everything that can be asked of the ports. */
  private static List<Runnable> questions(RedisAdapter adapter) {
    ContentCache cache = adapter.contentCache();
    ContentCache.Key key = new ContentCache.Key("00ff");
    TierCache.Entry entry = new TierCache.Entry(Entitlement.free(), 1);
    return List.of(
        () -> adapter.rateLimiter().acquire("key", Rate.perMinute(10)),
        () -> adapter.rateLimiter().giveBack("key", Rate.perMinute(10)),
        () -> cache.find(key),
        () ->
            cache.put(
                key, List.of(new ContentCache.Piece(Fixtures.anArtifact(Format.BLOG), List.of()))),
        () -> cache.lead(key, Fixtures.aJobId(), Duration.ofMinutes(1)),
        () -> cache.release(key, Fixtures.aJobId()),
        () -> adapter.tierCache().find(Fixtures.aUserId()),
        () -> adapter.tierCache().put(Fixtures.aUserId(), entry),
        () -> adapter.tierCache().evict(Fixtures.aUserId(), 2),
        () -> adapter.signals().send(List.of(new Signal(Kind.GROWN, Fixtures.aJobId()))));
  }

  private static Duration refused(Runnable question) {
    long begin = System.nanoTime();
    assertThatThrownBy(question::run).isExactlyInstanceOf(PortUnavailableException.class);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Each soon, and all so soon that few can have waited. */
  private static void refusesAtOnce(RedisAdapter adapter) {
    for (Runnable question : questions(adapter)) {
      assertThat(refused(question)).isLessThan(SOON);
    }
    assertThat(refused(adapter::ping)).isLessThan(SOON);
    Duration all = Duration.ZERO;
    for (int i = 0; i < CALLS; i++) {
      all = all.plus(refused(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10))));
    }
    Duration ifAllHadWaited = Duration.ofMillis(100).multipliedBy(CALLS);
    assertThat(all).isLessThan(ifAllHadWaited.dividedBy(4));
  }

  /** At last: on a busy machine one answer or another comes too late. */
  private static void answersEverything(RedisAdapter adapter) {
    Patience.until("Redis is back", BACK, () -> Patience.answers(adapter));
    for (Runnable question : questions(adapter)) {
      Patience.until("an answer", BACK, () -> Patience.answers(question));
    }
  }

  /** Whether signals get through at last; those that were sent before may be lost. */
  private static void signalsAgain(
      RedisAdapter adapter, Listening listening, BlockingQueue<Signal> heard)
      throws InterruptedException {
    Patience.until("hears again", BACK.multipliedBy(2), listening::hears);
    Signal signal = new Signal(Kind.CANCEL, Fixtures.aJobId());
    Patience.until(
        "a sent signal",
        BACK,
        () -> Patience.answers(() -> adapter.signals().send(List.of(signal))));
    Signal next;
    do {
      next = heard.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
    } while (!next.equals(signal));
  }

  @Test
  void a_redis_that_is_killed_is_missed_at_once_and_used_again_when_it_is_back()
      throws InterruptedException {
    try (RedisAdapter adapter = Patience.connected(redis.config())) {
      BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
      Listening listening = adapter.signals().listen(heard::add);
      Patience.until("hears", TestRedis.PATIENT, listening::hears);
      for (int round = 0; round < 2; round++) {
        redis.kill();
        Patience.until("hears no more", BACK, () -> !listening.hears());
        refusesAtOnce(adapter);
        redis.restart();
        answersEverything(adapter);
        signalsAgain(adapter, listening, heard);
      }
    }
  }

  @Test
  void a_redis_that_stands_still_makes_hardly_anybody_wait() throws InterruptedException {
    try (RedisAdapter adapter = Patience.connected(redis.config())) {
      BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
      Listening listening = adapter.signals().listen(heard::add);
      Patience.until("hears", TestRedis.PATIENT, listening::hears);
      redis.pause();
      refusesAtOnce(adapter);
      Patience.until("hears no more", BACK, () -> !listening.hears());
      redis.resume();
      answersEverything(adapter);
      signalsAgain(adapter, listening, heard);
    }
  }

  @Test
  void a_network_that_swallows_everything_makes_hardly_anybody_wait() throws InterruptedException {
    try (RedisAdapter adapter = Patience.connected(behindProxy())) {
      BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
      Listening listening = adapter.signals().listen(heard::add);
      Patience.until("hears", TestRedis.PATIENT, listening::hears);
      proxy.blackhole();
      refusesAtOnce(adapter);
      Patience.until("hears no more", BACK, () -> !listening.hears());
      refusesAtOnce(adapter);
      proxy.pass();
      answersEverything(adapter);
      signalsAgain(adapter, listening, heard);
    }
  }

  @Test
  void of_many_who_ask_at_once_nobody_waits_longer_than_one() {
    try (RedisAdapter adapter = Patience.connected(behindProxy())) {
      proxy.blackhole();
      List<Duration> waited =
          Race.of(
              64,
              number -> refused(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10))));
      assertThat(waited).allSatisfy(one -> assertThat(one).isLessThan(SOON));
    }
  }

  @Test
  void a_silence_is_noticed_also_while_nobody_asks() {
    try (RedisAdapter adapter = Patience.connected(behindProxy())) {
      proxy.blackhole();
      Patience.until("the gate is shut", BACK, () -> refusedWithin(adapter, Duration.ofMillis(50)));
    }
  }

  /** Asks seldom, so that it is the keeper who finds out. */
  private static boolean refusedWithin(RedisAdapter adapter, Duration most) {
    sleep(Duration.ofMillis(700));
    long begin = System.nanoTime();
    return !Patience.answers(adapter) && System.nanoTime() - begin < most.toNanos();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void an_adapter_can_be_opened_before_redis_is_there() {
    redis.kill();
    try (RedisAdapter adapter = RedisAdapter.open(redis.config())) {
      refusesAtOnce(adapter);
      assertThatThrownBy(adapter::ping).hasMessageContaining("no Redis answers at 127.0.0.1:");
      redis.restart();
      answersEverything(adapter);
    }
  }

  @Test
  void what_is_asked_right_after_the_start_does_not_wait() {
    try (RedisAdapter adapter = RedisAdapter.open(redis.config())) {
      long begin = System.nanoTime();
      try {
        adapter.rateLimiter().acquire("key", Rate.perMinute(10));
      } catch (PortUnavailableException e) {
        assertThat(e).hasMessageContaining("yet");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
      answersEverything(adapter);
    }
  }

  @Test
  void an_interrupted_caller_goes_at_once_and_stays_interrupted() {
    try (RedisAdapter adapter = Patience.connected(redis.patientConfig())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10)))
          .isExactlyInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      adapter.ping();
    }
  }

  @Test
  void a_replica_that_cannot_be_written_to_is_as_good_as_none() {
    try (RedisAdapter adapter = Patience.connected(redis.patientConfig());
        TestRedis master = TestRedis.start()) {
      redis.at(commands -> commands.replicaof("127.0.0.1", master.port()));
      assertThatThrownBy(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10)))
          .isExactlyInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("replica");
      Patience.until("the ping tells", BACK, () -> said(adapter).contains("replica"));
      redis.at(commands -> commands.replicaofNoOne());
      answersEverything(adapter);
    }
  }

  @Test
  void a_redis_without_memory_is_as_good_as_none() {
    try (RedisAdapter adapter = Patience.connected(redis.patientConfig())) {
      redis.at(commands -> commands.configSet("maxmemory", "1"));
      assertThatThrownBy(() -> adapter.rateLimiter().acquire("key", Rate.perMinute(10)))
          .isExactlyInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("memory");
      assertThat(said(adapter)).contains("memory");
      redis.at(commands -> commands.configSet("maxmemory", "0"));
      answersEverything(adapter);
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

  @Test
  void a_closed_adapter_refuses_and_leaves_no_thread() {
    var before = Thread.getAllStackTraces().keySet();
    RedisAdapter adapter = Patience.connected(redis.config());
    Listening listening = adapter.signals().listen(signal -> {});
    Patience.until("hears", TestRedis.PATIENT, listening::hears);
    assertThat(threadsSince(before)).isNotEmpty().hasSizeLessThan(12).allMatch(Thread::isDaemon);
    adapter.close();
    adapter.close();
    for (Runnable question : questions(adapter)) {
      assertThat(refused(question)).isLessThan(SOON);
    }
    Patience.until("threads have ended", TestRedis.PATIENT, () -> threadsSince(before).isEmpty());
  }

  @Test
  void an_adapter_that_never_connected_leaves_no_thread_either() {
    var before = Thread.getAllStackTraces().keySet();
    redis.kill();
    RedisAdapter adapter = RedisAdapter.open(redis.config());
    refusesAtOnce(adapter);
    adapter.close();
    Patience.until("threads have ended", TestRedis.PATIENT, () -> threadsSince(before).isEmpty());
  }

  private static List<Thread> threadsSince(java.util.Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(
            thread ->
                thread.getName().startsWith("contentcrew")
                    || thread.getName().startsWith("lettuce"))
        .toList();
  }
}
