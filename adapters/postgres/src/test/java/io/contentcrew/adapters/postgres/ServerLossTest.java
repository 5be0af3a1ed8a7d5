package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.generation.JobDispatcher.Next;
import io.contentcrew.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLossTest {
  /** Two seconds are promised; the rest is for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path data;

  @Test
  void the_loss_of_the_server_is_told_soon_and_its_return_is_noticed() throws Exception {
    EmbeddedPostgresConfig kept = EmbeddedPostgresConfig.of(data, TestServer.BINARIES);
    EmbeddedPostgres server = EmbeddedPostgres.start(kept);
    PostgresConfig config =
        TestServer.config(server, "contentcrew")
            .withMigrateOnStart(true)
            .withPool(PostgresConfig.Pool.standard());
    BlockingQueue<JobId> handled = new LinkedBlockingQueue<>();
    try (PostgresAdapter adapter = PostgresAdapter.open(config)) {
      adapter
          .dispatcher()
          .start(
              2,
              id -> {
                handled.add(id);
                return new Next.Done();
              });
      User user = Fixtures.aUser();
      adapter.transactions().inTransaction(stores -> stores.users().add(user, Optional.empty()));

      kill(server);
      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        assertThatThrownBy(
                () ->
                    adapter.transactions().inTransaction(stores -> stores.users().find(user.id())))
            .isInstanceOfSatisfying(
                PortUnavailableException.class, e -> assertThat(e.retryAfter()).isPresent());
        assertThatThrownBy(adapter::ping).isInstanceOf(PortUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
      }

      server = EmbeddedPostgres.start(kept.withPort(server.port()));
      JobId id = Fixtures.aJobId();
      untilItWorks(
          () ->
              adapter
                  .transactions()
                  .inTransaction(
                      stores -> {
                        stores.queue().add(id, Duration.ZERO, Duration.ZERO);
                        return stores.users().find(user.id()).orElseThrow();
                      }));
      assertThatCode(adapter::ping).doesNotThrowAnyException();
      assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
    } finally {
      server.close();
    }
  }

  private static void kill(EmbeddedPostgres server) throws Exception {
    List<String> lines =
        Files.readAllLines(server.dataFolder().resolve("cluster").resolve("postmaster.pid"));
    ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(1, TimeUnit.MINUTES);
    server.close();
  }

  private static void untilItWorks(Runnable work) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (end - System.nanoTime() > 0) {
      try {
        work.run();
        return;
      } catch (PortUnavailableException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // it is refused at once by now
      }
    }
    throw new AssertionError("the adapter did not notice that the server is back");
  }

  @Test
  void opening_says_what_is_wrong() {
    PostgresConfig right;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(TestServer.BINARIES))) {
      right = TestServer.config(server, "contentcrew");
      PostgresConfig wrongPassword =
          PostgresConfig.of(
              "127.0.0.1", server.port(), "contentcrew", "contentcrew", Secret.of("canary"));
      assertThatThrownBy(() -> PostgresAdapter.open(wrongPassword))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("check user, password")
          .hasMessageNotContaining("canary");
      PostgresConfig wrongDatabase =
          PostgresConfig.of(
              "127.0.0.1", server.port(), "nowhere", "contentcrew", right.server().password());
      assertThatThrownBy(() -> PostgresAdapter.open(wrongDatabase))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("has no database nowhere");
    }
    assertThatThrownBy(() -> PostgresAdapter.open(right))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("no PostgreSQL answers at 127.0.0.1:" + right.server().port());
  }
}
