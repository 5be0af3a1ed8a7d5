package io.contentcrew.adapters.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresConfigTest {
  private final EmbeddedPostgresConfig config =
      EmbeddedPostgresConfig.of(Path.of("data"), Path.of("bin"));

  @Test
  void data_that_are_kept_are_durable() {
    assertThat(config.durable()).isTrue();
    assertThat(config.dataFolder()).contains(Path.of("data").toAbsolutePath());
    assertThat(config.startTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void temporary_data_need_not_be() {
    EmbeddedPostgresConfig throwaway = EmbeddedPostgresConfig.throwaway(Path.of("bin"));
    assertThat(throwaway.durable()).isFalse();
    assertThat(throwaway.dataFolder()).isEmpty();
  }

  @Test
  void copies_change_one_thing() {
    assertThat(config.withPort(5432).port()).isEqualTo(5432);
    assertThat(config.withPort(5432).withPort(0)).isEqualTo(config);
    assertThat(config.withDurable(false).durable()).isFalse();
    assertThat(config.withStartTimeout(Duration.ofSeconds(5)).startTimeout()).hasSeconds(5);
    assertThat(config.withMaxConnections(20).maxConnections()).isEqualTo(20);
    assertThat(config.withSharedBuffersMegabytes(8).sharedBuffersMegabytes()).isEqualTo(8);
  }

  @Test
  void what_no_server_could_do_is_refused() {
    assertThatThrownBy(() -> config.withPort(65_536)).hasMessageContaining("port");
    assertThatThrownBy(() -> config.withPort(-1)).hasMessageContaining("port");
    assertThatThrownBy(() -> config.withStartTimeout(Duration.ZERO)).hasMessageContaining("second");
    assertThatThrownBy(() -> config.withMaxConnections(1)).hasMessageContaining("connections");
    assertThatThrownBy(() -> config.withSharedBuffersMegabytes(0))
        .hasMessageContaining("megabytes");
  }
}
