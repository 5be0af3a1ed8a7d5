package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.Secret;
import io.contentcrew.testkit.IdentityProviderContract.Person;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The part of OAuth 2 in which fakes of providers are alike: who agreed to what, and the codes. */
final class FakeOAuth {
  static final OAuthConfig.Client CLIENT =
      new OAuthConfig.Client("crew", Secret.of("s3cret-of-crew"));

  private final Set<String> redirectUris;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Map<String, Person> tokens = new ConcurrentHashMap<>();

  private record Grant(Map<String, String> asked, Person person) {}

  /** What became of a code: a token, or the name of a mistake. */
  record Exchanged(Optional<String> token, String mistake) {}

  FakeOAuth(Set<String> redirectUris) {
    this.redirectUris = redirectUris;
  }

  /** Agrees to what is asked by that address, and tells where the browser is sent back to. */
  URI signIn(URI authorizationUrl, Person person, Map<String, String> more) {
    Map<String, String> asked = Form.parse(authorizationUrl.getRawQuery());
    if (!CLIENT.id().equals(asked.get("client_id"))
        || !redirectUris.contains(asked.get("redirect_uri"))
        || !"code".equals(asked.get("response_type"))
        || !"S256".equals(asked.get("code_challenge_method"))) {
      throw new AssertionError("the provider would show an error to who comes with " + asked);
    }
    String code = UUID.randomUUID().toString().replace("-", "");
    grants.put(code, new Grant(asked, person));
    Map<String, String> back = new LinkedHashMap<>(more);
    back.put("code", code);
    back.put("state", asked.getOrDefault("state", ""));
    return URI.create(asked.get("redirect_uri") + "?" + Form.of(back));
  }

  /** Exchanges a code by that form. */
  Exchanged exchange(Map<String, String> form) {
    if (!CLIENT.id().equals(form.get("client_id"))
        || !CLIENT.secret().reveal().equals(form.get("client_secret"))) {
      return new Exchanged(Optional.empty(), "client");
    }
    @Nullable Grant grant = grants.remove(form.getOrDefault("code", ""));
    if (grant == null || !"authorization_code".equals(form.get("grant_type"))) {
      return new Exchanged(Optional.empty(), "code");
    }
    if (!grant.asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
      return new Exchanged(Optional.empty(), "redirect_uri");
    }
    if (!grant.asked.get("code_challenge").equals(sha256(form.get("code_verifier")))) {
      return new Exchanged(Optional.empty(), "code");
    }
    String token = "token-" + UUID.randomUUID();
    tokens.put(token, grant.person);
    return new Exchanged(Optional.of(token), "");
  }

  /** Whose token stands in that header. */
  Optional<Person> bearer(String authorization) {
    return Optional.ofNullable(tokens.get(authorization.replace("Bearer ", "")));
  }

  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
