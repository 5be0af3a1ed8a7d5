package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.bench.LoginsRun.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LoginsRunTest {
  @Test
  void streams_arrive_whole_alone_and_beside_sign_ins_and_there_are_figures() throws Exception {
    LoginsOptions options = new LoginsOptions(2, 2, 1, 4);
    List<String> progress = new ArrayList<>();

    LoginsRun.Result result = new LoginsRun(options, progress::add).run();

    assertThat(progress).endsWith("streams alone", "streams and sign-ins");
    assertThat(result.isComplete()).isTrue();
    assertThat(result.hasher()).isPositive();
    for (Phase phase : List.of(result.alone(), result.signingIn())) {
      assertThat(phase.failures()).isEmpty();
      assertThat(phase.whole()).isEqualTo(2);
      assertThat(phase.p50()).isPositive();
      assertThat(phase.p99()).isGreaterThanOrEqualTo(phase.p50());
    }
    assertThat(result.alone().answers()).isEmpty();
    assertThat(result.signingIn().answers()).containsOnlyKeys(200);
    assertThat(result.signingIn().signIns()).isPositive();
    assertThat(result.signingIn().cores()).isPositive();
    assertThat(result.signingIn().hashing().orElseThrow()).isBetween(0.0, 1.0).isNotZero();
    assertThat(LoginsReport.of(options, result))
        .contains("p99 ms", "of which hashing", "passwords checked/s")
        .containsPattern("streams complete, of 2 +2 +2")
        .containsPattern("answers 200 +\\d+");
  }

  @Test
  void what_was_turned_away_is_shown_and_other_answers_make_the_run_fail() {
    LoginsRun.Result result =
        new LoginsRun.Result(20, alone(), signingIn(Map.of(200, 30L, 503, 7L)));

    assertThat(result.isComplete()).isTrue();
    assertThat(LoginsReport.of(new LoginsOptions(100, 2, 2, 12), result))
        .containsPattern("p50 ms, written to read \\(1\\) +2.00 +3.00 +1.50")
        .containsPattern("of which hashing +not told +75.0 %")
        .containsPattern("passwords checked/s \\(2\\) +20.00 +15.00 +0.75")
        .containsPattern("answers 503 +7");

    Phase limited = signingIn(Map.of(200, 30L, 429, 1L));
    assertThat(new LoginsRun.Result(20, alone(), limited).isComplete()).isFalse();
  }

  private static Phase alone() {
    return new Phase(2, 2, 9, 0.1, OptionalDouble.empty(), new TreeMap<>(), 2, List.of());
  }

  private static Phase signingIn(Map<Integer, Long> answers) {
    return new Phase(2, 3, 18, 1.9, OptionalDouble.of(0.75), new TreeMap<>(answers), 2, List.of());
  }
}
