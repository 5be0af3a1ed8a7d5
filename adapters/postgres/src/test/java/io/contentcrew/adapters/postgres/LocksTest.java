package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.FormatResult;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobEvent;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.generation.JobTask;
import io.contentcrew.domain.generation.Task;
import io.contentcrew.domain.tier.Allowance;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.generation.JobEvents.Batch;
import io.contentcrew.ports.generation.LogEntry;
import io.contentcrew.ports.generation.WorkerId;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The transactions of the use cases, many at once, never wait for each other in a circle: each work
 * runs once. Where they do, the database needs a second to find out and to make one run again.
 */
class LocksTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 15;

  private static PostgresConfig database;
  private static PostgresAdapter adapter;

  private final AtomicInteger runs = new AtomicInteger();
  private final WorkerId worker = Fixtures.aWorker();

  @BeforeAll
  static void open() {
    database = TestServer.database();
    adapter = PostgresAdapter.open(database);
  }

  @AfterAll
  static void close() {
    adapter.close();
  }

  private static User givenUser() {
    User user = Fixtures.aUser();
    adapter.transactions().inTransaction(stores -> stores.users().add(user, Optional.empty()));
    return user;
  }

  private Job givenRunning(User user) {
    Job job = Fixtures.aJob(user.id(), Fixtures.aFullBrief());
    return adapter
        .transactions()
        .inTransaction(
            stores -> {
              stores.jobs().add(job);
              stores.usage().reserve(job.id(), user.id(), job.usagePeriod(), all());
              stores.jobs().claim(job.id(), worker, Duration.ofSeconds(15));
              return stores.jobs().find(job.id()).orElseThrow();
            });
  }

  private static Map<Format, Allowance> all() {
    Map<Format, Allowance> allowances = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      allowances.put(format, Allowance.unlimited());
    }
    return allowances;
  }

  private void eachRunsOnce(BiConsumer<Stores, Integer> work) {
    Race.of(
        THREADS,
        number -> {
          for (int round = 0; round < ROUNDS; round++) {
            adapter
                .transactions()
                .inTransaction(
                    stores -> {
                      runs.incrementAndGet();
                      work.accept(stores, number);
                      return true;
                    });
          }
          return true;
        });
    assertThat(runs).hasValue(THREADS * ROUNDS);
  }

  @Test
  void submits_of_one_user_in_whatever_order_they_ask() {
    User user = givenUser();
    eachRunsOnce(
        (stores, number) -> {
          Job job = Fixtures.aJob(user.id(), Fixtures.aFullBrief());
          if (number % 2 == 0) {
            stores.users().lock(user.id());
          }
          stores
              .idempotencyKeys()
              .take(user.id(), job.id().toString(), "h", job.id(), Fixtures.NOW, Fixtures.NOW);
          stores.users().lock(user.id());
          stores.jobs().countActive(user.id());
          stores.usage().reserve(job.id(), user.id(), job.usagePeriod(), all());
          stores.jobs().add(job);
          stores.queue().add(job.id(), Duration.ZERO, Duration.ofHours(1));
        });
  }

  @Test
  void tasks_of_one_job_that_end_together_while_its_text_is_written() {
    Job job = givenRunning(givenUser());
    AtomicInteger seq = new AtomicInteger();
    AtomicInteger version = new AtomicInteger();
    eachRunsOnce(
        (stores, number) -> {
          int next = seq.incrementAndGet();
          LogEntry entry =
              LogEntry.Milestone.of(next, Fixtures.NOW, new JobEvent.TaskStarted(Task.EDIT));
          stores.events().append(List.of(new Batch(job.id(), 1, List.of(entry))));
          if (number % 2 == 0) {
            Format format = Format.values()[number / 2];
            stores
                .artifacts()
                .add(job.id(), Fixtures.aStoredArtifact(format, version.incrementAndGet()));
            stores.jobs().saveTask(job.id(), 1, JobTask.waiting(Task.EDIT));
            stores.usage().settle(job.id(), format);
            stores.jobs().saveResult(job.id(), 1, format, new FormatResult.Ready());
          }
        });
  }

  @Test
  void flushes_and_signs_of_life_of_many_jobs_in_any_order() {
    User user = givenUser();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      jobs.add(givenRunning(user));
    }
    AtomicInteger seq = new AtomicInteger();
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    System.out.println("order of the jobs by seed " + seed);
    Random random = new Random(seed);
    eachRunsOnce(
        (stores, number) -> {
          if (number % 2 == 0) {
            stores.jobs().heartbeat(worker, jobs.stream().map(Job::id).toList());
            return;
          }
          List<Job> shuffled = new ArrayList<>(jobs);
          Collections.shuffle(shuffled, random);
          LogEntry entry =
              LogEntry.Milestone.of(
                  seq.incrementAndGet(), Fixtures.NOW, new JobEvent.TaskStarted(Task.EDIT));
          stores
              .events()
              .append(
                  shuffled.stream().map(job -> new Batch(job.id(), 1, List.of(entry))).toList());
        });
  }

  @Test
  void submits_and_endings_of_the_same_users_jobs() {
    User user = givenUser();
    List<Job> jobs = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < THREADS * ROUNDS; i++) {
      jobs.add(givenRunning(user));
    }
    eachRunsOnce(
        (stores, number) -> {
          if (number % 2 == 0) {
            stores.users().lock(user.id());
            Job job = Fixtures.aJob(user.id());
            stores.usage().reserve(job.id(), user.id(), job.usagePeriod(), all());
            stores.jobs().add(job);
          } else {
            Job ending = jobs.removeLast();
            stores.usage().release(ending.id());
            stores
                .jobs()
                .finish(
                    ending.id(),
                    1,
                    JobStatus.FAILED,
                    Fixtures.allFailed(ending),
                    Optional.of(Fixtures.aFailure()),
                    Fixtures.NOW);
          }
        });
  }
}
