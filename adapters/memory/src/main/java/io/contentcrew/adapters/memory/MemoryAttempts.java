package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.user.Attempts;
import java.time.Instant;
import java.util.List;

final class MemoryAttempts implements Attempts {
  private static final Tries NONE = new Tries(0, Instant.MIN);

  private final Table<Digest, Tries> tries;

  /** How many were counted, and when the last one was. */
  private record Tries(int count, Instant last) {}

  MemoryAttempts(Turn turn) {
    tries = new Table<>(turn);
  }

  @Override
  public boolean attempt(Digest what, AttemptRule rule, Instant now) {
    Tries before = tries.get(what, NONE);
    if (before.count > 0 && !now.isBefore(before.last.plus(rule.forgottenAfter()))) {
      before = NONE;
    }
    // clocks differ a little: a free one may be made whatever the time is
    boolean mayBeMade =
        before.count < rule.free()
            || !now.isBefore(before.last.plus(rule.pauseAfter(before.count)));
    if (mayBeMade) {
      tries.put(what, new Tries(before.count + 1, now.isAfter(before.last) ? now : before.last));
    }
    return mayBeMade;
  }

  @Override
  public void clear(Digest what) {
    tries.remove(what);
  }

  @Override
  public int purge(Instant lastBefore, int limit) {
    List<Digest> old =
        tries.keys().stream()
            .filter(what -> tries.get(what, NONE).last.isBefore(lastBefore))
            .limit(limit)
            .toList();
    old.forEach(tries::remove);
    return old.size();
  }
}
