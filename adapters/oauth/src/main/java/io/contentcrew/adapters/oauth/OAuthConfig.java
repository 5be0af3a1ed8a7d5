package io.contentcrew.adapters.oauth;

import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which identity providers are used, and for how long one puts up with them.
 *
 * @param providers one of each kind at most
 * @param timeout for one exchange with a provider's server, from looking up its address to the last
 *     byte of its answer; 5 s if nobody chose another. To identify somebody takes up to three
 *     exchanges.
 * @param answerBytes more than any sensible answer has, 1,024 at least; 256 KiB if nobody chose
 *     another
 * @param knowledgeAge for how long addresses and keys that a provider published are believed; an
 *     hour if nobody chose another
 * @param keyPause the least time between two looks for a key that is not known; half a minute if
 *     nobody chose another
 * @param breakerPause for how long a provider that fails is left alone; 10 s if nobody chose
 *     another
 */
public record OAuthConfig(
    List<Provider> providers,
    Duration timeout,
    int answerBytes,
    Duration knowledgeAge,
    Duration keyPause,
    Duration breakerPause) {
  public OAuthConfig {
    providers = List.copyOf(providers);
    if (providers.stream().map(Object::getClass).distinct().count() < providers.size()) {
      throw new IllegalArgumentException("an identity provider of each kind can be used once");
    }
    requireBetween("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    if (answerBytes < 1_024 || answerBytes > 1 << 24) {
      throw new IllegalArgumentException(
          "an answer of an identity provider may have 1,024 to 16,777,216 bytes, not "
              + answerBytes);
    }
    requireBetween("knowledge age", knowledgeAge, Duration.ofSeconds(1), Duration.ofDays(1));
    requireBetween("key pause", keyPause, Duration.ofSeconds(1), Duration.ofHours(1));
    requireBetween("breaker pause", breakerPause, Duration.ofMillis(1), Duration.ofHours(1));
  }

  /** An identity provider and how it knows us. */
  public sealed interface Provider permits Google, GitHub, Facebook {
    /** How it knows us. */
    Client client();
  }

  /**
   * How a provider knows us.
   *
   * @param id 1 to 255 visible ASCII characters
   * @param secret 1 to 1,024 visible ASCII characters
   */
  public record Client(String id, Secret secret) {
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{1,1024}");

    public Client {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "a client id has 1 to 255 visible ASCII characters and no blanks");
      }
      if (!SECRET.matcher(secret.reveal()).matches()) {
        throw new IllegalArgumentException(
            "a client secret has 1 to 1,024 visible ASCII characters and no blanks");
      }
    }
  }

  /**
   * Google, or another provider that speaks OpenID Connect.
   *
   * @param issuer its name, from which it is found where to send whom; https, or http on this
   *     machine
   */
  public record Google(Client client, URI issuer) implements Provider {
    public Google {
      Objects.requireNonNull(client, "client");
      Urls.check("issuer of google", issuer);
    }

    /** Google itself. */
    public static Google of(Client client) {
      return new Google(client, URI.create("https://accounts.google.com"));
    }

    /** A copy with another issuer. */
    public Google withIssuer(URI changed) {
      return new Google(client, changed);
    }
  }

  /**
   * GitHub, or a GitHub Enterprise Server.
   *
   * @param web where people see it; https, or http on this machine
   * @param api where programs see it; {@code <web>/api/v3} at a GitHub Enterprise Server
   */
  public record GitHub(Client client, URI web, URI api) implements Provider {
    public GitHub {
      Objects.requireNonNull(client, "client");
      web = Urls.base("web address of github", web);
      api = Urls.base("API address of github", api);
    }

    /** The public one. */
    public static GitHub of(Client client) {
      return new GitHub(
          client, URI.create("https://github.com"), URI.create("https://api.github.com"));
    }

    /** A copy for another server. */
    public GitHub withAddresses(URI changedWeb, URI changedApi) {
      return new GitHub(client, changedWeb, changedApi);
    }
  }

  /**
   * Facebook.
   *
   * @param web where people see it; https, or http on this machine
   * @param graph where programs see it
   * @param version of the Graph API, such as {@code v23.0}; Facebook answers with the oldest that
   *     it still has once this one is gone
   */
  public record Facebook(Client client, URI web, URI graph, String version) implements Provider {
    private static final Pattern VERSION = Pattern.compile("v[0-9]{1,3}\\.[0-9]{1,2}");

    public Facebook {
      Objects.requireNonNull(client, "client");
      web = Urls.base("web address of facebook", web);
      graph = Urls.base("Graph API's address of facebook", graph);
      if (!VERSION.matcher(version).matches()) {
        throw new IllegalArgumentException("a version of facebook's Graph API looks like v23.0");
      }
    }

    /** The public one, at version 23.0. */
    public static Facebook of(Client client) {
      return new Facebook(
          client,
          URI.create("https://www.facebook.com"),
          URI.create("https://graph.facebook.com"),
          "v23.0");
    }

    /** A copy for other servers. */
    public Facebook withAddresses(URI changedWeb, URI changedGraph) {
      return new Facebook(client, changedWeb, changedGraph, version);
    }

    /** A copy that asks that version. */
    public Facebook withVersion(String changed) {
      return new Facebook(client, web, graph, changed);
    }
  }

  /** These providers with the usual numbers. */
  public static OAuthConfig of(List<Provider> providers) {
    return new OAuthConfig(
        providers,
        Duration.ofSeconds(5),
        256 * 1_024,
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  /** One provider with the usual numbers. */
  public static OAuthConfig of(Provider provider) {
    return of(List.of(provider));
  }

  /** A copy that waits so long for each answer. */
  public OAuthConfig withTimeout(Duration changed) {
    return new OAuthConfig(providers, changed, answerBytes, knowledgeAge, keyPause, breakerPause);
  }

  /** A copy that reads answers of that size. */
  public OAuthConfig withAnswerBytes(int changed) {
    return new OAuthConfig(providers, timeout, changed, knowledgeAge, keyPause, breakerPause);
  }

  /** A copy that believes for so long what a provider published. */
  public OAuthConfig withKnowledgeAge(Duration changed) {
    return new OAuthConfig(providers, timeout, answerBytes, changed, keyPause, breakerPause);
  }

  /** A copy that looks no more often than that for keys that are not known. */
  public OAuthConfig withKeyPause(Duration changed) {
    return new OAuthConfig(providers, timeout, answerBytes, knowledgeAge, changed, breakerPause);
  }

  /** A copy that leaves a provider that fails alone for so long. */
  public OAuthConfig withBreakerPause(Duration changed) {
    return new OAuthConfig(providers, timeout, answerBytes, knowledgeAge, keyPause, changed);
  }

  private static void requireBetween(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the %s of identity providers is from %s to %s, not %s"
              .formatted(what, least, most, value));
    }
  }
}
