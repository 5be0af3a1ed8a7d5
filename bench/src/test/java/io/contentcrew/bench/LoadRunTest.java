package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  @Test
  void every_word_of_every_stream_arrives_both_ways_and_there_are_figures() throws Exception {
    LoadOptions options = LoadOptions.standard().withStreams(3).withRate(2_000).withRounds(1, 1);
    List<String> progress = new ArrayList<>();
    LoadRun run = new LoadRun(options, progress::add);

    List<LoadRun.Pair> rounds = run.run();

    assertThat(progress).containsExactly("round 1, to warm up", "round 2");
    assertThat(rounds).hasSize(1);
    for (Figures figures : List.of(rounds.getFirst().baseline(), rounds.getFirst().service())) {
      assertThat(figures.failures()).isEmpty();
      assertThat(figures.whole()).isEqualTo(3);
      assertThat(figures.tokens()).isEqualTo(3L * run.tokensPerStream());
      assertThat(figures.tokensPerSecond()).isPositive();
      assertThat(figures.p50()).isPositive();
      assertThat(figures.p99()).isGreaterThanOrEqualTo(figures.p50());
      assertThat(figures.cpuMicros()).isPositive();
    }
    assertThat(LoadReport.of(options, run.tokensPerStream(), rounds))
        .contains("tokens/s", "p99 ms", "CPU us/token")
        .containsPattern("streams complete, of 3 +3 +3");
  }
}
