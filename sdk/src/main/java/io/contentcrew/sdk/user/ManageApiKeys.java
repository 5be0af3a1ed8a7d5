package io.contentcrew.sdk.user;

import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.ApiKeys.Listed;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes, shows and revokes the keys of users' programs. Safe for use by many threads. */
public final class ManageApiKeys {
  /** How every key begins. */
  public static final String PREFIX = "ccrew_live_";

  /** How many keys a user may have. */
  public static final int MOST = 20;

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int HINT = PREFIX.length() + 4;

  private final AccountContext context;
  private final Proofs proofs;
  private final TierCatalog catalog;

  ManageApiKeys(AccountContext context, Proofs proofs, TierCatalog catalog) {
    this.context = context;
    this.proofs = proofs;
    this.catalog = catalog;
  }

  /**
   * A key that is wanted.
   *
   * @param life empty for a key that does not expire
   */
  public record Request(String name, Set<ApiScope> scopes, Optional<Duration> life) {
    public Request {
      scopes = Set.copyOf(scopes);
    }
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /** There is a key. Its secret is shown here and never again. */
    record Created(ApiKey key, Secret secret) implements Outcome {}

    /** The request is not right. */
    record Invalid(List<FieldProblem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }

    /** It was not shown that it is the owner who asks. */
    record NotProven(Proof.Verdict verdict) implements Outcome {}

    /** The user's tier has no keys; the cheapest one that has, if there is one. */
    record NotInTier(TierId tier, Optional<TierId> upgradeTo) implements Outcome {}

    /** The user has as many keys as there may be. */
    record TooMany(int limit) implements Outcome {}
  }

  /** Makes a key, and tells the owner by mail where that can be. */
  public Outcome create(UserId user, Proof proof, Request request) {
    List<FieldProblem> problems = problems(request);
    if (!problems.isEmpty()) {
      return new Outcome.Invalid(problems);
    }
    Proof.Verdict verdict = proofs.checkLately(user, proof);
    if (verdict != Proof.Verdict.PROVEN) {
      return new Outcome.NotProven(verdict);
    }
    Instant now = context.now();
    String secret = PREFIX + Ids.token();
    ApiKey key =
        new ApiKey(
            new ApiKeyId(context.ids().next()),
            user,
            request.name,
            request.scopes,
            secret.substring(0, HINT),
            now,
            request.life.map(now::plus));
    Outcome outcome =
        context.transactions().inTransaction(stores -> create(stores, key, Secret.of(secret), now));
    context.post().ifPresent(PostOffice::ring);
    return outcome;
  }

  private static List<FieldProblem> problems(Request request) {
    List<FieldProblem> problems = new ArrayList<>();
    if (request
        .life
        .filter(life -> !life.isPositive() || life.compareTo(LONGEST) > 0)
        .isPresent()) {
      problems.add(
          new FieldProblem("/expires_in_days", "out_of_range", "A key lives for 1 to 366 days."));
    }
    if (request.scopes.isEmpty()) {
      problems.add(new FieldProblem("/scopes", "missing", "A key needs at least one scope."));
    }
    if (!ApiKey.isName(request.name)) {
      problems.add(Forms.nameProblem(ApiKey.MAX_NAME_LENGTH));
    }
    return problems;
  }

  private Outcome create(Stores stores, ApiKey key, Secret secret, Instant now) {
    Optional<Account> owner = stores.users().lock(key.userId()).filter(Account::isActive);
    if (owner.isEmpty()) {
      return new Outcome.NotProven(Proof.Verdict.SIGN_IN_NEEDED);
    }
    Tier tier = catalog.findOrFree(stores.subscriptions().entitlement(key.userId(), now).tier());
    if (!tier.apiKeys()) {
      return new Outcome.NotInTier(tier.id(), catalog.lowest(Tier::apiKeys).map(Tier::id));
    }
    if (stores.apiKeys().count(key.userId()) >= MOST) {
      return new Outcome.TooMany(MOST);
    }
    stores.apiKeys().add(key, Digest.of(secret.reveal()));
    context.tellOfAccess(stores, owner.get().user(), now);
    AccountContext.note(
        stores, Kind.API_KEY_CREATED, key.userId(), now, Map.of("key", key.id().toString()));
    return new Outcome.Created(key, secret);
  }

  /** The user's keys that were not revoked, the newest first. */
  public List<Listed> list(UserId user) {
    return context.transactions().read(stores -> stores.apiKeys().list(user));
  }

  /**
   * Revokes a key of the user, for good: when this returns, no instance takes it any more. Returns
   * whether there was one.
   */
  public boolean revoke(UserId user, ApiKeyId id) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(
            stores -> {
              boolean revoked = stores.apiKeys().revoke(user, id);
              if (revoked) {
                AccountContext.note(
                    stores, Kind.API_KEY_REVOKED, user, now, Map.of("key", id.toString()));
              }
              return revoked;
            });
  }
}
