package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.BillingLedger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

final class MemoryBillingLedger implements BillingLedger {
  private static final Comparator<Row> LATEST_FIRST =
      Comparator.comparing(Row::at)
          .reversed()
          .thenComparing(row -> row.provider().value())
          .thenComparing(Row::kind)
          .thenComparing(Row::reference);

  private final Table<Key, Row> rows;
  private final Index<UserId, Row> byUser;
  private final MemoryUsers users;

  private record Key(PaymentProviderName provider, Kind kind, String reference) {
    static Key of(Row row) {
      return new Key(row.provider(), row.kind(), row.reference());
    }
  }

  MemoryBillingLedger(Turn turn, MemoryUsers users) {
    rows = new Table<>(turn);
    byUser = new Index<>(turn, LATEST_FIRST);
    this.users = users;
  }

  @Override
  public boolean add(Row row) {
    if (rows.has(Key.of(row))) {
      return false;
    }
    row.user().ifPresent(users::require);
    rows.put(Key.of(row), row);
    row.user().ifPresent(user -> byUser.add(user, row));
    return true;
  }

  @Override
  public List<Row> list(UserId user) {
    return List.copyOf(byUser.of(user));
  }

  /** Forgets whose the rows are. */
  void forget(UserId user) {
    for (Row row : list(user)) {
      byUser.remove(user, row);
      rows.put(
          Key.of(row),
          new Row(
              row.provider(),
              row.kind(),
              row.reference(),
              Optional.empty(),
              row.amount(),
              row.state(),
              row.at()));
    }
  }
}
