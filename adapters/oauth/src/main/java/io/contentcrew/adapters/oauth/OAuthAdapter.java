package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.user.IdentityProvider;
import java.time.InstantSource;
import java.util.List;

/**
 * Identity providers on the network. Safe for use by many threads.
 *
 * <p>They are known as {@code google}, {@code github} and {@code facebook}. A call of {@link
 * IdentityProvider#identify} also throws {@link io.contentcrew.ports.PortFailureException}, if the
 * provider does not take our client id or secret, or its answers make no sense: that is for the
 * operator to mend. An interrupt ends a call with {@link
 * io.contentcrew.ports.PortUnavailableException} and leaves the thread's flag set.
 */
public final class OAuthAdapter implements AutoCloseable {
  private final Http http;
  private final List<IdentityProvider> identityProviders;

  private OAuthAdapter(Http http, List<IdentityProvider> identityProviders) {
    this.http = http;
    this.identityProviders = identityProviders;
  }

  /** Gets ready; asks nobody yet. */
  public static OAuthAdapter open(OAuthConfig config, InstantSource clock) {
    Http http = new Http(config);
    return new OAuthAdapter(
        http,
        config.providers().stream()
            .map(provider -> identityProvider(provider, config, http, clock))
            .toList());
  }

  private static IdentityProvider identityProvider(
      OAuthConfig.Provider provider, OAuthConfig config, Http http, InstantSource clock) {
    return switch (provider) {
      case OAuthConfig.Google google -> new Google(google, config, http, clock);
      case OAuthConfig.GitHub github -> new GitHub(github, config, http, clock);
      case OAuthConfig.Facebook facebook -> new Facebook(facebook, config, http, clock);
    };
  }

  /** The configured providers, in that order; they share nothing but the adapter's end. */
  public List<IdentityProvider> identityProviders() {
    return identityProviders;
  }

  /** Stops what is under way and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    http.close();
  }
}
