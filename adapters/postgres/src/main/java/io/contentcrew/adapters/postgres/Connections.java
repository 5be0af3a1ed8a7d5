package io.contentcrew.adapters.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool that hands its connections out in the order in which they were asked for. Hikari alone
 * does not: among hundreds of threads some wait for seconds.
 */
final class Connections implements ConnectionFactory, AutoCloseable {
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final int MOST_WAITS = 5;
  private static final int QUEUE_SIZE = 2;
  private static final Duration QUEUE_WAIT = Duration.ofSeconds(5);

  /**
   * Lets go soon of the locks of an instance that has vanished or stands still. Not by options of
   * the start of a connection, which PgBouncer refuses. Where the server is reached by a socket of
   * its own machine it ignores those of TCP.
   */
  private static final String LET_GO =
      "select set_config('idle_in_transaction_session_timeout', '10s', false),"
          + " set_config('tcp_keepalives_idle', '5', false),"
          + " set_config('tcp_keepalives_interval', '2', false),"
          + " set_config('tcp_keepalives_count', '3', false),"
          + " set_config('tcp_user_timeout', '10s', false)";

  private final Semaphore permits;
  private final Duration wait;
  private final HikariDataSource pool;
  private final ServerWatch watch;
  private final Map<Connection, ServerWatch.Visit> visits = new ConcurrentHashMap<>();
  private volatile long lastOpened = System.nanoTime();

  private Connections(PostgresConfig config, HikariDataSource pool, int size) {
    this.pool = pool;
    wait = config.pool().acquireTimeout();
    watch = new ServerWatch(config, () -> pool.getHikariPoolMXBean().softEvictConnections());
    permits = new Semaphore(size, true);
  }

  /** A pool of {@code size}, which connects when it is first asked. */
  static Connections open(PostgresConfig config, String name, int size) {
    Duration wait = config.pool().acquireTimeout();
    HikariConfig settings = settings(config, name, size, config.pool().socketTimeout());
    // Nobody waits here for others, only for the server; together with the wait for a permit the
    // answer that there is none comes within twice the wait.
    settings.setConnectionTimeout(wait.toMillis());
    settings.setValidationTimeout(wait.toMillis());
    return new Connections(config, new HikariDataSource(settings), size);
  }

  private static HikariConfig settings(
      PostgresConfig config, String name, int size, Duration socketTimeout) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName(name);
    settings.setDataSource(dataSource(config, socketTimeout));
    settings.setConnectionInitSql(LET_GO);
    settings.setMaximumPoolSize(size);
    // Else it tries to connect while the server is away, more and more seldom, and is just pausing
    // when the server is back.
    settings.setMinimumIdle(0);
    settings.setMaxLifetime(LIFETIME.toMillis());
    settings.setInitializationFailTimeout(-1);
    return settings;
  }

  /** A pool for the queue alone, so that a rush of requests cannot make its entries look dead. */
  static HikariDataSource forQueue(PostgresConfig config) {
    // Nothing it asks takes long, and while it waits nothing is picked.
    Duration socketTimeout = config.pool().socketTimeout().dividedBy(2);
    HikariConfig settings = settings(config, "contentcrew-queue", QUEUE_SIZE, socketTimeout);
    settings.setConnectionTimeout(QUEUE_WAIT.toMillis());
    return new HikariDataSource(settings);
  }

  /** Connections without a pool. */
  static DataSource dataSource(PostgresConfig config, Duration socketTimeout) {
    PostgresConfig.Server server = config.server();
    int connectSeconds = Math.toIntExact(config.pool().connectTimeout().toSeconds());
    Source source = new Source(connectSeconds);
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(server.database());
    source.setUser(server.user());
    source.setPassword(server.password().reveal());
    source.setSslMode(server.tls().mode().wireName());
    server.tls().rootCertificate().ifPresent(path -> source.setSslRootCert(path.toString()));
    source.setApplicationName(server.applicationName());
    source.setConnectTimeout(connectSeconds);
    source.setSocketTimeout(Math.max(1, Math.toIntExact(socketTimeout.toSeconds())));
    source.setTcpKeepAlive(true);
    source.setLogServerErrorDetail(false); // it holds the values of unique columns: addresses
    return source;
  }

  /** Keeps its own timeout: Hikari would set it to the time that a transaction waits. */
  private static final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    Source(int loginSeconds) {
      super.setLoginTimeout(loginSeconds);
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // it was set when the source was made
    }
  }

  @Override
  public Connection openConnection() throws SQLException {
    ServerWatch.Visit visit = watch.begin();
    try {
      acquire();
    } catch (SQLException | RuntimeException e) {
      visit.end();
      throw e;
    }
    return connection(visit);
  }

  private Connection connection(ServerWatch.Visit visit) throws SQLException {
    Connection connection;
    try {
      visit.requireThere(); // it may have gone away while we waited
      connection = pool.getConnection();
    } catch (SQLException | RuntimeException e) {
      visit.end();
      permits.release();
      throw e;
    }
    lastOpened = System.nanoTime();
    visits.put(connection, visit);
    try {
      visit.by(connection);
    } catch (SQLException e) {
      closeConnection(connection);
      throw e;
    }
    return connection;
  }

  /** The server has answered: it is there, however long others wait. */
  void heard() {
    watch.heard();
  }

  private void acquire() throws SQLException {
    try {
      int waits = 1;
      while (!permits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        if (waits++ == MOST_WAITS || !isMoving()) {
          throw new SQLTransientConnectionException("no connection was free within " + wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
    }
  }

  /** Whether others get connections: then the server is only busy, and not away. */
  private boolean isMoving() {
    return System.nanoTime() - lastOpened < wait.toNanos();
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    ServerWatch.Visit visit = visits.remove(connection);
    try {
      connection.close();
    } finally {
      if (visit != null) {
        visit.end();
      }
      permits.release();
    }
  }

  /** How many connections are in use. */
  int inUse() {
    return pool.getMaximumPoolSize() - permits.availablePermits();
  }

  /** How many threads wait for one. */
  int waiting() {
    return permits.getQueueLength();
  }

  boolean isClosed() {
    return pool.isClosed();
  }

  @Override
  public void close() {
    watch.close();
    pool.close();
  }
}
