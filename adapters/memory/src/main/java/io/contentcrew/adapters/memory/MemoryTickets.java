package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class MemoryTickets implements Tickets {
  private final Table<Digest, Row> rows;
  private final MemoryUsers users;

  private record Row(Ticket ticket, Instant expiresAt) {}

  MemoryTickets(Turn turn, MemoryUsers users) {
    rows = new Table<>(turn);
    this.users = users;
  }

  @Override
  public void add(Digest token, Ticket ticket, Instant expiresAt) {
    user(ticket).ifPresent(users::require);
    if (!rows.add(token, new Row(ticket, expiresAt))) {
      throw Turn.refused("the token is there already");
    }
  }

  private static Optional<UserId> user(Ticket ticket) {
    return switch (ticket) {
      case Ticket.SignUp signUp -> Optional.empty();
      case Ticket.VerifyEmail verify -> Optional.of(verify.user());
      case Ticket.ResetPassword reset -> Optional.of(reset.user());
      case Ticket.ProviderVisit visit -> visit.link().map(Ticket.ProviderVisit.Link::user);
    };
  }

  @Override
  public <T extends Ticket> Optional<T> find(Digest token, Class<T> kind, Instant now) {
    return rows.get(token)
        .filter(row -> now.isBefore(row.expiresAt))
        .map(Row::ticket)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  @Override
  public <T extends Ticket> Optional<T> take(Digest token, Class<T> kind, Instant now) {
    Optional<T> taken = find(token, kind, now);
    if (taken.isPresent()) {
      rows.remove(token);
    }
    return taken;
  }

  @Override
  public void removeAll(UserId user) {
    rows.removeIf(entry -> user(entry.getValue().ticket).equals(Optional.of(user)));
  }

  @Override
  public int purge(Instant expiredBefore, int limit) {
    List<Digest> old =
        rows.keys().stream()
            .filter(token -> rows.get(token).orElseThrow().expiresAt.isBefore(expiredBefore))
            .limit(limit)
            .toList();
    old.forEach(rows::remove);
    return old.size();
  }
}
