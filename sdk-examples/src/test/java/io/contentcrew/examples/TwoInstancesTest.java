package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

@Timeout(300)
class TwoInstancesTest {
  @Test
  void what_one_writes_is_read_at_the_other_while_it_is_written() throws Exception {
    int port = freePort();
    RedisServer redis =
        RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    redis.start();
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(Path.of("target", "postgres")))) {
      EmbeddedPostgres.Address at = server.address();
      String database =
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(at.user(), at.password().reveal(), at.host(), at.port(), at.database());
      assertThat(
              Printed.by(
                      () -> TwoInstances.main(new String[] {database, "redis://127.0.0.1:" + port}))
                  .lines())
          .containsExactly(
              "The first words are read while the job is RUNNING.",
              "At the other instance the job is COMPLETED.");
    } finally {
      redis.stop();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
