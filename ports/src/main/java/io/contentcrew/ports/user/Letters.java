package io.contentcrew.ports.user;

import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.LetterId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Letters that wait to be sent: written in the transaction of what they are about. */
public interface Letters {
  /** Adds a letter, which is due at once. An account that it is about must exist. */
  void add(Letter letter);

  /**
   * Takes letters that are due, the longest due first. Nobody else is given them until {@code
   * lease} has passed; then they are due again, unless they were sent or postponed.
   *
   * @param limit at most so many
   */
  List<Due> take(Instant now, Duration lease, int limit);

  /** Forgets a letter that was sent, or never will be. */
  void remove(LetterId id);

  /** Makes a letter due at {@code until}, because it could not be sent. */
  void postpone(LetterId id, Instant until);

  /**
   * A letter to be sent.
   *
   * @param attempt 1 when it was given out for the first time
   */
  record Due(Letter letter, int attempt) {}
}
