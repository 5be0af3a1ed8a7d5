package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Optional;

/** Where a task of a job stands. */
public enum TaskState {
  WAITING,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  /** The name in lower case, as it goes over the wire and into stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that wire name. */
  public static Optional<TaskState> ofWireName(String wireName) {
    for (TaskState state : values()) {
      if (state.wireName().equals(wireName)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
