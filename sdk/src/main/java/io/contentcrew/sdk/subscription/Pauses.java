package io.contentcrew.sdk.subscription;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before something is tried again. */
final class Pauses {
  private static final List<Duration> ENDING =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6));

  private Pauses() {}

  /** That long, and up to a fifth longer, so that what failed together does not come together. */
  static Duration about(Duration pause) {
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 5 + 1));
  }

  /**
   * Before the next try to end a subscription: there is always one, as it costs its owner money.
   */
  static Duration beforeEnding(int attempt) {
    return about(ENDING.get(Math.min(attempt, ENDING.size()) - 1));
  }
}
