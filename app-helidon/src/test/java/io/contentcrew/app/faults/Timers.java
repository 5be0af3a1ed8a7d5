package io.contentcrew.app.faults;

import java.time.Duration;
import java.util.Map;

/**
 * The timers of a cluster's instances.
 *
 * @param zombie how long a process must be stopped for the others to take it for dead
 */
record Timers(Duration heartbeat, Duration deadAfter, Duration zombie) {
  /** The defaults of the service. */
  static Timers standard() {
    return new Timers(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(40));
  }

  /** So short that much can happen within seconds. */
  static Timers scaled() {
    return new Timers(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  /**
   * What the service is told. The model is given up sooner than a run may take; what else the
   * clocks of instances decide takes longer than they are ever apart.
   */
  Map<String, String> settings() {
    return Map.of(
        "JOB_HEARTBEAT", heartbeat.toMillis() + "ms",
        "JOB_DEAD_AFTER", deadAfter.toMillis() + "ms",
        "JOB_TIMEOUT", "30m",
        "JOB_FOLD_AFTER", "1h",
        "SSE_HEARTBEAT", "1s",
        "LLM_CONNECT_TIMEOUT", "2s",
        "LLM_FIRST_TOKEN_TIMEOUT", "10s",
        "LLM_TOKEN_GAP_TIMEOUT", "10s",
        "LLM_TASK_TIMEOUT", "60s",
        "SHUTDOWN_GRACE", "3s");
  }
}
