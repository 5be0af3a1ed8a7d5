package io.contentcrew.ports.user;

import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.UserId;
import java.util.List;

/** What happened to the safety of accounts. Nothing in it is ever changed or removed. */
public interface AuditLog {
  /** Adds an event. Its account need not exist, or no more. */
  void append(SecurityEvent event);

  /**
   * The events about an account, the oldest first, as they were added.
   *
   * @param after the number of the last event that is known; 0 for the first
   * @param limit at most so many
   */
  List<Numbered> list(UserId user, long after, int limit);

  /** An event and its number, which grows with each event. */
  record Numbered(long number, SecurityEvent event) {}
}
