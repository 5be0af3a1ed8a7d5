package io.contentcrew.domain.subscription;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was last stated of a subscription, as much as it takes to tell whether something else that
 * is stated is newer.
 */
public sealed interface Known {
  /**
   * What was stated in the latest second, by each event of it; at least one.
   *
   * @param told without two of the same event
   */
  record Dated(Instant second, List<Told> told) implements Known {
    public Dated {
      Objects.requireNonNull(second, "second");
      told = List.copyOf(told);
      if (told.isEmpty()) {
        throw new IllegalArgumentException("somebody must have told it");
      }
    }
  }

  /** What stands, stands by its status. */
  record Ranked() implements Known {}

  /**
   * What one event stated.
   *
   * @param previous what has changed with it, as it was before
   */
  record Told(
      String eventId,
      SubscriptionEvent.Step step,
      Map<Snapshot.Facet, String> previous,
      Snapshot snapshot) {
    public Told {
      Objects.requireNonNull(eventId, "eventId");
      Objects.requireNonNull(step, "step");
      previous = Map.copyOf(previous);
      Objects.requireNonNull(snapshot, "snapshot");
    }

    /** Whether this can be what came right after {@code other}. */
    boolean canFollow(Told other) {
      if (other.step != step) {
        return step.compareTo(other.step) > 0;
      }
      Map<Snapshot.Facet, String> before = new HashMap<>(other.snapshot.facets());
      before.keySet().retainAll(previous.keySet());
      return !previous.isEmpty() && before.equals(previous);
    }
  }
}
