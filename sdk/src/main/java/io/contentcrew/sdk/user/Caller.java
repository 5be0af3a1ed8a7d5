package io.contentcrew.sdk.user;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.user.ApiKeys;
import io.contentcrew.ports.user.Sessions.SignedIn;

/** Who sends a request, and how they have shown it. */
public sealed interface Caller {
  /** For whom the request is. */
  User user();

  /** The tier they are entitled to. */
  Entitlement entitlement();

  /** Whether the request may do what needs that scope. */
  boolean may(ApiScope scope);

  /** The user, who is signed in; may do everything. */
  record Owner(SignedIn signedIn) implements Caller {
    @Override
    public User user() {
      return signedIn.user();
    }

    @Override
    public Entitlement entitlement() {
      return signedIn.entitlement();
    }

    @Override
    public boolean may(ApiScope scope) {
      return true;
    }
  }

  /** A program of the user's, with an API key; may do what the key is for. */
  record Program(ApiKeys.Holder holder) implements Caller {
    @Override
    public User user() {
      return holder.user();
    }

    @Override
    public Entitlement entitlement() {
      return holder.entitlement();
    }

    @Override
    public boolean may(ApiScope scope) {
      return holder.key().scopes().contains(scope);
    }
  }
}
