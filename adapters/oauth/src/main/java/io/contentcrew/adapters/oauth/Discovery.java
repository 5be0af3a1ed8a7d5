package io.contentcrew.adapters.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.contentcrew.ports.PortFailureException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer wants to be asked what (OpenID Connect Discovery 1.0).
 *
 * @param namesItself whether it always says who it is when it sends the browser back (RFC 9207)
 * @param basic whether it knows clients by HTTP's basic authentication, else by the body's
 */
record Discovery(URI authorization, URI token, URI keys, boolean namesItself, boolean basic) {
  private static final String WHAT = "its addresses";

  /** Asks the issuer. */
  static Discovery of(URI issuer, Remote remote) {
    URI url = URI.create(Urls.withoutSlash(issuer) + "/.well-known/openid-configuration");
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Accept", "application/json")
            .header("User-Agent", UserAgent.NAME)
            .build();
    Http.Reply reply = remote.send(WHAT, request);
    if (!reply.isOk()) {
      throw new Refusals(remote).nonsense(WHAT, reply);
    }
    OIDCProviderMetadata metadata =
        parsed(reply.body()).orElseThrow(() -> new Refusals(remote).nonsense(WHAT, reply));
    return of(issuer, metadata, remote.name());
  }

  private static Optional<OIDCProviderMetadata> parsed(String text) {
    try {
      return Optional.of(OIDCProviderMetadata.parse(text));
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // the parser throws what it likes at nonsense
    }
  }

  private static Discovery of(URI issuer, OIDCProviderMetadata metadata, String name) {
    if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
      throw new PortFailureException(
          "what is found at the issuer of %s is the configuration of another one: check the issuer"
              .formatted(name),
          null);
    }
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return new Discovery(
        safe(issuer, metadata.getAuthorizationEndpointURI(), name),
        safe(issuer, metadata.getTokenEndpointURI(), name),
        safe(issuer, metadata.getJWKSetURI(), name),
        metadata.supportsAuthorizationResponseIssuerParam(),
        methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
  }

  /** An issuer elsewhere has no business on this machine. */
  private static URI safe(URI issuer, @Nullable URI url, String name) {
    if (url == null
        || !Urls.isSafe(url)
        || (Urls.isThisMachine(url) && !Urls.isThisMachine(issuer))) {
      throw new PortFailureException(
          name + " publishes an address that is not https: check the issuer", null);
    }
    return url;
  }
}
