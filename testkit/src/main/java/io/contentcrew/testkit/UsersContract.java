package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import io.contentcrew.ports.user.Users.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Users} keeps to. */
public abstract class UsersContract extends StorageHarness {
  private static final PasswordHash HASH = new PasswordHash("$hash$of$a$password");

  /** For subclasses. */
  protected UsersContract() {}

  private boolean add(User user, Optional<PasswordHash> hash) {
    return in(stores -> stores.users().add(user, hash));
  }

  private Optional<Users.Account> account(User user) {
    return in(stores -> stores.users().findByEmail(user.email().orElseThrow()));
  }

  private static Users.Account active(User user, Optional<PasswordHash> hash) {
    return new Users.Account(user, hash, AccountState.ACTIVE);
  }

  @Test
  void an_account_is_found_by_id_and_by_address() {
    User user = Fixtures.aUser();
    assertThat(add(user, Optional.of(HASH))).isTrue();
    assertThat(maybe(stores -> stores.users().find(user.id()))).contains(user);
    assertThat(account(user)).contains(active(user, Optional.of(HASH)));
  }

  @Test
  void an_account_may_have_no_password() {
    User user = Fixtures.aUser();
    add(user, Optional.empty());
    assertThat(account(user)).contains(active(user, Optional.empty()));
  }

  @Test
  void names_and_addresses_may_be_in_any_script() {
    User user =
        User.of(
            Fixtures.aUserId(),
            new EmailAddress("j\u00F6rg@b\u00FCcher.example"),
            "J\u00F6rg \u0141\u00F3d\u017A \uD83D\uDD8B '; drop table users; --",
            Fixtures.NOW);
    add(user, Optional.empty());
    assertThat(maybe(stores -> stores.users().find(user.id()))).contains(user);
    assertThat(account(user)).isPresent();
  }

  @Test
  void an_account_that_is_not_there_is_not_found() {
    givenUser();
    User stranger = Fixtures.aUser();
    assertThat(maybe(stores -> stores.users().find(stranger.id()))).isEmpty();
    assertThat(account(stranger)).isEmpty();
    assertThat(maybe(stores -> stores.users().lock(stranger.id()))).isEmpty();
  }

  @Test
  void an_address_is_taken_once() {
    User first = Fixtures.aUser("one@example.com");
    User second = Fixtures.aUser("ONE@example.com");
    assertThat(add(first, Optional.of(HASH))).isTrue();
    assertThat(add(second, Optional.empty())).isFalse();
    assertThat(maybe(stores -> stores.users().find(second.id()))).isEmpty();
    assertThat(account(second)).contains(active(first, Optional.of(HASH)));
  }

  @Test
  void an_id_is_taken_once() {
    User first = givenUser();
    User second = User.of(first.id(), new EmailAddress("b@example.com"), "B", Fixtures.NOW);
    assertThat(add(second, Optional.empty())).isFalse();
    assertThat(maybe(stores -> stores.users().find(first.id()))).contains(first);
    assertThat(account(second)).isEmpty();
  }

  @Test
  void of_accounts_that_race_for_an_address_one_is_added() {
    for (int round = 0; round < 5; round++) {
      String email = "racer" + round + "@example.com";
      List<Boolean> added = Race.of(16, number -> add(Fixtures.aUser(email), Optional.empty()));
      assertThat(added).containsOnlyOnce(true);
    }
  }

  @Test
  void a_password_is_replaced() {
    User user = givenUser();
    PasswordHash changed = new PasswordHash("$another");
    run(stores -> stores.users().setPasswordHash(user.id(), Optional.of(HASH)));
    assertThat(account(user).orElseThrow().passwordHash()).contains(HASH);
    run(stores -> stores.users().setPasswordHash(user.id(), Optional.of(changed)));
    assertThat(account(user).orElseThrow().passwordHash()).contains(changed);
  }

  @Test
  void replacing_the_password_of_nobody_does_nothing() {
    User user = givenUser();
    run(stores -> stores.users().setPasswordHash(Fixtures.aUserId(), Optional.of(HASH)));
    assertThat(account(user).orElseThrow().passwordHash()).isEmpty();
  }

  @Test
  void an_account_tells_whether_its_address_was_proved() {
    User proved = Fixtures.aUser().withVerifiedEmail();
    add(proved, Optional.empty());
    assertThat(maybe(stores -> stores.users().find(proved.id()))).contains(proved);
    assertThat(account(proved)).contains(active(proved, Optional.empty()));
    assertThat(maybe(stores -> stores.users().account(proved.id())))
        .contains(active(proved, Optional.empty()));
  }

  @Test
  void accounts_without_an_address_are_not_in_each_others_way() {
    User one = Fixtures.aUserWithoutEmail();
    User two = Fixtures.aUserWithoutEmail();
    assertThat(add(one, Optional.empty())).isTrue();
    assertThat(add(two, Optional.empty())).isTrue();
    assertThat(maybe(stores -> stores.users().find(one.id()))).contains(one);
    assertThat(maybe(stores -> stores.users().lock(two.id())).map(Account::user)).contains(two);
  }

  @Test
  void an_address_is_marked_as_its_owners() {
    User user = givenUser();
    User other = givenUser();
    EmailAddress email = user.email().orElseThrow();
    for (int i = 0; i < 2; i++) {
      assertThat(yes(stores -> stores.users().verifyEmail(user.id(), email))).isTrue();
      assertThat(maybe(stores -> stores.users().find(user.id())))
          .contains(user.withVerifiedEmail());
    }
    assertThat(maybe(stores -> stores.users().find(other.id()))).contains(other);
  }

  @Test
  void an_address_that_is_not_the_accounts_any_more_proves_nothing() {
    User user = givenUser();
    User without = Fixtures.aUserWithoutEmail();
    add(without, Optional.empty());
    EmailAddress another = new EmailAddress("another@example.com");
    for (User account : List.of(user, without)) {
      assertThat(yes(stores -> stores.users().verifyEmail(account.id(), another))).isFalse();
      assertThat(maybe(stores -> stores.users().find(account.id()))).contains(account);
    }
    assertThat(yes(stores -> stores.users().verifyEmail(Fixtures.aUserId(), another))).isFalse();
  }

  @Test
  void an_address_that_was_taken_away_is_free() {
    User user = Fixtures.aUser().withVerifiedEmail();
    add(user, Optional.of(HASH));
    EmailAddress email = user.email().orElseThrow();
    for (int i = 0; i < 2; i++) {
      run(stores -> stores.users().releaseEmail(user.id()));
      assertThat(account(user)).isEmpty();
      User left = new User(user.id(), Optional.empty(), false, user.name(), user.createdAt());
      assertThat(maybe(stores -> stores.users().account(user.id())))
          .contains(active(left, Optional.of(HASH)));
    }
    assertThat(yes(stores -> stores.users().verifyEmail(user.id(), email))).isFalse();
    User next = Fixtures.aUser(email.value());
    assertThat(add(next, Optional.empty())).isTrue();
    run(stores -> stores.users().releaseEmail(user.id()));
    assertThat(account(next)).contains(active(next, Optional.empty()));
  }

  @Test
  void a_password_is_taken_away() {
    User user = Fixtures.aUser();
    add(user, Optional.of(HASH));
    run(stores -> stores.users().setPasswordHash(user.id(), Optional.empty()));
    assertThat(account(user).orElseThrow().passwordHash()).isEmpty();
  }

  private boolean replace(User user, PasswordHash old, PasswordHash by) {
    return in(stores -> stores.users().replacePasswordHash(user.id(), old, by));
  }

  @Test
  void a_password_that_was_changed_meanwhile_is_not_replaced() {
    PasswordHash stronger = new PasswordHash("$stronger");
    User user = Fixtures.aUser();
    add(user, Optional.of(HASH));
    assertThat(replace(user, HASH, stronger)).isTrue();
    assertThat(account(user).orElseThrow().passwordHash()).contains(stronger);
    assertThat(replace(user, HASH, new PasswordHash("$other"))).isFalse();
    assertThat(account(user).orElseThrow().passwordHash()).contains(stronger);
    run(stores -> stores.users().setPasswordHash(user.id(), Optional.empty()));
    assertThat(replace(user, stronger, HASH)).isFalse();
    assertThat(account(user).orElseThrow().passwordHash()).isEmpty();
    assertThat(replace(Fixtures.aUser(), HASH, stronger)).isFalse();
  }

  @Test
  void of_those_who_replace_a_password_together_one_does() {
    User user = Fixtures.aUser();
    add(user, Optional.of(HASH));
    List<Boolean> replaced =
        Race.of(16, number -> replace(user, HASH, new PasswordHash("$by" + number)));
    assertThat(replaced).containsOnlyOnce(true);
    assertThat(account(user).orElseThrow().passwordHash())
        .contains(new PasswordHash("$by" + replaced.indexOf(true)));
  }

  @Test
  void holding_an_account_tells_who_it_is() {
    User user = givenUser();
    assertThat(maybe(stores -> stores.users().lock(user.id())).map(Account::user)).contains(user);
  }

  @Test
  void what_is_read_under_the_lock_stays_true_until_the_end() {
    User user = givenUser();
    List<Boolean> added =
        Race.of(
            12,
            number ->
                in(
                    stores -> {
                      stores.users().lock(user.id());
                      if (stores.jobs().countActive(user.id()) >= 3) {
                        return false;
                      }
                      stores.jobs().add(Fixtures.aJob(user.id()));
                      return true;
                    }));
    assertThat(added).filteredOn(Boolean::booleanValue).hasSize(3);
    assertThat(number(stores -> stores.jobs().countActive(user.id()))).isEqualTo(3);
  }

  @Test
  void those_who_do_not_lock_cannot_change_what_was_read_under_the_lock() {
    User user = givenUser();
    List<Boolean> stayedTrue =
        Race.of(
            8,
            number -> {
              if (number % 2 == 0) {
                run(stores -> stores.jobs().add(Fixtures.aJob(user.id())));
                return true;
              }
              return in(
                  stores -> {
                    stores.users().lock(user.id());
                    int before = stores.jobs().countActive(user.id());
                    Race.letOthersIn();
                    return stores.jobs().countActive(user.id()) == before;
                  });
            });
    assertThat(stayedTrue).containsOnly(true);
  }

  // ---- guests

  private User givenGuest(Instant since) {
    User guest = User.guest(Fixtures.aUserId(), since);
    assertThat(add(guest, Optional.empty())).isTrue();
    return guest;
  }

  private List<UserId> guests(Instant cameBefore, int limit) {
    return in(stores -> stores.users().guests(cameBefore, limit));
  }

  @Test
  void a_guest_is_found_as_one_and_is_in_nobodys_way() {
    User guest = givenGuest(Fixtures.NOW);
    givenGuest(Fixtures.NOW);
    User user = givenUser();
    assertThat(maybe(stores -> stores.users().find(guest.id()))).contains(guest);
    assertThat(maybe(stores -> stores.users().account(guest.id())))
        .contains(active(guest, Optional.empty()));
    assertThat(maybe(stores -> stores.users().find(user.id())).orElseThrow().guest()).isFalse();
  }

  @Test
  void guests_who_came_before_then_are_named_the_longest_here_first() {
    givenUser();
    Instant until = Fixtures.NOW.plusSeconds(3);
    User second = givenGuest(Fixtures.NOW.plusSeconds(2));
    User first = givenGuest(Fixtures.NOW.plusSeconds(1));
    givenGuest(until);
    User deleted = givenGuest(Fixtures.NOW);
    run(stores -> stores.users().delete(deleted.id(), Fixtures.NOW));
    assertThat(guests(until, 10)).containsExactly(first.id(), second.id());
    assertThat(guests(until, 1)).containsExactly(first.id());
    assertThat(guests(first.createdAt(), 10)).isEmpty();
  }
}
