package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.bench.InstancesRun.Way;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands that need a database, each for as short a time as it can be. */
@Timeout(300)
class DatabaseRunsTest {
  @Test
  void submits_are_measured_beside_the_very_statements_that_are_sent() throws Exception {
    SubmitOptions options =
        SubmitOptions.parse(
            List.of(
                ("--clients 2 --seconds 1 --rounds 1 --warmup 0 --users 20 --baseline jdbc")
                    .split(" ", -1)));

    List<SubmitRun.Pair> pairs = new SubmitRun(options, line -> {}).run();

    assertThat(pairs).hasSize(1);
    assertThat(pairs.getFirst().ours()).isPositive();
    assertThat(pairs.getFirst().bare()).isPositive();
    assertThat(pairs.getFirst().cpuMicros()).isPositive();
    assertThat(SubmitReport.of(options, pairs))
        .containsPattern("(?m)^2 +\\d+ +\\d+ +\\d+\\.\\d\\d");
  }

  @Test
  void every_job_leaves_its_rows_and_folding_makes_them_fewer() throws Exception {
    StorageOptions options =
        StorageOptions.parse(List.of("--jobs", "3", "--rate", "5000", "--idle", "1"));

    StorageRun.Result result = new StorageRun(options, line -> {}).run();

    Map<String, StorageRun.Table> tables = result.work().tables();
    assertThat(tables.get("jobs").inserted()).isEqualTo(3);
    assertThat(tables.get("job_tasks").rows()).isEqualTo(9);
    assertThat(tables.get("artifacts").rows()).isEqualTo(3);
    assertThat(tables.get("job_events").rows()).isGreaterThan(6);
    assertThat(result.work().logBytes()).isPositive();
    assertThat(result.statements()).containsKey("COMMIT");
    assertThat(result.folded().tables().get("job_events").rows())
        .isLessThan(result.packed().tables().get("job_events").rows());
    assertThat(StorageReport.of(options, result)).contains("artifacts", "statements");
  }

  @Test
  void every_word_arrives_wherever_it_is_written_and_watched() throws Exception {
    InstancesOptions options =
        InstancesOptions.parse(
            List.of("--streams", "4", "--rate", "2000", "--rounds", "1", "--warmup", "0"));

    Map<Way, List<InstancesRun.Result>> results = new InstancesRun(options, line -> {}).run();

    assertThat(results).containsOnlyKeys(Way.values());
    results.forEach(
        (way, rounds) -> {
          InstancesRun.Result result = rounds.getFirst();
          assertThat(result.failures()).as(way.title()).isEmpty();
          assertThat(result.whole()).as(way.title()).isEqualTo(way == Way.BOTH ? 8 : 4);
          assertThat(result.cpuMillis()).as(way.title()).isPositive();
          assertThat(result.p50()).as(way.title()).isPositive();
          assertThat(result.p99()).as(way.title()).isGreaterThanOrEqualTo(result.p50());
        });
    assertThat(InstancesReport.of(options, results)).contains("half at each", "watched at");
  }
}
