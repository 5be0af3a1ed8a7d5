package io.contentcrew.adapters.memory;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Identities;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MemoryIdentities implements Identities {
  private static final Comparator<Linked> OLDEST_FIRST =
      Comparator.comparing(Linked::since)
          .thenComparing(linked -> linked.identity().provider().value());

  private final Table<Identity, UserId> owners;
  private final Table<UserId, Map<ProviderName, Linked>> linked;
  private final MemoryUsers users;

  MemoryIdentities(Turn turn, MemoryUsers users) {
    owners = new Table<>(turn);
    linked = new Table<>(turn);
    this.users = users;
  }

  @Override
  public boolean link(UserId user, Identity identity, Instant now) {
    users.require(user);
    Optional<UserId> owner = owners.get(identity);
    Map<ProviderName, Linked> has = linked.get(user, Map.of());
    if (owner.isPresent() || has.containsKey(identity.provider())) {
      return owner.equals(Optional.of(user));
    }
    owners.put(identity, user);
    Map<ProviderName, Linked> more = new HashMap<>(has);
    more.put(identity.provider(), new Linked(identity, now));
    linked.put(user, more);
    return true;
  }

  @Override
  public Optional<UserId> find(Identity identity) {
    return owners.get(identity);
  }

  @Override
  public List<Linked> list(UserId user) {
    return linked.get(user, Map.of()).values().stream().sorted(OLDEST_FIRST).toList();
  }

  @Override
  public boolean unlink(UserId user, ProviderName provider) {
    Map<ProviderName, Linked> rest = new HashMap<>(linked.get(user, Map.of()));
    Linked gone = rest.remove(provider);
    if (gone == null) {
      return false;
    }
    owners.remove(gone.identity());
    linked.put(user, rest);
    return true;
  }

  @Override
  public int unlinkAll(UserId user) {
    Map<ProviderName, Linked> all = linked.remove(user).orElse(Map.of());
    all.values().forEach(gone -> owners.remove(gone.identity()));
    return all.size();
  }
}
