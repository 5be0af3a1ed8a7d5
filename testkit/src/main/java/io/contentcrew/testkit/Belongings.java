package io.contentcrew.testkit;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.AttemptRule;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.Jobs.Query;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.user.Letters.Due;
import io.contentcrew.ports.user.PasswordHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account with something in every store that holds what belongs to accounts. */
final class Belongings {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final PasswordHash HASH = new PasswordHash("of the account");
  private static final AttemptRule ONCE = new AttemptRule(1, DAY, DAY, DAY);

  private final User user = Fixtures.aUser();
  private final Session session = Fixtures.aSession(user.id());
  private final Session other = Fixtures.aSession(user.id());
  private final Identity identity = Fixtures.anIdentity();
  private final ApiKey key = Fixtures.anApiKey(user.id());
  private final Digest secret = Fixtures.aDigest();
  private final Ticket.ResetPassword ticket = Fixtures.aTicket(user.id());
  private final Digest token = Fixtures.aDigest();
  private final Letter letter = Fixtures.aLetter(user.id());
  private final Digest tried = Fixtures.aDigest();
  private final Job job = Fixtures.aJob(user.id());
  private final Purchases purchases = new Purchases(user.id());

  UserId id() {
    return user.id();
  }

  User user() {
    return user;
  }

  /** Puts the account and something into every store; the tier pro must be stored. */
  void put(Stores stores) {
    stores.users().add(user, Optional.of(HASH));
    stores.sessions().add(session);
    stores.sessions().add(other);
    stores.identities().link(id(), identity, NOW);
    stores.apiKeys().add(key, secret);
    stores.tickets().add(token, ticket, NOW.plus(DAY));
    stores.attempts().attempt(tried, ONCE, NOW);
    stores.letters().add(letter);
    stores.audit().append(Fixtures.aSecurityEvent(id()));
    stores.subscriptions().grant(id(), new TierId("pro"), NOW);
    stores.usage().reserve(job.id(), id(), job.usagePeriod(), Map.of(Format.BLOG, Allowance.of(9)));
    stores.idempotencyKeys().take(id(), "key", "hash", job.id(), NOW, NOW.plus(DAY));
    stores.jobs().add(job);
    stores
        .events()
        .appendIdle(
            job.id(), List.of(new LogEntry.TextRun(1, NOW, Task.WRITE, 0, "x", List.of(1))));
    stores.artifacts().add(job.id(), Fixtures.aStoredArtifact(Format.BLOG));
    purchases.put(stores);
  }

  /**
   * What is in the stores, in words of which each differs after {@link #change}. Takes what can
   * only be seen by taking it: to be rolled back.
   */
  List<Object> look(Stores stores) {
    List<Object> seen = new ArrayList<>(purchases.look(stores));
    seen.addAll(account(stores));
    return seen;
  }

  private List<Object> account(Stores stores) {
    return List.of(
        stores.users().account(id()),
        stores.users().erasable(NOW.plus(DAY), 10),
        stores.sessions().list(id(), NOW),
        stores.sessions().find(session.id(), NOW),
        stores.identities().list(id()),
        stores.identities().find(identity),
        stores.apiKeys().list(id()),
        stores.apiKeys().find(secret, NOW),
        stores.tickets().take(token, Ticket.ResetPassword.class, NOW),
        stores.attempts().attempt(tried, ONCE, NOW),
        letters(stores),
        stores.audit().list(id(), 0, 10),
        stores.subscriptions().list(id()),
        stores.usage().periods(id()));
  }

  private List<Due> letters(Stores stores) {
    return stores.letters().take(NOW.plus(DAY), Duration.ZERO, 100).stream()
        .filter(due -> due.letter().id().equals(letter.id()))
        .toList();
  }

  /** Changes something in every store, in every way there is. */
  void change(Stores stores) {
    purchases.change(stores);
    User stranger = Fixtures.aUserWithoutEmail();
    stores.users().add(stranger, Optional.empty());
    stores.users().verifyEmail(id(), user.email().orElseThrow());
    stores.users().releaseEmail(id());
    stores.users().replacePasswordHash(id(), HASH, new PasswordHash("stronger"));
    stores.users().setPasswordHash(id(), Optional.empty());
    stores.users().setDisabled(id(), true);
    stores.sessions().end(id(), session.id().handle(), NOW);
    stores.sessions().endAll(id(), Optional.empty(), NOW);
    stores.identities().unlink(id(), identity.provider());
    stores.identities().link(id(), Fixtures.anIdentity("github"), NOW);
    stores.identities().unlinkAll(id());
    stores.identities().link(stranger.id(), identity, NOW);
    stores.apiKeys().used(key.id(), NOW);
    stores.apiKeys().revoke(id(), key.id());
    stores.apiKeys().add(Fixtures.anApiKey(id()), Fixtures.aDigest());
    stores.apiKeys().revokeAll(id());
    stores.tickets().add(Fixtures.aDigest(), Fixtures.aTicket(), NOW);
    stores.tickets().take(token, Ticket.ResetPassword.class, NOW);
    stores.tickets().removeAll(id());
    stores.tickets().purge(NOW.plus(DAY), 10);
    stores.attempts().clear(tried);
    stores.attempts().purge(NOW, 10);
    stores.letters().postpone(letter.id(), NOW.plus(DAY).plus(DAY));
    stores.letters().add(Fixtures.aLetter());
    stores.letters().take(NOW, DAY, 10);
    stores.letters().remove(letter.id());
    stores.audit().append(Fixtures.aSecurityEvent(id()));
    stores.subscriptions().grant(id(), TierId.FREE, NOW);
    stores.usage().settle(job.id(), Format.BLOG);
    stores.users().delete(id(), NOW);
    stores.users().delete(stranger.id(), NOW);
    stores.users().erase(stranger.id());
  }

  /** Which stores still hold something of it, after the account was erased. */
  List<String> left(Stores stores) {
    List<String> left = new ArrayList<>();
    note(left, "the account", stores.users().account(id()).isPresent());
    note(left, "its address", stores.users().findByEmail(user.email().orElseThrow()).isPresent());
    note(left, "sessions", !stores.sessions().list(id(), NOW).isEmpty());
    note(left, "the session", stores.sessions().end(session.id(), NOW));
    note(left, "identities", !stores.identities().list(id()).isEmpty());
    note(left, "the identity", stores.identities().find(identity).isPresent());
    note(left, "keys", stores.apiKeys().count(id()) > 0);
    note(left, "the key", stores.apiKeys().find(secret, NOW).isPresent());
    note(
        left,
        "the ticket",
        stores.tickets().take(token, Ticket.ResetPassword.class, NOW).isPresent());
    note(left, "the letter", !letters(stores).isEmpty());
    note(left, "the grant", !stores.subscriptions().list(id()).isEmpty());
    purchases.left(stores, (what, isThere) -> note(left, what, isThere));
    note(left, "usage", !stores.usage().periods(id()).isEmpty());
    note(left, "reservations", !stores.usage().release(job.id()).isEmpty());
    Query all = new Query(Optional.empty(), Optional.empty(), 100);
    note(left, "jobs", !stores.jobs().page(id(), all).isEmpty());
    note(left, "the job", stores.jobs().find(job.id()).isPresent());
    note(left, "tasks", !stores.jobs().tasks(job.id()).isEmpty());
    note(left, "its log", !stores.events().readAfter(job.id(), 0, 10).isEmpty());
    note(left, "its piece", !stores.artifacts().list(job.id()).isEmpty());
    stores.users().add(user, Optional.empty());
    note(
        left,
        "its idempotency key",
        stores
            .idempotencyKeys()
            .take(id(), "key", "hash", Fixtures.aJobId(), NOW, NOW.plus(DAY))
            .isPresent());
    return left;
  }

  private static void note(List<String> left, String what, boolean isThere) {
    if (isThere) {
      left.add(what);
    }
  }
}
