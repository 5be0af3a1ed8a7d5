package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortFailureException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes the role and the database that the application uses, so that it is no superuser. */
final class Roles {
  private Roles() {}

  static void create(EmbeddedPostgres.Address address, String superuser) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setServerNames(new String[] {address.host()});
    server.setPortNumbers(new int[] {address.port()});
    server.setDatabaseName("postgres");
    server.setUser(superuser);
    server.setPassword(address.password().reveal());
    server.setConnectTimeout(10);
    server.setSocketTimeout(60);
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "pg_roles where rolname = '" + address.user() + "'")) {
        statement.execute(
            "create role %s login password '%s'"
                .formatted(address.user(), address.password().reveal()));
      }
      if (!exists(statement, "pg_database where datname = '" + address.database() + "'")) {
        statement.execute(
            "create database %s owner %s".formatted(address.database(), address.user()));
      }
    } catch (SQLException e) {
      throw new PortFailureException(
          "the database could not be made on the embedded server (SQL state %s)"
              .formatted(e.getSQLState()),
          e);
    }
  }

  private static boolean exists(Statement statement, String what) throws SQLException {
    try (ResultSet found = statement.executeQuery("select 1 from " + what)) {
      return found.next();
    }
  }
}
