package io.contentcrew.adapters.postgres;

import io.contentcrew.adapters.postgres.PostgresConfig.Pool;
import io.contentcrew.adapters.postgres.PostgresConfig.Server;
import io.contentcrew.adapters.postgres.PostgresConfig.SslMode;
import io.contentcrew.adapters.postgres.PostgresConfig.Tls;
import io.contentcrew.ports.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the URL of a database. By hand, as {@link java.net.URI} knows no host names with an
 * underscore, which compose files are full of.
 */
final class PostgresUrl {
  private static final String FORM =
      "a database is named by postgresql://user:password@host:5432/database?sslmode=require; ";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?,@\\[\\]]+)(?::(?<port>\\d{1,5}))?"
              + "/(?<database>[^?/]+)(?:\\?(?<parameters>.*))?");
  private static final Set<String> KNOWN =
      Set.of("sslmode", "sslrootcert", "connect_timeout", "application_name", "user", "password");

  private final Matcher url;
  private final Map<String, String> parameters = new LinkedHashMap<>();

  PostgresUrl(String text) {
    url = SHAPE.matcher(text.strip());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          FORM
              + "one host, and the characters : @ / ? in a user or password percent-encoded"
              + " (%3A %40 %2F %3F)");
    }
    String query = url.group("parameters");
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        read(parameter);
      }
    }
  }

  private void read(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          FORM
              + "parameter '%s' is not known; known are %s"
                  .formatted(name, KNOWN.stream().sorted().collect(Collectors.joining(", "))));
    }
    parameters.put(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
  }

  PostgresConfig config() {
    String host = url.group("host").replace("[", "").replace("]", "");
    String port = url.group("port");
    Server server =
        new Server(
            decoded(host),
            port == null ? 5432 : Integer.parseInt(port),
            decoded(url.group("database")),
            part("user")
                .orElseThrow(() -> new IllegalArgumentException(FORM + "the user is missing")),
            Secret.of(part("password").orElse("")),
            new Tls(sslMode(), Optional.ofNullable(parameters.get("sslrootcert")).map(Path::of)),
            parameters.getOrDefault("application_name", "contentcrew"));
    PostgresConfig config = PostgresConfig.of(server);
    Pool pool = config.pool();
    return config.withPool(
        new Pool(pool.size(), pool.acquireTimeout(), connectTimeout(pool), pool.socketTimeout()));
  }

  private Optional<String> part(String name) {
    return Optional.ofNullable(url.group(name))
        .map(PostgresUrl::decoded)
        .or(() -> Optional.ofNullable(parameters.get(name)))
        .filter(value -> !value.isEmpty());
  }

  private SslMode sslMode() {
    String wanted = parameters.getOrDefault("sslmode", SslMode.PREFER.wireName());
    for (SslMode mode : SslMode.values()) {
      if (mode.wireName().equals(wanted)) {
        return mode;
      }
    }
    List<String> modes = Arrays.stream(SslMode.values()).map(SslMode::wireName).toList();
    throw new IllegalArgumentException(FORM + "sslmode is one of " + String.join(", ", modes));
  }

  private Duration connectTimeout(Pool pool) {
    String seconds = parameters.get("connect_timeout");
    if (seconds == null) {
      return pool.connectTimeout();
    }
    if (!seconds.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(FORM + "connect_timeout is a number of seconds");
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
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
