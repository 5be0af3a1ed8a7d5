package io.contentcrew.app;

import io.contentcrew.app.AppConfig.Env;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the service meets the world outside.
 *
 * @param baseUrl where clients find it, without a slash at the end
 * @param trustedProxies whose {@code X-Forwarded-For} counts
 * @param corsOrigins pages of which origins may use it with their users' rights
 * @param headerTimeout for a request's head, from its first byte
 * @param writeTimeout for a client to take the next piece of an answer
 * @param maxConnections at the same time; more wait to be accepted
 * @param streamsPerUser so many may a user have open
 * @param maxStreams so many may be open in all
 */
record Edges(
    URI baseUrl,
    List<AddressRange> trustedProxies,
    Set<String> corsOrigins,
    Duration headerTimeout,
    Duration writeTimeout,
    int maxConnections,
    int streamsPerUser,
    int maxStreams) {
  static Edges read(Environment from, Env env) {
    return new Edges(
        baseUrl(from, env),
        trustedProxies(from),
        corsOrigins(from, env),
        from.duration("HEADER_TIMEOUT", Duration.ofMillis(100)),
        from.duration("WRITE_TIMEOUT", Duration.ofMillis(100)),
        from.number("MAX_CONNECTIONS", 1, 1_000_000),
        from.number("STREAMS_PER_USER", 1, 1_000_000),
        from.number("MAX_STREAMS", 1, 1_000_000));
  }

  /** Whether clients come by HTTPS. */
  boolean isHttps() {
    return "https".equals(baseUrl.getScheme());
  }

  private static URI baseUrl(Environment from, Env env) {
    String port = from.text("PORT"); // told where it is used if it is none
    URI local = URI.create("http://localhost" + (port.matches("\\d{1,5}") ? ":" + port : ""));
    if (!from.isGiven("API_BASE_URL")) {
      if (env != Env.DEV) {
        from.problem(
            "API_BASE_URL must be given when ENV is not dev: the address at which clients find the"
                + " service, for example https://api.example.com.");
      }
      return local;
    }
    List<URI> urls = from.urls("API_BASE_URL", "https://api.example.com");
    URI url = URI.create(urls.getFirst().toString().replaceAll("/+$", ""));
    if (urls.size() > 1) {
      from.problem("API_BASE_URL must be one address.");
    }
    if (env == Env.PROD && !"https".equals(url.getScheme())) {
      from.problem(
          "API_BASE_URL must begin with https:// when ENV=prod, or passwords and tokens can be read"
              + " on the way.");
    }
    return url;
  }

  private static List<AddressRange> trustedProxies(Environment from) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : list(from, "TRUSTED_PROXIES")) {
      try {
        ranges.add(AddressRange.parse(text));
      } catch (IllegalArgumentException e) {
        from.problem("TRUSTED_PROXIES: " + text + " cannot be used: " + e.getMessage() + ".");
      }
    }
    return ranges;
  }

  private static Set<String> corsOrigins(Environment from, Env env) {
    Set<String> origins = new TreeSet<>();
    for (String text : list(from, "CORS_ORIGINS")) {
      if (text.equals("*") || text.equals("null")) {
        from.problem(
            "CORS_ORIGINS must not hold "
                + text
                + ", which would let any page act as its visitor; name the origins.");
        continue;
      }
      Origin.parse(text)
          .ifPresentOrElse(
              origin -> {
                origins.add(origin.text());
                if (env == Env.PROD && !origin.isSafe()) {
                  from.problem(
                      "CORS_ORIGINS: "
                          + origin
                          + " must begin with https:// when ENV=prod, or whoever is on the way can"
                          + " act as its visitors.");
                }
              },
              () ->
                  from.problem(
                      "CORS_ORIGINS: "
                          + text
                          + " must be scheme, host and port only, for example"
                          + " https://www.example.com, without a path or a slash at the end."));
    }
    return origins;
  }

  private static List<String> list(Environment from, String name) {
    return from.optionalText(name).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }
}
