package io.contentcrew.sdk.user;

import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.ports.user.ApiKeys.Holder;
import java.time.Instant;
import java.util.Optional;

/** Finds out who sends a request. Safe for use by many threads. */
public final class Authenticate {
  private final AccountContext context;
  private final TierCatalog catalog;
  private final KeyUse keyUse;

  Authenticate(AccountContext context, TierCatalog catalog) {
    this.context = context;
    this.catalog = catalog;
    this.keyUse = new KeyUse(context.transactions());
  }

  /** Who it is. */
  public sealed interface Outcome {
    /** Somebody who may come in. */
    record Known(Caller caller) implements Outcome {}

    /** An API key that is right, but whose user's tier has no API keys. */
    record KeyNotInTier(Holder holder) implements Outcome {}

    /** Nobody: the credential is none of ours, has expired, or was ended. */
    record Unknown() implements Outcome {}
  }

  /**
   * Whose access token or API key it is. Session and key are read from the store each time: once
   * signing out was answered, the token opens nothing.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Outcome authenticate(String credential) {
    Instant now = context.clock().instant();
    return credential.startsWith(ManageApiKeys.PREFIX)
        ? program(credential, now)
        : owner(credential, now);
  }

  private Outcome owner(String token, Instant now) {
    return context
        .tokens()
        .read(token, now)
        .flatMap(
            claims ->
                context
                    .transactions()
                    .read(stores -> stores.sessions().find(claims.sessionId(), now))
                    .filter(signedIn -> signedIn.user().id().equals(claims.userId())))
        .<Outcome>map(signedIn -> new Outcome.Known(new Caller.Owner(signedIn)))
        .orElseGet(Outcome.Unknown::new);
  }

  private Outcome program(String key, Instant now) {
    Optional<Holder> holder =
        context.transactions().read(stores -> stores.apiKeys().find(Digest.of(key), now));
    if (holder.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (!catalog.findOrFree(holder.get().entitlement().tier()).apiKeys()) {
      return new Outcome.KeyNotInTier(holder.get());
    }
    keyUse.note(holder.get().key().id(), now);
    return new Outcome.Known(new Caller.Program(holder.get()));
  }
}
