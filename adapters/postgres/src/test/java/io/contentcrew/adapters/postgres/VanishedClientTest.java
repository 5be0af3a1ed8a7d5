package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.contentcrew.testkit.FaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an instance leaves behind when it vanishes, or stands still, in the middle of its work. */
class VanishedClientTest {
  private static final String LOCK = "select value from kept for update";

  private final PostgresConfig direct = TestServer.database();

  private static PostgresConfig by(FaultProxy proxy, PostgresConfig config) {
    PostgresConfig.Server server = config.server();
    return PostgresConfig.of(
            "127.0.0.1", proxy.port(), server.database(), server.user(), server.password())
        .withMigrateOnStart(false)
        .withPool(config.pool());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void its_row_locks_are_free_soon_although_its_end_never_arrives() throws Exception {
    TestServer.execute(direct, "create table kept as select 1 as value");
    try (FaultProxy proxy = FaultProxy.to(direct.server().host(), direct.server().port());
        Connections pool = Connections.open(by(proxy, direct), "vanishing", 1)) {
      Connection connection = pool.openConnection();
      connection.setAutoCommit(false);
      execute(connection, LOCK);
      proxy.blackhole();

      long begun = System.nanoTime();
      TestServer.ask(direct, LOCK); // waits for it
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
      proxy.reset();
      assertThatThrownBy(() -> execute(connection, LOCK)).isInstanceOf(SQLException.class);
      pool.closeConnection(connection);
    }
  }

  @Test
  void every_connection_of_the_pools_is_watched_by_the_server() throws Exception {
    try (Connections pool = Connections.open(direct, "watched", 1)) {
      Connection connection = pool.openConnection();
      assertWatched(connection);
      pool.closeConnection(connection);
    }
    try (HikariDataSource queue = Connections.forQueue(direct);
        Connection connection = queue.getConnection()) {
      assertWatched(connection);
    }
  }

  /** What the socket of the server has, which it asks the system for. */
  private static void assertWatched(Connection connection) throws SQLException {
    assertSetting(connection, "idle_in_transaction_session_timeout", "10s");
    assertSetting(connection, "tcp_keepalives_idle", "5");
    assertSetting(connection, "tcp_keepalives_interval", "2");
    assertSetting(connection, "tcp_keepalives_count", "3");
    assertSetting(connection, "tcp_user_timeout", "10000");
  }

  private static void assertSetting(Connection connection, String name, String value)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("show " + name)) {
      answer.next();
      assertThat(answer.getString(1)).as(name).isEqualTo(value);
    }
  }
}
