package io.contentcrew.adapters.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The names under which things stand in Redis. */
record Keys(String prefix) {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Of what is used of a rate for {@code per}: what is used is counted in that time. */
  byte[] rate(String key, Duration per) {
    return per.equals(A_MINUTE)
        ? name("rate:", key)
        : name("rate/" + per.toNanos() / 1_000 + ":", key);
  }

  byte[] content(String key) {
    return name("content:", key);
  }

  byte[] lead(String key) {
    return name("lead:", key);
  }

  byte[] tier(String user) {
    return name("tier:", user);
  }

  /** What is written to see whether Redis lets us write. */
  byte[] ping() {
    return name("ping", "");
  }

  /** The channel of the signals. */
  byte[] signals() {
    return name("signals", "");
  }

  private byte[] name(String kind, String key) {
    return (prefix + kind + key).getBytes(StandardCharsets.UTF_8);
  }
}
