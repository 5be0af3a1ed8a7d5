package io.contentcrew.adapters.postgres;

import io.contentcrew.ports.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which database, and how it is used.
 *
 * <p>Not for a PgBouncer that pools transactions or statements: signals are notifications, for
 * which {@code LISTEN} holds a connection, and instances that start together migrate one after the
 * other by a lock of their session. One that pools sessions will do.
 *
 * @param server where the database is and how it is entered
 * @param pool of the connections; the queue has two more of its own, who listens to signals has
 *     one, and one tells whether the server answers
 * @param migrateOnStart whether the tables are brought up to date when the adapter is opened; if
 *     not, they must be already
 * @param pollingInterval how often the queue is looked at when nobody wakes the dispatcher
 */
public record PostgresConfig(
    Server server, Pool pool, boolean migrateOnStart, Duration pollingInterval) {
  public PostgresConfig {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(pool, "pool");
    if (pollingInterval.toMillis() < 10) {
      throw new IllegalArgumentException("the polling interval is at least 10 ms");
    }
  }

  /**
   * A database server.
   *
   * @param applicationName under which its connections are listed there
   */
  public record Server(
      String host,
      int port,
      String database,
      String user,
      Secret password,
      Tls tls,
      String applicationName) {
    public Server {
      Objects.requireNonNull(password, "password");
      Objects.requireNonNull(tls, "tls");
      Objects.requireNonNull(applicationName, "applicationName");
      if (host.isBlank() || database.isBlank() || user.isBlank()) {
        throw new IllegalArgumentException("a database has a host, a name and a user");
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is a number from 1 to 65535");
      }
    }
  }

  /**
   * Whether connections are encrypted.
   *
   * @param rootCertificate of the authority that the server's certificate is checked against; the
   *     driver's own choice if empty
   */
  public record Tls(SslMode mode, Optional<Path> rootCertificate) {
    public Tls {
      Objects.requireNonNull(mode, "mode");
      Objects.requireNonNull(rootCertificate, "rootCertificate");
    }
  }

  /** The modes of libpq, under their names. */
  public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** The name that PostgreSQL gives it, for example {@code verify-full}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The connections.
   *
   * @param size how many there are at most
   * @param acquireTimeout how long a transaction waits for a free one before it is refused; one
   *     that is under way when the server falls silent altogether is let go after two and a half
   *     times as long, or 2.5 s if that is more, and nobody waits at all once that is known
   * @param connectTimeout how long the server may take to accept a new one
   * @param socketTimeout how long the server may be silent while it is asked; what takes longer is
   *     given up
   */
  public record Pool(
      int size, Duration acquireTimeout, Duration connectTimeout, Duration socketTimeout) {
    public Pool {
      if (size < 1 || size > 1000) {
        throw new IllegalArgumentException("a pool has 1 to 1000 connections");
      }
      if (acquireTimeout.toMillis() < 250) {
        throw new IllegalArgumentException("a transaction waits 250 ms at least");
      }
      if (connectTimeout.toSeconds() < 1 || socketTimeout.toSeconds() < 1) {
        throw new IllegalArgumentException("the timeouts of a connection are at least 1 s");
      }
    }

    /**
     * Ten connections; waits 1 s, or 5 s while others get theirs, connects within 2 s, gives up
     * after 10 s of silence.
     */
    public static Pool standard() {
      return new Pool(10, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10));
    }
  }

  /** A database without TLS being asked for, with the usual pool. */
  public static PostgresConfig of(
      String host, int port, String database, String user, Secret password) {
    return of(
        new Server(
            host,
            port,
            database,
            user,
            password,
            new Tls(SslMode.PREFER, Optional.empty()),
            "contentcrew"));
  }

  static PostgresConfig of(Server server) {
    return new PostgresConfig(server, Pool.standard(), true, Duration.ofMillis(500));
  }

  /**
   * The database of a URL such as {@code
   * postgresql://user:password@host:5432/database?sslmode=require}, also with {@code postgres:} or
   * {@code jdbc:postgresql:} in front. Known parameters: sslmode, sslrootcert, connect_timeout,
   * application_name, user, password.
   *
   * @throws IllegalArgumentException if it cannot be understood; the message holds no password
   */
  public static PostgresConfig parse(String url) {
    return new PostgresUrl(url).config();
  }

  /** A copy with another pool. */
  public PostgresConfig withPool(Pool changed) {
    return new PostgresConfig(server, changed, migrateOnStart, pollingInterval);
  }

  /** A copy with so many connections. */
  public PostgresConfig withPoolSize(int changed) {
    return withPool(
        new Pool(changed, pool.acquireTimeout(), pool.connectTimeout(), pool.socketTimeout()));
  }

  /** A copy that migrates when it is opened, or not. */
  public PostgresConfig withMigrateOnStart(boolean changed) {
    return new PostgresConfig(server, pool, changed, pollingInterval);
  }

  /** A copy that looks at the queue at that interval. */
  public PostgresConfig withPollingInterval(Duration changed) {
    return new PostgresConfig(server, pool, migrateOnStart, changed);
  }

  /** A copy that encrypts its connections in that way. */
  public PostgresConfig withTls(Tls changed) {
    Server encrypted =
        new Server(
            server.host(),
            server.port(),
            server.database(),
            server.user(),
            server.password(),
            changed,
            server.applicationName());
    return new PostgresConfig(encrypted, pool, migrateOnStart, pollingInterval);
  }
}
