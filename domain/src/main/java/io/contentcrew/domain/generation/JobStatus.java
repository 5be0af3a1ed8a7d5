package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** Where a job stands: {@code pending -> running -> completed | partial | failed | cancelled}. */
public enum JobStatus {
  /** Waits for its turn. */
  PENDING,
  /** An instance works on it. */
  RUNNING,
  /** Every format is there. */
  COMPLETED,
  /** Some formats are there, some failed. */
  PARTIAL,
  /** No format is there. */
  FAILED,
  /** Its owner stopped it; what was finished by then is kept. */
  CANCELLED;

  /** Whether the job has ended; a final state never changes. */
  public boolean isFinal() {
    return this != PENDING && this != RUNNING;
  }

  /**
   * Whether a job may go from this state to {@code next}. A running job becomes pending again when
   * its instance gives it back.
   */
  public boolean canBecome(JobStatus next) {
    return switch (this) {
      case PENDING -> next == RUNNING || next == CANCELLED || next == FAILED;
      case RUNNING -> next != RUNNING;
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> false;
    };
  }

  /** The name in lower case, as it goes over the wire and into stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that wire name. */
  public static Optional<JobStatus> ofWireName(String wireName) {
    for (JobStatus status : values()) {
      if (status.wireName().equals(wireName)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
