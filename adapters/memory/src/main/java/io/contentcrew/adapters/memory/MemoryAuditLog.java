package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.AuditLog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

final class MemoryAuditLog implements AuditLog {
  private final Index<Optional<UserId>, Numbered> events;
  private long last;

  MemoryAuditLog(Turn turn) {
    events = new Index<>(turn, Comparator.comparingLong(Numbered::number));
  }

  @Override
  public void append(SecurityEvent event) {
    last++;
    events.add(event.user(), new Numbered(last, event));
  }

  @Override
  public List<Numbered> list(UserId user, long after, int limit) {
    return events.of(Optional.of(user)).stream()
        .dropWhile(numbered -> numbered.number() <= after)
        .limit(limit)
        .toList();
  }
}
