package io.contentcrew.testkit;

import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.generation.JobStatus;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.Jobs.Claim;
import io.contentcrew.ports.generation.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What all contracts of stores share: a storage for each test, and a hand on its clock. A test of
 * an adapter extends a contract, and says as a {@link StorageSubject} what the adapter's storage
 * is.
 */
public abstract class StorageHarness implements StorageSubject {
  /** After which a silent worker is dead, in these tests. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(15);

  /** What the tests pass as {@code now}. */
  protected final TestClock clock = new TestClock(Fixtures.NOW);

  private Storage storage;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the storage up before each test
  protected StorageHarness() {}

  /** Lets {@code time} pass, for the store and for {@link #clock}. */
  protected final void pass(Duration time) {
    pass(clock, time);
  }

  @BeforeEach
  final void openStorage() {
    storage = open(clock);
  }

  @AfterEach
  final void closeStorage() {
    storage.close();
  }

  /** The storage of this test. */
  protected final Storage storage() {
    return storage;
  }

  /** Does something in a transaction. */
  protected final <T> T in(Transactions.Work<T> work) {
    return storage.transactions().inTransaction(work);
  }

  // The same for results of one type: assertThat has too many overloads to infer it.

  final <T> Optional<T> maybe(Transactions.Work<Optional<T>> work) {
    return in(work);
  }

  final <T> List<T> list(Transactions.Work<List<T>> work) {
    return in(work);
  }

  final boolean yes(Transactions.Work<Boolean> work) {
    return in(work);
  }

  final long number(ToLongFunction<Stores> work) {
    return this.<Long>in(work::applyAsLong);
  }

  /** Does something in a transaction that has no result. */
  protected final void run(Consumer<Stores> work) {
    in(
        stores -> {
          work.accept(stores);
          return true;
        });
  }

  /** A user who is stored. */
  protected final User givenUser() {
    User user = Fixtures.aUser();
    run(stores -> stores.users().add(user, Optional.empty()));
    return user;
  }

  /** A pending job that is stored. */
  protected final Job givenJob(User owner) {
    return givenJob(owner, Fixtures.aBrief());
  }

  /** A pending job that is stored. */
  protected final Job givenJob(User owner, Brief brief) {
    Job job = Fixtures.aJob(owner.id(), brief);
    run(stores -> stores.jobs().add(job));
    return job;
  }

  /** A job that runs at {@code worker}, as it is after the claim. */
  protected final Job givenRunning(User owner, WorkerId worker) {
    return claim(givenJob(owner), worker);
  }

  /** Takes a job up for {@code worker}. */
  protected final Job claim(Job job, WorkerId worker) {
    Claim claim = in(stores -> stores.jobs().claim(job.id(), worker, DEAD_AFTER));
    if (claim instanceof Claim.Taken taken) {
      return taken.job();
    }
    throw new AssertionError("the job could not be taken up: " + claim);
  }

  /** Ends a running job with everything ready. */
  protected final Job finish(Job running) {
    boolean finished =
        in(
            stores ->
                stores
                    .jobs()
                    .finish(
                        running.id(),
                        running.attempt(),
                        JobStatus.COMPLETED,
                        Fixtures.allReady(running),
                        Optional.empty(),
                        clock.instant()));
    if (!finished) {
      throw new AssertionError("the job could not be finished");
    }
    return stored(running);
  }

  /** The job as the store has it. */
  protected final Job stored(Job job) {
    return in(stores -> stores.jobs().find(job.id())).orElseThrow();
  }
}
