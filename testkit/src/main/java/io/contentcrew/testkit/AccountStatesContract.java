package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import io.contentcrew.ports.user.Users.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Users} keeps to when accounts are closed, deleted and erased. */
public abstract class AccountStatesContract extends StorageHarness {
  private static final Instant END = Fixtures.NOW.plus(Duration.ofDays(30));

  /** For subclasses. */
  protected AccountStatesContract() {}

  private Optional<AccountState> state(User user) {
    return in(stores -> stores.users().account(user.id())).map(Account::state);
  }

  private void setDisabled(UserId id, boolean disabled) {
    run(stores -> stores.users().setDisabled(id, disabled));
  }

  private boolean delete(UserId id) {
    return delete(id, END);
  }

  private boolean delete(UserId id, Instant eraseAt) {
    return in(stores -> stores.users().delete(id, eraseAt));
  }

  private boolean erase(UserId id) {
    return in(stores -> stores.users().erase(id));
  }

  private List<UserId> erasable(Instant now, int limit) {
    return in(stores -> stores.users().erasable(now, limit));
  }

  @Test
  void an_account_is_active_at_first() {
    assertThat(state(givenUser())).contains(AccountState.ACTIVE);
  }

  @Test
  void an_account_is_closed_and_opened_again() {
    User user = givenUser();
    User other = givenUser();
    for (int i = 0; i < 2; i++) {
      setDisabled(user.id(), true);
      setDisabled(user.id(), true);
      assertThat(state(user)).contains(AccountState.DISABLED);
      setDisabled(user.id(), false);
      assertThat(state(user)).contains(AccountState.ACTIVE);
    }
    assertThat(state(other)).contains(AccountState.ACTIVE);
  }

  @Test
  void closing_the_account_of_nobody_does_nothing() {
    UserId nobody = Fixtures.aUserId();
    setDisabled(nobody, true);
    assertThat(maybe(stores -> stores.users().account(nobody))).isEmpty();
  }

  @Test
  void an_account_is_found_in_whatever_state_it_is() {
    User user = givenUser();
    setDisabled(user.id(), true);
    assertFoundEverywhere(user, AccountState.DISABLED);
    delete(user.id());
    assertFoundEverywhere(user, AccountState.DELETED);
  }

  private void assertFoundEverywhere(User user, AccountState state) {
    Account account = new Account(user, Optional.empty(), state);
    assertThat(maybe(stores -> stores.users().account(user.id()))).contains(account);
    assertThat(maybe(stores -> stores.users().findByEmail(user.email().orElseThrow())))
        .contains(account);
    assertThat(maybe(stores -> stores.users().find(user.id()))).contains(user);
    assertThat(maybe(stores -> stores.users().lock(user.id())).map(Account::user)).contains(user);
  }

  @Test
  void an_account_is_deleted_once() {
    User user = givenUser();
    User closed = givenUser();
    setDisabled(closed.id(), true);
    assertThat(delete(user.id())).isTrue();
    assertThat(delete(user.id(), Fixtures.NOW)).isFalse();
    assertThat(erasable(END.minusMillis(1), 10)).as("by the second call").isEmpty();
    assertThat(delete(closed.id())).isTrue();
    assertThat(delete(Fixtures.aUserId())).isFalse();
    assertThat(state(user)).contains(AccountState.DELETED);
  }

  @Test
  void of_those_who_delete_an_account_together_one_did() {
    User user = givenUser();
    assertThat(Race.of(16, number -> delete(user.id()))).containsOnlyOnce(true);
  }

  @Test
  void a_deleted_account_is_not_opened_again() {
    User user = givenUser();
    delete(user.id());
    setDisabled(user.id(), false);
    assertThat(state(user)).contains(AccountState.DELETED);
    setDisabled(user.id(), true);
    assertThat(state(user)).contains(AccountState.DELETED);
    assertThat(erasable(END, 10)).containsExactly(user.id());
  }

  @Test
  void a_deleted_account_keeps_its_address_until_it_is_erased() {
    User user = givenUser();
    delete(user.id());
    User next = Fixtures.aUser(user.email().orElseThrow().value());
    assertThat(yes(stores -> stores.users().add(next, Optional.empty()))).isFalse();
    erase(user.id());
    assertThat(yes(stores -> stores.users().add(next, Optional.empty()))).isTrue();
  }

  @Test
  void a_deleted_account_has_no_password() {
    User user = givenUser();
    run(stores -> stores.users().setPasswordHash(user.id(), Optional.of(new PasswordHash("h"))));
    delete(user.id());
    assertThat(maybe(stores -> stores.users().account(user.id())).orElseThrow().passwordHash())
        .isEmpty();
  }

  @Test
  void deleted_accounts_may_be_erased_from_their_time_on_the_longest_due_first() {
    User third = givenUser();
    User first = givenUser();
    User second = givenUser();
    setDisabled(givenUser().id(), true);
    givenUser();
    delete(third.id(), END.plusSeconds(3));
    delete(first.id(), END.plusSeconds(1));
    delete(second.id(), END.plusSeconds(2));
    assertThat(erasable(END.plusMillis(999), 10)).isEmpty();
    assertThat(erasable(END.plusSeconds(1), 10)).containsExactly(first.id());
    assertThat(erasable(END.plusSeconds(9), 10))
        .containsExactly(first.id(), second.id(), third.id());
    assertThat(erasable(END.plusSeconds(9), 2)).containsExactly(first.id(), second.id());
    erase(first.id());
    assertThat(erasable(END.plusSeconds(9), 2)).containsExactly(second.id(), third.id());
  }

  @Test
  void an_account_is_erased_with_everything_that_belongs_to_it_and_no_other_is() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    Belongings mine = new Belongings();
    Belongings others = new Belongings();
    run(mine::put);
    run(others::put);
    delete(mine.id());
    assertThat(erase(mine.id())).isTrue();
    List<String> left = in(mine::left);
    assertThat(left).isEmpty();
    List<String> ofOther = in(others::left);
    assertThat(ofOther).hasSize(27);
  }

  @Test
  void an_account_that_was_not_deleted_is_not_erased() {
    run(stores -> stores.tiers().seed(Fixtures.aCatalog()));
    Belongings mine = new Belongings();
    run(mine::put);
    assertThat(erase(mine.id())).isFalse();
    setDisabled(mine.id(), true);
    assertThat(erase(mine.id())).isFalse();
    setDisabled(mine.id(), false);
    List<String> left = in(mine::left);
    assertThat(left).hasSize(27);
  }

  @Test
  void an_account_is_erased_once() {
    User user = givenUser();
    delete(user.id());
    assertThat(Race.of(8, number -> erase(user.id()))).containsOnlyOnce(true);
    assertThat(erase(Fixtures.aUserId())).isFalse();
  }

  @Test
  void an_account_with_jobs_under_way_is_erased_too() {
    User user = givenUser();
    var worker = Fixtures.aWorker();
    var running = givenRunning(user, worker);
    delete(user.id());
    assertThat(erase(user.id())).isTrue();
    assertThat(maybe(stores -> stores.jobs().find(running.id()))).isEmpty();
    assertThat(list(stores -> stores.jobs().heartbeat(worker, List.of(running.id())))).isEmpty();
  }
}
