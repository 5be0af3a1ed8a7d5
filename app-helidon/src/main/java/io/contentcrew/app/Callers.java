package io.contentcrew.app;

import io.contentcrew.app.Cookies.Kind;
import io.contentcrew.domain.tier.Rate;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierLimits;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.Authenticate;
import io.contentcrew.sdk.user.Caller;
import io.contentcrew.sdk.user.ManageApiKeys;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Who sends a request: by {@code Authorization: Bearer} with an access token or an API key, or by
 * the session cookie, which must come from a page of ours. Each request is counted against what the
 * caller's tier allows.
 */
final class Callers {
  private final Authenticate authenticate;
  private final TierCatalog tiers;
  private final Cookies cookies;
  private final Csrf csrf;
  private final Rates rates;

  Callers(Authenticate authenticate, TierCatalog tiers, Cookies cookies, Csrf csrf, Rates rates) {
    this.authenticate = authenticate;
    this.tiers = tiers;
    this.cookies = cookies;
    this.csrf = csrf;
    this.rates = rates;
  }

  /** What a request shows of who sends it. */
  private record Credential(String text, boolean isCookie) {}

  /** Who may do what needs that scope; ends the request otherwise. */
  Caller require(ServerRequest request, ServerResponse response, ApiScope scope) {
    Caller caller = scoped(request, scope);
    count(response, caller, "requests", TierLimits::requestsPerMinute);
    return caller;
  }

  /** Who may submit a brief, which is not counted before it is known to be one. */
  Caller requireForSubmit(ServerRequest request) {
    return scoped(request, ApiScope.CONTENT_WRITE);
  }

  /** Counts a brief; ends the request if there were too many. */
  void countSubmit(ServerResponse response, Caller caller) {
    count(response, caller, "generate", TierLimits::generatePerMinute);
  }

  private Caller scoped(ServerRequest request, ApiScope scope) {
    Caller caller = authenticated(request);
    if (!caller.may(scope)) {
      throw Problem.of(
              Problem.Code.FORBIDDEN,
              "This API key is not for that: it lacks the scope " + scope.wireName() + ".")
          .asException();
    }
    return caller;
  }

  /** The owner of an account, signed in; ends the request otherwise. */
  SignedIn requireOwner(ServerRequest request, ServerResponse response) {
    Caller caller = authenticated(request);
    if (!(caller instanceof Caller.Owner(SignedIn signedIn))) {
      throw Problem.of(
              Problem.Code.FORBIDDEN,
              "API keys do not reach accounts. Sign in at /v1/auth/login and send the access"
                  + " token.")
          .asException();
    }
    count(response, caller, "requests", TierLimits::requestsPerMinute);
    return signedIn;
  }

  /** Likewise, but no guest: for what needs an account of one's own. */
  SignedIn requireAccount(ServerRequest request, ServerResponse response) {
    SignedIn signedIn = requireOwner(request, response);
    if (signedIn.user().guest()) {
      throw signUpFirst();
    }
    return signedIn;
  }

  /** For guests who want what needs an account. */
  static Problem.Thrown signUpFirst() {
    return Problem.of(
            Problem.Code.FORBIDDEN,
            "You are here as a guest. Sign up first, free of charge: what you have made stays"
                + " yours.")
        .asException();
  }

  /**
   * Which guest it is who signs up or in, if it is one; for requests that are known to come from a
   * page of ours, or from no page. A credential that is good for nothing any more keeps nobody out.
   */
  Optional<UserId> guestIfAny(ServerRequest request) {
    return stranger(request)
        .filter(caller -> caller instanceof Caller.Owner)
        .map(Caller::user)
        .filter(User::guest)
        .map(User::id);
  }

  /** Whoever sends the request, if they are known; nobody is refused for not being. */
  Optional<Caller> stranger(ServerRequest request) {
    return credential(request)
        .map(shown -> authenticate.authenticate(shown.text))
        .flatMap(
            outcome ->
                outcome instanceof Authenticate.Outcome.Known(Caller caller)
                    ? Optional.of(caller)
                    : Optional.empty());
  }

  /** The owner of an account who is signed in, if somebody is; counts nothing. */
  Optional<SignedIn> ownerIfAny(ServerRequest request) {
    return credential(request).isPresent()
            && authenticated(request) instanceof Caller.Owner(SignedIn signedIn)
        ? Optional.of(signedIn)
        : Optional.empty();
  }

  /** Whether who sent the request would still be let in. */
  boolean isStillIn(ServerRequest request) {
    return credential(request)
        .map(shown -> authenticate.authenticate(shown.text))
        .filter(Authenticate.Outcome.Known.class::isInstance)
        .isPresent();
  }

  private Caller authenticated(ServerRequest request) {
    Credential credential = credential(request).orElseThrow(Callers::notSignedIn);
    return switch (authenticate.authenticate(credential.text)) {
      case Authenticate.Outcome.Known(Caller caller) -> {
        if (credential.isCookie && caller instanceof Caller.Owner(SignedIn signedIn)) {
          csrf.check(request, signedIn.session());
        }
        yield caller;
      }
      case Authenticate.Outcome.KeyNotInTier(var holder) ->
          throw ApiKeyRoutes.notInPlan(
                  "API keys are not part of your plan any more. The key works again after an"
                      + " upgrade.",
                  holder.entitlement().tier(),
                  tiers.lowest(Tier::apiKeys).map(Tier::id))
              .asException();
      case Authenticate.Outcome.Unknown() -> throw notSignedIn();
    };
  }

  private static Problem.Thrown notSignedIn() {
    return Problem.of(
            Problem.Code.AUTH_ERROR,
            "Sign in at /v1/auth/login and send the access token as 'Authorization: Bearer"
                + " TOKEN'.")
        .asException();
  }

  /** A header goes before the cookie; a key is never taken from a cookie. */
  private Optional<Credential> credential(ServerRequest request) {
    List<String> headers = request.headers().values(HeaderNames.AUTHORIZATION);
    if (headers.isEmpty()) {
      return cookies
          .read(request, Kind.SESSION)
          .filter(token -> !token.startsWith(ManageApiKeys.PREFIX))
          .map(token -> new Credential(token, true));
    }
    String value = headers.getFirst();
    boolean bearer = headers.size() == 1 && value.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer
        ? Optional.of(new Credential(value.substring(7).strip(), false))
        : Optional.empty();
  }

  private void count(
      ServerResponse response, Caller caller, String policy, ToIntFunction<TierLimits> perMinute) {
    Tier tier = tiers.findOrFree(caller.entitlement().tier());
    int limit = perMinute.applyAsInt(tier.limits());
    rates.spend(
        response,
        policy,
        caller.user().id().toString(),
        Rate.perMinute(limit),
        "Your plan allows "
            + limit
            + (policy.equals("generate") ? " submits" : " requests")
            + " a minute. Please wait a little.");
  }
}
