package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.generation.Job;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link Transactions} keeps to. */
public abstract class TransactionsContract extends StorageHarness {
  private static final int ROUNDS = 50;

  /** For subclasses. */
  protected TransactionsContract() {}

  private Transactions transactions() {
    return storage().transactions();
  }

  @Test
  void what_the_work_returns_is_returned() {
    assertThat(transactions().<String>inTransaction(stores -> "done")).isEqualTo("done");
    assertThat(transactions().<String>inRelaxedTransaction(stores -> "done")).isEqualTo("done");
  }

  @Test
  void the_work_runs_on_the_calling_thread() {
    assertThat(transactions().<Thread>inTransaction(stores -> Thread.currentThread()))
        .isSameAs(Thread.currentThread());
    assertThat(transactions().<Thread>inRelaxedTransaction(stores -> Thread.currentThread()))
        .isSameAs(Thread.currentThread());
  }

  @Test
  void the_work_sees_its_own_writes() {
    User user = Fixtures.aUser();
    Optional<User> seen =
        in(
            stores -> {
              stores.users().add(user, Optional.empty());
              return stores.users().find(user.id());
            });
    assertThat(seen).contains(user);
  }

  @Test
  void reading_sees_what_was_committed_and_runs_on_the_calling_thread() {
    User user = givenUser();
    assertThat(transactions().<Optional<User>>read(stores -> stores.users().find(user.id())))
        .contains(user);
    assertThat(transactions().<Thread>read(stores -> Thread.currentThread()))
        .isSameAs(Thread.currentThread());
    IllegalStateException thrown = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                transactions()
                    .read(
                        stores -> {
                          throw thrown;
                        }))
        .isSameAs(thrown);
  }

  @Test
  void others_see_what_was_committed() throws InterruptedException {
    User user = givenUser();
    AtomicReference<Optional<User>> seen = new AtomicReference<>(Optional.empty());
    Thread other = new Thread(() -> seen.set(in(stores -> stores.users().find(user.id()))));
    other.start();
    other.join();
    assertThat(seen.get()).contains(user);
  }

  @Test
  void what_was_committed_without_waiting_for_the_disk_is_seen_too() {
    User user = Fixtures.aUser();
    transactions().inRelaxedTransaction(stores -> stores.users().add(user, Optional.empty()));
    assertThat(maybe(stores -> stores.users().find(user.id()))).contains(user);
  }

  @Test
  void others_see_all_of_a_transaction_or_nothing() {
    AtomicBoolean writing = new AtomicBoolean(true);
    List<User> firsts = new ArrayList<>();
    List<User> seconds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      firsts.add(Fixtures.aUser());
      seconds.add(Fixtures.aUser());
    }
    List<Boolean> whole =
        Race.between(
            List.of(
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    add(firsts.get(i), seconds.get(i));
                  }
                  writing.set(false);
                  return true;
                },
                () -> {
                  boolean neverTorn = true;
                  while (writing.get()) {
                    for (int i = 0; i < ROUNDS; i++) {
                      neverTorn &= bothOrNone(firsts.get(i), seconds.get(i));
                    }
                  }
                  return neverTorn;
                }));
    assertThat(whole).containsOnly(true);
  }

  /** Looks for the one written first before the other: the commit may come between the looks. */
  private boolean bothOrNone(User writtenFirst, User writtenLast) {
    return in(
        stores ->
            stores.users().find(writtenFirst.id()).isEmpty()
                || stores.users().find(writtenLast.id()).isPresent());
  }

  private void add(User first, User second) {
    run(
        stores -> {
          stores.users().add(first, Optional.empty());
          Race.letOthersIn();
          stores.users().add(second, Optional.empty());
        });
  }

  @Test
  void an_exception_of_the_work_undoes_all_it_wrote_and_is_rethrown_unchanged() {
    User former = givenUser();
    Job job = givenJob(former);
    User user = Fixtures.aUser();
    IllegalStateException thrown = new IllegalStateException("of the work");
    Transactions.Work<Void> work =
        stores -> {
          stores.users().add(user, Optional.empty());
          stores.jobs().requestCancel(job.id());
          stores.queue().add(job.id(), Duration.ZERO, Duration.ZERO);
          throw thrown;
        };
    assertThatThrownBy(() -> transactions().inTransaction(work)).isSameAs(thrown);
    assertThatThrownBy(() -> transactions().inRelaxedTransaction(work)).isSameAs(thrown);
    assertThat(maybe(stores -> stores.users().find(user.id()))).isEmpty();
    assertThat(maybe(stores -> stores.users().findByEmail(user.email().orElseThrow()))).isEmpty();
    assertThat(stored(job)).isEqualTo(job);
  }

  @Test
  void a_rollback_undoes_every_kind_of_change() {
    Everything everything = new Everything();
    run(everything::put);
    List<Object> before = look(everything);
    AtomicReference<List<Object>> during = new AtomicReference<>();
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      everything.change(stores);
                      during.set(everything.look(stores));
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
    for (int i = 0; i < before.size(); i++) {
      assertThat(during.get().get(i)).as("seen within").isNotEqualTo(before.get(i));
    }
    List<Object> after = look(everything);
    assertThat(after).isEqualTo(before);
  }

  /** A look that leaves no trace. */
  private List<Object> look(Everything everything) {
    AtomicReference<List<Object>> seen = new AtomicReference<>();
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      seen.set(everything.look(stores));
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
    return seen.get();
  }

  @Test
  void an_error_of_the_work_undoes_all_it_wrote_too() {
    User user = Fixtures.aUser();
    AssertionError thrown = new AssertionError("of the work");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.users().add(user, Optional.empty());
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(maybe(stores -> stores.users().find(user.id()))).isEmpty();
  }

  @Test
  void what_is_rolled_back_is_never_seen_by_others() {
    AtomicBoolean writing = new AtomicBoolean(true);
    User user = Fixtures.aUser();
    List<Boolean> unseen =
        Race.between(
            List.of(
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    addAndRollBack(user);
                  }
                  writing.set(false);
                  return true;
                },
                () -> {
                  boolean neverSeen = true;
                  while (writing.get()) {
                    neverSeen &= in(stores -> stores.users().find(user.id())).isEmpty();
                  }
                  return neverSeen;
                }));
    assertThat(unseen).containsOnly(true);
  }

  private void addAndRollBack(User user) {
    IllegalStateException rollBack = new IllegalStateException("roll back");
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.users().add(user, Optional.empty());
                      Race.letOthersIn();
                      throw rollBack;
                    }))
        .isSameAs(rollBack);
  }

  @Test
  void what_the_store_refuses_is_a_failure_and_undoes_the_rest() {
    User user = Fixtures.aUser();
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.users().add(user, Optional.empty());
                      stores.sessions().add(Fixtures.aSession(Fixtures.aUserId()));
                    }))
        .isInstanceOf(PortFailureException.class);
    assertThat(maybe(stores -> stores.users().find(user.id()))).isEmpty();
  }

  @Test
  void transactions_that_hold_things_in_opposite_orders_all_succeed() {
    User one = givenUser();
    User two = givenUser();
    Job job = givenJob(one);
    Race.of(
        4,
        number -> {
          for (int i = 0; i < 5; i++) {
            run(
                stores -> {
                  stores.users().lock(number % 2 == 0 ? one.id() : two.id());
                  stores.users().lock(number % 2 == 0 ? two.id() : one.id());
                  stores.jobs().requestCancel(job.id());
                });
          }
          return true;
        });
    assertThat(stored(job).cancelRequested()).isTrue();
  }

  @Test
  void a_transaction_cannot_begin_within_another() {
    assertThatThrownBy(() -> run(outer -> in(inner -> "never")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(transactions().<String>inTransaction(stores -> "after")).isEqualTo("after");
  }

  @Test
  void the_stores_are_of_no_use_after_the_transaction() {
    AtomicReference<Stores> leaked = new AtomicReference<>();
    AtomicReference<Users> leakedUsers = new AtomicReference<>();
    run(
        stores -> {
          leaked.set(stores);
          leakedUsers.set(stores.users());
        });
    assertThatThrownBy(() -> leaked.get().users().find(Fixtures.aUserId()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> leakedUsers.get().find(Fixtures.aUserId()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_stores_are_of_no_use_on_another_thread() {
    run(
        stores -> {
          AtomicReference<Throwable> thrown = new AtomicReference<>();
          Thread other =
              new Thread(
                  () -> {
                    try {
                      stores.users().find(Fixtures.aUserId());
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  });
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        });
  }
}
