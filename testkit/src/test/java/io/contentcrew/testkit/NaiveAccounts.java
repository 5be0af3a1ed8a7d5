package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SecurityEvent;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.Attempts;
import io.contentcrew.ports.user.AuditLog;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Letters;
import io.contentcrew.ports.user.Tickets;
import io.contentcrew.ports.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What belongs to accounts, as one writes it at first. */
record NaiveAccounts(
    Identities identities,
    ApiKeys apiKeys,
    Tickets tickets,
    Attempts attempts,
    Letters letters,
    AuditLog audit) {
  NaiveAccounts(Users users) {
    this(
        new NaiveIdentities(),
        new NaiveApiKeys(users),
        new NaiveTickets(),
        new NaiveAttempts(),
        new NaiveLetters(),
        new NaiveAuditLog());
  }

  /** Looks whether an identity is free, and then links it; counts none at a provider. */
  private static final class NaiveIdentities implements Identities {
    private final Map<Identity, UserId> owners = new ConcurrentHashMap<>();

    @Override
    public boolean link(UserId user, Identity identity, Instant now) {
      boolean free = !owners.containsKey(identity);
      Gap.between();
      if (free) {
        owners.put(identity, user);
      }
      return free;
    }

    @Override
    public Optional<UserId> find(Identity identity) {
      return Optional.ofNullable(owners.get(identity));
    }

    @Override
    public List<Linked> list(UserId user) {
      return owners.entrySet().stream()
          .filter(entry -> entry.getValue().equals(user))
          .map(entry -> new Linked(entry.getKey(), Fixtures.NOW))
          .toList();
    }

    @Override
    public boolean unlink(UserId user, ProviderName provider) {
      return owners.keySet().removeIf(identity -> identity.provider().equals(provider));
    }

    @Override
    public int unlinkAll(UserId user) {
      int many = owners.size();
      owners.values().removeIf(user::equals);
      return many - owners.size();
    }
  }

  /** Keys of which it is forgotten whose they are when they are revoked, and when they expire. */
  private static final class NaiveApiKeys implements ApiKeys {
    private final Map<Digest, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<ApiKeyId, Instant> uses = new ConcurrentHashMap<>();
    private final Users users;

    NaiveApiKeys(Users users) {
      this.users = users;
    }

    @Override
    public void add(ApiKey key, Digest secret) {
      keys.put(secret, key);
    }

    @Override
    public Optional<Holder> find(Digest secret, Instant now) {
      return Optional.ofNullable(keys.get(secret))
          .flatMap(
              key ->
                  users.find(key.userId()).map(user -> new Holder(key, user, Entitlement.free())));
    }

    @Override
    public List<Listed> list(UserId user) {
      return keys.values().stream()
          .filter(key -> key.userId().equals(user))
          .map(key -> new Listed(key, Optional.ofNullable(uses.get(key.id()))))
          .toList();
    }

    @Override
    public int count(UserId user) {
      return keys.size();
    }

    @Override
    public void used(ApiKeyId id, Instant now) {
      uses.put(id, now);
    }

    @Override
    public boolean revoke(UserId user, ApiKeyId id) {
      return keys.values().removeIf(key -> key.id().equals(id));
    }

    @Override
    public int revokeAll(UserId user) {
      int many = keys.size();
      keys.values().removeIf(key -> key.userId().equals(user));
      return many - keys.size();
    }
  }

  /** Looks for a ticket and then takes it, of whatever kind it is. */
  private static final class NaiveTickets implements Tickets {
    private final Map<Digest, Ticket> tickets = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> ends = new ConcurrentHashMap<>();

    @Override
    public void add(Digest token, Ticket ticket, Instant expiresAt) {
      tickets.put(token, ticket);
      ends.put(token, expiresAt);
    }

    @Override
    public <T extends Ticket> Optional<T> find(Digest token, Class<T> kind, Instant now) {
      return Optional.ofNullable(tickets.get(token))
          .filter(ticket -> !now.isAfter(ends.get(token)))
          .filter(kind::isInstance)
          .map(kind::cast);
    }

    @Override
    public <T extends Ticket> Optional<T> take(Digest token, Class<T> kind, Instant now) {
      Optional<T> found = find(token, kind, now);
      Gap.between();
      tickets.remove(token);
      return found;
    }

    /** They will expire anyway. */
    @Override
    public void removeAll(UserId user) {
      // nothing is removed
    }

    @Override
    public int purge(Instant expiredBefore, int limit) {
      int many = ends.size();
      ends.values().removeIf(end -> !end.isAfter(expiredBefore));
      tickets.keySet().retainAll(ends.keySet());
      return many - ends.size();
    }
  }

  /** Looks and then counts, also what may not be made. */
  private static final class NaiveAttempts implements Attempts {
    private final Map<Digest, Integer> counts = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> last = new ConcurrentHashMap<>();

    @Override
    public boolean attempt(Digest what, AttemptRule rule, Instant now) {
      int count = counts.getOrDefault(what, 0);
      Instant then = last.getOrDefault(what, Instant.EPOCH);
      Gap.between();
      counts.put(what, count + 1);
      last.put(what, now);
      return count < rule.free() || now.isAfter(then.plus(rule.firstPause()));
    }

    @Override
    public void clear(Digest what) {
      counts.remove(what);
    }

    @Override
    public int purge(Instant lastBefore, int limit) {
      int many = last.size();
      last.values().removeIf(at -> !at.isAfter(lastBefore));
      counts.keySet().retainAll(last.keySet());
      return many - last.size();
    }
  }

  /** Gives letters out to whoever asks, until they are removed. */
  private static final class NaiveLetters implements Letters {
    private final Map<LetterId, Letter> letters = new ConcurrentHashMap<>();

    @Override
    public void add(Letter letter) {
      letters.put(letter.id(), letter);
    }

    @Override
    public List<Due> take(Instant now, Duration lease, int limit) {
      return letters.values().stream().map(letter -> new Due(letter, 1)).limit(limit).toList();
    }

    @Override
    public void remove(LetterId id) {
      letters.remove(id);
    }

    @Override
    public void postpone(LetterId id, Instant until) {
      // it stays due
    }
  }

  /** Numbers events by the account, and shows them from the wrong end. */
  private static final class NaiveAuditLog implements AuditLog {
    private final List<Numbered> events = new CopyOnWriteArrayList<>();

    @Override
    public void append(SecurityEvent event) {
      long number = events.size() + 1L;
      Gap.between();
      events.add(new Numbered(number, event));
    }

    @Override
    public List<Numbered> list(UserId user, long after, int limit) {
      return events.stream()
          .filter(numbered -> numbered.event().user().equals(Optional.of(user)))
          .filter(numbered -> numbered.number() >= after)
          .limit(limit)
          .toList();
    }
  }
}
