package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The keys that an issuer signs with, as it publishes them. */
final class Keys implements JWKSource<SecurityContext> {
  private static final String WHAT = "its keys";
  private static final int LEAST_RSA_BITS = 2_048;

  private final Remote remote;
  private final OAuthConfig config;
  private final Cached<JWKSet> keys;

  Keys(Remote remote, OAuthConfig config, InstantSource clock, Supplier<URI> address) {
    this.remote = remote;
    this.config = config;
    keys =
        new Cached<>(
            "keys of " + remote.name(), clock, config.knowledgeAge(), () -> fetch(address.get()));
  }

  /** A key that is not known may be new: then they are fetched again, though not for each. */
  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) {
    List<JWK> found = selector.select(keys.get());
    return found.isEmpty() ? selector.select(keys.refreshed(config.keyPause())) : found;
  }

  private JWKSet fetch(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .header("User-Agent", UserAgent.NAME)
            .build();
    Http.Reply reply = remote.send(WHAT, request);
    if (!reply.isOk()) {
      throw new Refusals(remote).nonsense(WHAT, reply);
    }
    return Json.object(reply.body())
        .flatMap(Keys::strong)
        .orElseThrow(() -> new Refusals(remote).nonsense(WHAT, reply));
  }

  private static Optional<JWKSet> strong(Map<String, Object> published) {
    try {
      List<JWK> all = JWKSet.parse(published).getKeys();
      return Optional.of(new JWKSet(all.stream().filter(Keys::isStrong).toList()));
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // the parser throws what it likes at nonsense
    }
  }

  /** No secret ones among them: a key that all the world can read proves nothing. */
  private static boolean isStrong(JWK key) {
    return (key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS)
        || (key instanceof ECKey elliptic && Curve.P_256.equals(elliptic.getCurve()));
  }
}
