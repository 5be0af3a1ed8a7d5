package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void a_token_counts_by_when_it_was_written_however_late_it_arrives() {
    Latencies latencies = new Latencies();
    latencies.add(1_000_000, 2_000_000);
    latencies.writtenUntil(5_000_000);

    latencies.add(90_000_000, 94_000_000);
    latencies.add(1_000_000, 6_000_000);
    latencies.add(1_000_000, 9_000_000);

    assertThat(latencies.size()).isEqualTo(2);
    assertThat(latencies.quantile(1)).isEqualTo(90);
  }
}
