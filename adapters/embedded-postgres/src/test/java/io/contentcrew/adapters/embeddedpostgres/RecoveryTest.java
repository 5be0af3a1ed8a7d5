package io.contentcrew.adapters.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  @TempDir Path data;

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(EmbeddedPostgresConfig.of(data, Db.BINARIES));
  }

  @Test
  void a_server_that_outlived_its_process_is_stopped_and_its_data_are_kept() throws Exception {
    EmbeddedPostgres.Address orphan;
    try (ChildProcess child = ChildProcess.on(data)) {
      assertThatThrownBy(this::start)
          .isInstanceOf(PortUnavailableException.class)
          .hasMessageContaining("process " + child.pid());
      child.kill();
      orphan = EmbeddedPostgres.running(data).orElseThrow();
      assertThat(Db.ask(orphan, "select answer from written")).isEqualTo("42");
    }
    try (EmbeddedPostgres next = start()) {
      assertThat(Db.ask(next.address(), "select answer from written")).isEqualTo("42");
      assertThat(EmbeddedPostgres.running(data)).contains(next.address());
      assertThat(next.address().password()).isEqualTo(orphan.password());
    }
    assertThat(EmbeddedPostgres.running(data)).isEmpty();
  }

  @Test
  void a_server_that_was_killed_recovers_what_was_committed() throws Exception {
    try (EmbeddedPostgres server = start()) {
      Db.execute(server.address(), "create table written as select 42 as answer");
      long pid = Long.parseLong(Files.readAllLines(processFile()).getFirst());
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
    try (EmbeddedPostgres next = start()) {
      assertThat(Db.ask(next.address(), "select answer from written")).isEqualTo("42");
    }
  }

  @Test
  void a_left_over_process_file_does_not_matter_also_when_its_number_is_anothers_now()
      throws Exception {
    List<String> lines;
    try (EmbeddedPostgres server = start()) {
      lines = Files.readAllLines(processFile());
      assertThat(server.port()).isPositive();
    }
    for (long pid : new long[] {ProcessHandle.current().pid(), 4_194_303}) {
      lines.set(0, Long.toString(pid));
      Files.write(processFile(), lines);
      assertThat(EmbeddedPostgres.running(data)).isEmpty();
      try (EmbeddedPostgres next = start()) {
        assertThat(Db.ask(next.address(), "select 1")).isEqualTo("1");
      }
    }
  }

  private Path processFile() {
    return new DataFolder(data).processFile();
  }
}
