package io.contentcrew.app.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that Stripe tells of one subscription, in the order in which it happened.
 *
 * @param user whose it is
 * @param name the subscription's
 */
record Story(String user, String name, List<Event> events, Ending ending) {
  Story {
    events = List.copyOf(events);
  }

  /**
   * One thing that is told.
   *
   * @param second when it happened, since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // sent as it is, and never compared
  record Event(String id, String type, long second, byte[] body) {
    @Override
    public String toString() {
      return type + " " + id;
    }
  }

  /** What must remain when all of it was told, in whatever order and how often. */
  sealed interface Ending {}

  /**
   * A subscription.
   *
   * @param status in Stripe's word
   * @param paid the amounts of the bills that were paid, by their names
   * @param failed the bills that could not be collected
   */
  record Known(String status, String tier, Map<String, Long> paid, Set<String> failed)
      implements Ending {
    private static final Set<String> GRANTING = Set.of("active", "trialing", "past_due");

    Known {
      paid = Map.copyOf(paid);
      failed = Set.copyOf(failed);
    }

    /** Whether its owner has the tier: a payment that is late is waited for. */
    boolean grants() {
      return GRANTING.contains(status);
    }

    boolean isOver() {
      return status.equals("canceled");
    }
  }

  /**
   * Nothing, as it waits for what nobody ever tells.
   *
   * @param what of what kind that is
   */
  record Parked(String what) implements Ending {}

  boolean isParked() {
    return ending instanceof Parked;
  }
}
