package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.user.IdentityProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Opens adapters and closes them all at the end of a test. */
final class Adapters implements AutoCloseable {
  private final List<OAuthAdapter> open = new ArrayList<>();

  /** One that waits long enough for a busy machine. */
  IdentityProvider patient(OAuthConfig.Provider provider) {
    return of(OAuthConfig.of(provider).withTimeout(Duration.ofSeconds(30)), InstantSource.system());
  }

  /** One that does not wait for those who never answer. */
  IdentityProvider impatient(OAuthConfig.Provider provider) {
    return of(OAuthConfig.of(provider).withTimeout(Duration.ofMillis(300)), InstantSource.system());
  }

  IdentityProvider of(OAuthConfig config, InstantSource clock) {
    OAuthAdapter adapter = OAuthAdapter.open(config, clock);
    open.add(adapter);
    return adapter.identityProviders().getFirst();
  }

  @Override
  public void close() {
    open.forEach(OAuthAdapter::close);
  }
}
