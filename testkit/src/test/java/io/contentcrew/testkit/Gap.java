package io.contentcrew.testkit;

import java.util.concurrent.locks.LockSupport;

/** The moment between a look and the write that relies on it. */
final class Gap {
  private Gap() {}

  /** Lasts long enough for others to look too. */
  static void between() {
    LockSupport.parkNanos(20_000_000);
  }
}
