package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.generation.IdempotencyKeys;
import io.contentcrew.ports.generation.IdempotencyKeys.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link IdempotencyKeys} keeps to. */
public abstract class IdempotencyKeysContract extends StorageHarness {
  private static final Duration DAY = Duration.ofDays(1);

  /** For subclasses. */
  protected IdempotencyKeysContract() {}

  private Optional<Entry> take(UserId user, String key, JobId job, Instant now) {
    return in(
        stores ->
            stores.idempotencyKeys().take(user, key, "hash of " + job, job, now, now.plus(DAY)));
  }

  private Optional<Entry> take(UserId user, String key, JobId job) {
    return take(user, key, job, Fixtures.NOW);
  }

  private static Optional<Entry> heldBy(JobId job) {
    return Optional.of(new Entry("hash of " + job, job));
  }

  private int purge(Instant now, int limit) {
    return in(stores -> stores.idempotencyKeys().purge(now, limit));
  }

  @Test
  void the_first_job_gets_the_key_and_later_ones_get_to_know_whose_it_is() {
    UserId user = givenUser().id();
    JobId first = Fixtures.aJobId();
    assertThat(take(user, "key", first)).isEmpty();
    assertThat(take(user, "key", Fixtures.aJobId())).isEqualTo(heldBy(first));
    assertThat(take(user, "key", Fixtures.aJobId())).isEqualTo(heldBy(first));
  }

  @Test
  void the_job_that_has_the_key_may_take_it_again() {
    UserId user = givenUser().id();
    JobId job = Fixtures.aJobId();
    take(user, "key", job);
    assertThat(take(user, "key", job)).isEmpty();
    assertThat(take(user, "key", Fixtures.aJobId())).isEqualTo(heldBy(job));
  }

  @Test
  void a_key_belongs_to_its_user() {
    JobId job = Fixtures.aJobId();
    take(givenUser().id(), "key", job);
    UserId other = givenUser().id();
    assertThat(take(other, "key", Fixtures.aJobId())).isEmpty();
    assertThat(take(other, "Key", Fixtures.aJobId())).isEmpty();
  }

  @Test
  void a_key_that_has_expired_is_free_again() {
    UserId user = givenUser().id();
    JobId first = Fixtures.aJobId();
    take(user, "key", first);
    JobId second = Fixtures.aJobId();
    Instant end = Fixtures.NOW.plus(DAY);
    assertThat(take(user, "key", second, end.minusMillis(1))).isEqualTo(heldBy(first));
    assertThat(take(user, "key", second, end)).isEmpty();
    assertThat(take(user, "key", Fixtures.aJobId(), end)).isEqualTo(heldBy(second));
    assertThat(take(user, "key", Fixtures.aJobId(), end.plus(DAY).minusMillis(1)))
        .isEqualTo(heldBy(second));
  }

  @Test
  void of_jobs_that_race_for_a_key_one_gets_it_and_all_others_get_to_know_it() {
    UserId user = givenUser().id();
    for (int round = 0; round < 5; round++) {
      String key = "key " + round;
      List<JobId> jobs = Stream.generate(Fixtures::aJobId).limit(24).toList();
      List<Optional<Entry>> answers =
          Race.of(jobs.size(), number -> take(user, key, jobs.get(number)));
      assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
      JobId winner = jobs.get(answers.indexOf(Optional.<Entry>empty()));
      assertThat(answers)
          .filteredOn(Optional::isPresent)
          .allMatch(answer -> answer.equals(heldBy(winner)));
    }
  }

  @Test
  void those_who_wait_for_a_transaction_that_fails_get_the_key() {
    UserId user = givenUser().id();
    List<JobId> jobs = Stream.generate(Fixtures::aJobId).limit(12).toList();
    List<Boolean> taken =
        Race.of(
            jobs.size(),
            number -> {
              if (number % 2 == 0) {
                assertThatThrownBy(() -> takeAndFail(user, jobs.get(number)))
                    .isInstanceOf(IllegalStateException.class);
                return false;
              }
              return take(user, "key", jobs.get(number)).isEmpty();
            });
    assertThat(taken).containsOnlyOnce(true);
    JobId winner = jobs.get(taken.indexOf(true));
    assertThat(take(user, "key", Fixtures.aJobId())).isEqualTo(heldBy(winner));
  }

  private void takeAndFail(UserId user, JobId job) {
    run(
        stores -> {
          stores
              .idempotencyKeys()
              .take(user, "key", "hash of " + job, job, Fixtures.NOW, Fixtures.NOW.plus(DAY));
          Race.letOthersIn();
          throw new IllegalStateException("roll back");
        });
  }

  @Test
  void expired_keys_are_forgotten_and_counted() {
    UserId user = givenUser().id();
    JobId later = Fixtures.aJobId();
    take(user, "one", Fixtures.aJobId());
    take(user, "two", Fixtures.aJobId());
    take(user, "three", later, Fixtures.NOW.plusSeconds(60));
    Instant end = Fixtures.NOW.plus(DAY);
    assertThat(purge(end, 10)).isZero();
    assertThat(purge(end.plusMillis(1), 10)).isEqualTo(2);
    assertThat(purge(end.plusMillis(1), 10)).isZero();
    assertThat(take(user, "three", Fixtures.aJobId())).isEqualTo(heldBy(later));
  }

  @Test
  void forgetting_keys_goes_on_where_it_stopped() {
    UserId user = givenUser().id();
    for (int i = 0; i < 5; i++) {
      take(user, "key " + i, Fixtures.aJobId());
    }
    Instant later = Fixtures.NOW.plus(DAY).plusMillis(1);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(1);
    assertThat(purge(later, 2)).isZero();
  }

  @Test
  void keys_are_handed_over_and_the_others_own_stay() {
    UserId from = givenUser().id();
    UserId to = givenUser().id();
    JobId first = Fixtures.aJobId();
    JobId second = Fixtures.aJobId();
    JobId own = Fixtures.aJobId();
    take(from, "one", first);
    take(from, "both", second);
    take(to, "both", own);
    run(stores -> stores.idempotencyKeys().handOver(from, to));
    assertThat(take(to, "one", Fixtures.aJobId())).isEqualTo(heldBy(first));
    assertThat(take(to, "both", Fixtures.aJobId())).isEqualTo(heldBy(own));
    assertThat(take(from, "one", Fixtures.aJobId())).isEmpty();
    assertThat(take(from, "both", Fixtures.aJobId())).isEmpty();
  }
}
