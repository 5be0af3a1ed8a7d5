package io.contentcrew.testkit;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.user.IdentityProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider without a network, at which a test signs in whom it likes. It keeps to the
 * rules as a real one does: a code is good once, for one visit, with its verifier and its address.
 * Safe for use by many threads.
 *
 * <pre>{@code
 * var google = new ScriptedIdentityProvider(new ProviderName("google"));
 * URI back = google.signIn(authorizationUrl, google.person("4711", "ann@example.com", true));
 * provider.identify(visit, ScriptedIdentityProvider.returned(back));
 * }</pre>
 */
public final class ScriptedIdentityProvider implements IdentityProvider {
  private final ProviderName name;
  private final String issuer;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final AtomicInteger exchanges = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;

  /** What was agreed to at an address. */
  private record Grant(Map<String, String> asked, Profile profile) {}

  /** A provider of that name, with the issuer {@code https://<name>.example}. */
  public ScriptedIdentityProvider(ProviderName name) {
    this.name = name;
    this.issuer = "https://" + name + ".example";
  }

  /** Somebody with an account here. */
  public Profile person(String subject, String email, boolean emailVerified) {
    return new Profile(
        new Identity(name, subject),
        Optional.of(new EmailAddress(email)),
        emailVerified,
        Optional.of("Test Person"));
  }

  /**
   * Signs somebody in at the address to which the browser was sent, who agrees to everything.
   *
   * @return where the browser is sent back to, with {@code code}, {@code state} and {@code iss}
   */
  public URI signIn(URI authorizationUrl, Profile profile) {
    if (!authorizationUrl.toString().startsWith(issuer + "/authorize?")) {
      throw new IllegalArgumentException("that is not an address of " + name);
    }
    if (!profile.identity().provider().equals(name)) {
      throw new IllegalArgumentException("that is nobody of " + name);
    }
    Map<String, String> asked = parameters(authorizationUrl);
    String code = "code-" + UUID.randomUUID();
    grants.put(code, new Grant(asked, profile));
    return URI.create(
        asked.get("redirect_uri")
            + "?"
            + query(Map.of("code", code, "state", asked.getOrDefault("state", ""), "iss", issuer)));
  }

  /** Throws that from now on, whatever it is asked. */
  public ScriptedIdentityProvider failing(RuntimeException thrown) {
    failure = thrown;
    return this;
  }

  /** Works again. */
  public ScriptedIdentityProvider recovered() {
    failure = null;
    return this;
  }

  /** How often somebody was to be identified. */
  public int exchanges() {
    return exchanges.get();
  }

  /** What stands in the address to which a browser is sent back. */
  public static Return returned(URI back) {
    Map<String, String> brought = parameters(back);
    return new Return(brought.getOrDefault("code", ""), Optional.ofNullable(brought.get("iss")));
  }

  @Override
  public ProviderName name() {
    return name;
  }

  @Override
  public String displayName() {
    return name.value().substring(0, 1).toUpperCase(Locale.ROOT) + name.value().substring(1);
  }

  @Override
  public URI authorizationUrl(Visit visit) {
    throwFailure();
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("response_type", "code");
    asked.put("redirect_uri", visit.redirectUri().toString());
    asked.put("state", visit.state());
    asked.put("nonce", visit.nonce());
    asked.put("code_challenge", challenge(visit.verifier()));
    asked.put("code_challenge_method", "S256");
    return URI.create(issuer + "/authorize?" + query(asked));
  }

  @Override
  public Profile identify(Visit visit, Return back) {
    exchanges.incrementAndGet();
    throwFailure();
    if (!issuer.equals(back.issuer().orElse(issuer))) {
      throw new RefusedException("what came back is from another issuer");
    }
    Grant grant = grants.remove(back.code());
    if (grant == null) {
      throw new RefusedException("there is no such code, or it was used");
    }
    if (!challenge(visit.verifier()).equals(grant.asked.get("code_challenge"))
        || !visit.redirectUri().toString().equals(grant.asked.get("redirect_uri"))
        || !visit.nonce().equals(grant.asked.get("nonce"))) {
      throw new RefusedException("the code is of another visit");
    }
    return grant.profile;
  }

  private void throwFailure() {
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
  }

  /** The parameters of an address; the last one of each name. */
  static Map<String, String> parameters(URI url) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = url.getRawQuery();
    for (String part : (query == null ? "" : query).split("&", -1)) {
      String[] pair = part.split("=", 2);
      parameters.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
    }
    return parameters;
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
