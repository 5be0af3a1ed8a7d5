package io.contentcrew.adapters.redis;

import io.contentcrew.adapters.redis.RedisConfig.Server;
import io.contentcrew.adapters.redis.RedisConfig.Tls;
import io.contentcrew.ports.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the URL of a Redis. By hand, as {@link java.net.URI} knows no host names with an
 * underscore, which compose files are full of, and has the URL in its messages.
 */
final class RedisUrl {
  private static final String FORM =
      "a Redis is named by redis://user:password@host:6379/0, or rediss:// for TLS; ";
  private static final Pattern SHAPE =
      Pattern.compile(
          "redis(?<tls>s?)://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?#,@\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?"
              + "(?:/(?<database>\\d{1,5})?)?");

  private final Matcher url;

  RedisUrl(String text) {
    url = SHAPE.matcher(text.strip());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          FORM
              + "one host, no parameters, and the characters : @ / ? # in a user or password"
              + " percent-encoded (%3A %40 %2F %3F %23)");
    }
  }

  Server server() {
    String host = url.group("host").replace("[", "").replace("]", "");
    String port = url.group("port");
    String database = url.group("database");
    return new Server(
        decoded(host),
        port == null ? 6379 : Integer.parseInt(port),
        database == null ? 0 : Integer.parseInt(database),
        part("user"),
        part("password").map(Secret::of),
        url.group("tls").isEmpty() ? Optional.empty() : Optional.of(new Tls(Optional.empty())));
  }

  private Optional<String> part(String name) {
    return Optional.ofNullable(url.group(name))
        .filter(value -> !value.isEmpty())
        .map(RedisUrl::decoded);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          FORM + "a % is written as %25 where it begins no percent-encoded character");
    }
  }
}
