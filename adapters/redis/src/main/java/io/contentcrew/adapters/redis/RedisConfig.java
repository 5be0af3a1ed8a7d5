package io.contentcrew.adapters.redis;

import io.contentcrew.ports.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Redis, and how it is used.
 *
 * @param server where Redis is and how it is entered
 * @param commandTimeout how long Redis may take to answer; whoever asks then goes on without it
 * @param connectTimeout how long Redis may take to accept a connection, and then to greet
 * @param keyPrefix which all keys, and the channel of the signals, begin with
 * @param contentTimeToLive how long finished pieces are kept for equal briefs
 * @param tierTimeToLive how long it is remembered what a user is entitled to
 */
public record RedisConfig(
    Server server,
    Duration commandTimeout,
    Duration connectTimeout,
    String keyPrefix,
    Duration contentTimeToLive,
    Duration tierTimeToLive) {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  public RedisConfig {
    Objects.requireNonNull(server, "server");
    if (!PREFIX.matcher(keyPrefix).matches()) {
      throw new IllegalArgumentException(
          "the key prefix of Redis has 1 to 64 letters, digits or . _ : -");
    }
    requireBetween("command timeout", commandTimeout, Duration.ofMillis(1), LONGEST);
    requireBetween("connect timeout", connectTimeout, Duration.ofMillis(50), LONGEST);
    Duration second = Duration.ofSeconds(1);
    Duration month = Duration.ofDays(31);
    requireBetween("time to live of pieces", contentTimeToLive, second, month);
    requireBetween("time to live of tiers", tierTimeToLive, second, month);
  }

  private static void requireBetween(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the %s of Redis is from %s to %s, not %s".formatted(what, least, most, value));
    }
  }

  /**
   * A Redis server.
   *
   * @param database its number, 0 if nobody chose another
   * @param user of Redis' access control lists; where only a password is given it is Redis' default
   *     user
   * @param tls how the connection is encrypted; not at all if empty
   */
  public record Server(
      String host,
      int port,
      int database,
      Optional<String> user,
      Optional<Secret> password,
      Optional<Tls> tls) {
    public Server {
      if (host.isBlank()) {
        throw new IllegalArgumentException("a Redis has a host");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("the port of a Redis is a number from 1 to 65535");
      }
      if (database < 0 || database > 65_535) {
        throw new IllegalArgumentException("a database of Redis is a number from 0 to 65535");
      }
      if (user.filter(String::isBlank).isPresent()) {
        throw new IllegalArgumentException("a user of Redis has a name");
      }
      if (password.filter(secret -> secret.reveal().isEmpty()).isPresent()) {
        throw new IllegalArgumentException("the password of Redis is empty: leave it out");
      }
      Objects.requireNonNull(tls, "tls");
    }

    String address() {
      return host + ":" + port;
    }
  }

  /**
   * An encrypted connection. The server's certificate must be valid and made out to the host that
   * was named.
   *
   * @param rootCertificate a PEM file with the authorities that are trusted; those of the JVM if
   *     empty
   */
  public record Tls(Optional<Path> rootCertificate) {
    public Tls {
      Objects.requireNonNull(rootCertificate, "rootCertificate");
    }
  }

  /**
   * A Redis with the usual numbers: commands within 100 ms, connections within 1 s, prefix {@code
   * crew:}, pieces for an hour, tiers for a minute.
   */
  public static RedisConfig of(Server server) {
    return new RedisConfig(
        server,
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        "crew:",
        Duration.ofHours(1),
        Duration.ofMinutes(1));
  }

  /**
   * The Redis of a URL such as {@code redis://user:password@host:6379/0}; with {@code rediss:} the
   * connection is encrypted. User, password, port (6379) and database (0) may be left out. Where
   * there is a user, his password may also follow by {@link #withPassword}; {@link
   * RedisAdapter#open} refuses a user without one.
   *
   * @throws IllegalArgumentException if it cannot be understood; the message holds no password
   */
  public static RedisConfig parse(String url) {
    return of(new RedisUrl(url).server());
  }

  /**
   * The Redis of a URL, and its password where the URL holds none: the URL's own one wins.
   *
   * @throws IllegalArgumentException if the URL cannot be understood, or if it names a user and
   *     there is no password for him in either place; the message holds no password
   */
  public static RedisConfig parse(String url, Optional<Secret> password) {
    RedisConfig named = parse(url);
    RedisConfig config =
        named.server.password.isPresent() ? named : password.map(named::withPassword).orElse(named);
    config.requireUsable();
    return config;
  }

  /** Not checked by {@link Server}: a user and his password may come one after the other. */
  void requireUsable() {
    if (server.user.isPresent() && server.password.isEmpty()) {
      throw new IllegalArgumentException(
          "user %s of Redis has no password: name it, or leave the user out"
              .formatted(server.user.get()));
    }
  }

  /**
   * A copy with this password instead of the one there was, if any; also instead of one that stood
   * in a URL. For a password that is to be used only where the URL holds none there is {@link
   * #parse(String, Optional)}.
   */
  public RedisConfig withPassword(Secret changed) {
    return withServer(
        new Server(
            server.host,
            server.port,
            server.database,
            server.user,
            Optional.of(changed),
            server.tls));
  }

  /** A copy that encrypts its connection in that way. */
  public RedisConfig withTls(Tls changed) {
    return withServer(
        new Server(
            server.host,
            server.port,
            server.database,
            server.user,
            server.password,
            Optional.of(changed)));
  }

  private RedisConfig withServer(Server changed) {
    return new RedisConfig(
        changed, commandTimeout, connectTimeout, keyPrefix, contentTimeToLive, tierTimeToLive);
  }

  /** A copy that waits so long for an answer. */
  public RedisConfig withCommandTimeout(Duration changed) {
    return new RedisConfig(
        server, changed, connectTimeout, keyPrefix, contentTimeToLive, tierTimeToLive);
  }

  /** A copy that waits so long for a connection. */
  public RedisConfig withConnectTimeout(Duration changed) {
    return new RedisConfig(
        server, commandTimeout, changed, keyPrefix, contentTimeToLive, tierTimeToLive);
  }

  /** A copy whose keys begin with {@code changed}. */
  public RedisConfig withKeyPrefix(String changed) {
    return new RedisConfig(
        server, commandTimeout, connectTimeout, changed, contentTimeToLive, tierTimeToLive);
  }

  /** A copy that keeps pieces for so long. */
  public RedisConfig withContentTimeToLive(Duration changed) {
    return new RedisConfig(
        server, commandTimeout, connectTimeout, keyPrefix, changed, tierTimeToLive);
  }

  /** A copy that remembers tiers for so long. */
  public RedisConfig withTierTimeToLive(Duration changed) {
    return new RedisConfig(
        server, commandTimeout, connectTimeout, keyPrefix, contentTimeToLive, changed);
  }
}
