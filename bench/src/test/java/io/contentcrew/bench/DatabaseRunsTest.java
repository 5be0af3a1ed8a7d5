package io.contentcrew.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.bench.InstancesRun.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
  void deliveries_are_about_subscriptions_that_are_known(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    Path body = folder.resolve("hook.json");
    HooksOptions prepare =
        HooksOptions.parse(
            List.of("--data", data.toString(), "--body", body.toString(), "--subscriptions", "30"));
    HooksOptions check = HooksOptions.parse(List.of("--data", data.toString(), "--check"));

    new HooksRun(prepare, line -> {}).prepare(body);

    HooksRun.Result before = new HooksRun(check, line -> {}).check();
    assertThat(before).isEqualTo(new HooksRun.Result(Map.of(), 30, 30));
    assertThat(before.isRight()).as("when nothing was delivered").isFalse();
    assertThat(deliver(data, Files.readString(body), 1)).isEqualTo("APPLIED");
    assertThat(deliver(data, Files.readString(body), 30)).isEqualTo("APPLIED");
    HooksRun.Result after = new HooksRun(check, line -> {}).check();
    assertThat(after).isEqualTo(new HooksRun.Result(Map.of("DONE APPLIED", 2L), 30, 30));
    assertThat(after.isRight()).isTrue();
    assertThat(after.text()).contains("2 deliveries DONE APPLIED", "30 of 30 users");
  }

  /** As the service would take it. */
  private static String deliver(Path data, String template, int number) {
    Instant now = Clock.systemUTC().instant();
    String body = HookEvent.filled(template, number, now);
    try (EmbeddedPostgres server =
            EmbeddedPostgres.start(
                EmbeddedPostgresConfig.of(
                    data.resolve("postgres"), data.resolve("postgres-programs")));
        HookSeed service = new HookSeed(PostgresAdapter.open(HooksRun.config(server.address())))) {
      return service.deliver(body).name();
    }
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
