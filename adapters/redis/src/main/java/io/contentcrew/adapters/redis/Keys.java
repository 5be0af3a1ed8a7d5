package io.contentcrew.adapters.redis;

import java.nio.charset.StandardCharsets;

/** The names under which things stand in Redis. */
record Keys(String prefix) {
  byte[] rate(String key) {
    return name("rate:", key);
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
