package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WithPostgresTest {
  private static final Path BINARIES = Path.of("target", "postgres");

  @Test
  void what_one_run_wrote_the_next_one_finds() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.throwaway(BINARIES))) {
      for (int run = 1; run <= 2; run++) {
        assertThat(Printed.by(() -> WithPostgres.main(url(server))).lines())
            .hasSize(run)
            .allMatch(line -> line.endsWith(" COMPLETED: Solar power for small shops"));
      }
    }
  }

  private static String[] url(EmbeddedPostgres server) {
    EmbeddedPostgres.Address at = server.address();
    String url = "postgresql://%s:%s@%s:%d/%s";
    return new String[] {
      url.formatted(at.user(), at.password().reveal(), at.host(), at.port(), at.database())
    };
  }
}
