package io.contentcrew.app.faults;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to instances, servers and links: nothing that was acknowledged is lost, nothing
 * is done or counted twice, and every reader sees one and the same story.
 */
@Timeout(900)
class FaultsTest {
  static Set<Long> seeds() {
    return Seeds.toRun();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everything_holds_after_whatever_happened(long seed) throws Exception {
    new Run(
            seed,
            Seeds.length(),
            Timers.scaled(),
            Path.of("target", "faults", String.valueOf(seed)))
        .run();
  }
}
