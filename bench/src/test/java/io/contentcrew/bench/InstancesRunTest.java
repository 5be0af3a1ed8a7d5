package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Redis the measured services have: never the one that the shell happens to name. */
class InstancesRunTest {
  private static final String DATABASE = "postgresql://crew@localhost/crew";

  @TempDir private Path folder;

  /** The environment of a service that is started from a shell with a Redis of its own. */
  private Map<String, String> environment(Map<String, String> more) throws Exception {
    Map<String, String> environment =
        new HashMap<>(Map.of("REDIS_URL", "redis://shell", "REDIS_URL_FILE", "/run/redis"));
    InetSocketAddress model = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    ServiceProcess.settings(environment, model, folder);
    environment.putAll(more);
    return environment;
  }

  @Test
  void without_redis_there_is_none_whatever_the_shell_says() throws Exception {
    assertThat(environment(InstancesRun.settings(DATABASE, Optional.empty())))
        .containsEntry("REDIS_URL", "")
        .containsEntry("REDIS_URL_FILE", "");
    assertThat(InstancesRun.settings(DATABASE, Optional.empty())).containsEntry("REDIS_URL", "");
    assertThat(environment(Map.of())).containsEntry("REDIS_URL", "");
  }

  @Test
  void with_redis_it_is_the_one_that_was_named() throws Exception {
    assertThat(environment(InstancesRun.settings(DATABASE, Optional.of("redis://named"))))
        .containsEntry("REDIS_URL", "redis://named")
        .containsEntry("REDIS_URL_FILE", "");
  }
}
