package io.contentcrew.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.generation.JobSignals;
import io.contentcrew.ports.generation.JobSignals.Kind;
import io.contentcrew.ports.generation.JobSignals.Listening;
import io.contentcrew.ports.generation.JobSignals.Signal;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.JobSignalsContract;
import io.lettuce.core.AclSetuserArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisJobSignalsTest extends JobSignalsContract {
  private final TestRedis redis = TestRedis.shared();
  private final RedisConfig config = redis.patientConfig();
  private final List<RedisAdapter> adapters = new ArrayList<>();

  @AfterEach
  void close() {
    adapters.forEach(RedisAdapter::close);
  }

  @Override
  protected JobSignals open() {
    RedisAdapter adapter = Patience.connected(config);
    adapters.add(adapter);
    Patience.hears(adapter); // who does not hear yet refuses to send
    return adapter.signals();
  }

  @Test
  void messages_that_are_not_understood_are_passed_over() throws InterruptedException {
    JobSignals signals = open();
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    Listening listening = signals.listen(heard::add);
    Patience.until("hearing", TestRedis.PATIENT, listening::hears);
    String channel = config.keyPrefix() + "signals";
    String id = "0123456789abcdef";
    for (String message :
        List.of("", "\u0001", "\u0001\u0001short", "\u0002\u0001" + id, "\u0001\u0009" + id)) {
      redis.at(commands -> commands.publish(channel, message));
    }
    Signal sent = new Signal(Kind.CANCEL, Fixtures.aJobId());
    signals.send(List.of(sent));
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(sent);
  }

  @Test
  void a_kind_of_a_later_release_does_not_hide_what_comes_with_it() {
    List<Signal> heard = new ArrayList<>();
    Signal known = new Signal(Kind.GROWN, Fixtures.aJobId());
    byte[] message = SignalMessage.of(List.of(known, known)).getFirst();
    message[1] = 9;
    SignalMessage.read(message, heard::add, id -> heard.clear());
    assertThat(heard).containsExactly(known);
  }

  @Test
  void instances_with_other_keys_are_not_heard() throws InterruptedException {
    JobSignals signals = open();
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    Patience.until("hearing", TestRedis.PATIENT, signals.listen(heard::add)::hears);
    try (RedisAdapter other = Patience.connected(redis.patientConfig())) {
      Patience.hears(other);
      other.signals().send(List.of(new Signal(Kind.GROWN, Fixtures.aJobId())));
    }
    Signal own = new Signal(Kind.GROWN, Fixtures.aJobId());
    signals.send(List.of(own));
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(own);
  }

  @Test
  void heartbeats_are_nobodys_business() throws InterruptedException {
    JobSignals signals = open();
    BlockingQueue<Signal> heard = new LinkedBlockingQueue<>();
    Listening listening = signals.listen(heard::add);
    Patience.until("hearing", TestRedis.PATIENT, listening::hears);
    assertThat(heard.poll(1200, TimeUnit.MILLISECONDS)).isNull();
    assertThat(listening.hears()).isTrue();
  }

  @Test
  void after_the_adapter_nobody_hears() {
    JobSignals signals = open();
    Listening listening = signals.listen(signal -> {});
    Patience.until("hearing", TestRedis.PATIENT, listening::hears);
    adapters.getLast().close();
    assertThat(listening.hears()).isFalse();
  }

  /** A Redis whose default user may do everything but what is taken away from him. */
  private static TestRedis without(String... taken) {
    List<String> user =
        new ArrayList<>(List.of("--user", "default", "on", "nopass", "~*", "+@all"));
    user.addAll(List.of(taken));
    return TestRedis.start(user.toArray(String[]::new));
  }

  private static void refusesToSend(RedisAdapter adapter) {
    List<Signal> signals = List.of(new Signal(Kind.GROWN, Fixtures.aJobId()));
    assertThatThrownBy(() -> adapter.signals().send(signals))
        .isExactlyInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("not heard");
  }

  @Test
  void who_may_not_hear_does_not_send_and_says_once_why_until_it_is_mended() {
    try (TestRedis strict = without("resetchannels");
        LogLines log = LogLines.of("io.contentcrew.adapters.redis");
        RedisAdapter adapter = Patience.connected(strict.patientConfig())) {
      Listening listening = adapter.signals().listen(signal -> {});
      Patience.until("a word", TestRedis.PATIENT, () -> log.count("no signals are heard") > 0);
      int tries = strict.denied();
      Patience.until("more tries", TestRedis.PATIENT, () -> strict.denied() > tries + 2);
      assertThat(log.count("no signals are heard")).isEqualTo(1);
      assertThat(log.count("forbids user default")).isEqualTo(1);
      assertThat(listening.hears()).isFalse();
      refusesToSend(adapter);
      assertThat(adapter.rateLimiter().acquire("key", Rate.perMinute(10)).allowed()).isTrue();

      strict.at(redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.allChannels()));
      Patience.until("hears", TestRedis.PATIENT, listening::hears);
      adapter.signals().send(List.of(new Signal(Kind.GROWN, Fixtures.aJobId())));
      Patience.until(
          "a word", TestRedis.PATIENT, () -> log.count("are heard over Redis again") > 0);
      assertThat(log.count("no signals are heard")).isEqualTo(1);
    }
  }

  @Test
  void who_may_hear_but_not_publish_says_so() {
    try (TestRedis strict = without("allchannels", "-publish");
        LogLines log = LogLines.of("io.contentcrew.adapters.redis");
        RedisAdapter adapter = Patience.connected(strict.patientConfig())) {
      Patience.until(
          "a word",
          TestRedis.PATIENT,
          () ->
              log.count("no signals are heard over Redis: Redis at .* forbids user default") == 1);
      assertThatThrownBy(
              () -> adapter.signals().send(List.of(new Signal(Kind.GROWN, Fixtures.aJobId()))))
          .isExactlyInstanceOf(PortUnavailableException.class);
    }
  }
}
