package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Letters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

final class MemoryLetters implements Letters {
  private final Table<LetterId, Row> rows;
  private final MemoryUsers users;

  /**
   * A letter that waits.
   *
   * @param attempts how often it was given out
   */
  private record Row(Letter letter, Instant dueAt, int attempts) {}

  MemoryLetters(Turn turn, MemoryUsers users) {
    rows = new Table<>(turn);
    this.users = users;
  }

  @Override
  public void add(Letter letter) {
    letter.matter().user().ifPresent(users::require);
    if (!rows.add(letter.id(), new Row(letter, letter.writtenAt(), 0))) {
      throw Turn.refused("the letter is there already");
    }
  }

  @Override
  public List<Due> take(Instant now, Duration lease, int limit) {
    return rows.values().stream()
        .filter(row -> !row.dueAt.isAfter(now))
        .sorted(Comparator.comparing(Row::dueAt))
        .limit(limit)
        .toList()
        .stream()
        .map(row -> taken(row, now.plus(lease)))
        .toList();
  }

  private Due taken(Row row, Instant until) {
    int attempt = row.attempts + 1;
    rows.put(row.letter.id(), new Row(row.letter, until, attempt));
    return new Due(row.letter, attempt);
  }

  @Override
  public void remove(LetterId id) {
    rows.remove(id);
  }

  @Override
  public void postpone(LetterId id, Instant until) {
    rows.get(id).ifPresent(row -> rows.put(id, new Row(row.letter, until, row.attempts)));
  }

  /** Forgets all letters about an account. */
  void delete(UserId user) {
    rows.removeIf(entry -> entry.getValue().letter.matter().user().equals(Optional.of(user)));
  }
}
