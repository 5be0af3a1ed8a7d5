package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Identities;
import io.contentcrew.ports.user.Identities.Linked;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Identities} keeps to. */
public abstract class IdentitiesContract extends StorageHarness {
  private static final ProviderName GOOGLE = new ProviderName("google");

  /** For subclasses. */
  protected IdentitiesContract() {}

  private boolean link(User user, Identity identity) {
    return in(stores -> stores.identities().link(user.id(), identity, clock.instant()));
  }

  private Optional<UserId> find(Identity identity) {
    return in(stores -> stores.identities().find(identity));
  }

  private List<Linked> linked(User user) {
    return in(stores -> stores.identities().list(user.id()));
  }

  @Test
  void an_identity_that_is_linked_tells_whose_it_is() {
    User user = givenUser();
    givenUser();
    Identity identity = Fixtures.anIdentity();
    assertThat(find(identity)).isEmpty();
    assertThat(link(user, identity)).isTrue();
    assertThat(find(identity)).contains(user.id());
    assertThat(linked(user)).containsExactly(new Linked(identity, Fixtures.NOW));
  }

  @Test
  void identities_are_told_apart_by_provider_and_subject() {
    User user = givenUser();
    link(user, new Identity(GOOGLE, "one"));
    assertThat(find(new Identity(GOOGLE, "One"))).isEmpty();
    assertThat(find(new Identity(new ProviderName("github"), "one"))).isEmpty();
  }

  @Test
  void subjects_may_be_anything() {
    User user = givenUser();
    Identity identity = new Identity(GOOGLE, "\u0141' or 1=1 -- \uD83D\uDD8B".repeat(10));
    link(user, identity);
    assertThat(find(identity)).contains(user.id());
    assertThat(linked(user)).extracting(Linked::identity).containsExactly(identity);
  }

  @Test
  void linking_again_changes_nothing_and_says_that_it_is_linked() {
    User user = givenUser();
    Identity identity = Fixtures.anIdentity();
    link(user, identity);
    pass(Duration.ofHours(1));
    assertThat(link(user, identity)).isTrue();
    assertThat(linked(user)).containsExactly(new Linked(identity, Fixtures.NOW));
  }

  @Test
  void an_identity_belongs_to_one_account() {
    User owner = givenUser();
    User other = givenUser();
    Identity identity = Fixtures.anIdentity();
    link(owner, identity);
    assertThat(link(other, identity)).isFalse();
    assertThat(find(identity)).contains(owner.id());
    assertThat(linked(other)).isEmpty();
  }

  @Test
  void an_account_has_one_identity_at_each_provider() {
    User user = givenUser();
    Identity first = Fixtures.anIdentity("google");
    Identity second = Fixtures.anIdentity("google");
    Identity elsewhere = Fixtures.anIdentity("github");
    link(user, first);
    assertThat(link(user, second)).isFalse();
    assertThat(find(second)).isEmpty();
    assertThat(link(user, elsewhere)).isTrue();
    assertThat(linked(user)).extracting(Linked::identity).containsOnly(first, elsewhere);
  }

  @Test
  void a_transaction_goes_on_after_an_identity_that_could_not_be_linked() {
    User owner = givenUser();
    User other = givenUser();
    Identity taken = Fixtures.anIdentity("google");
    Identity free = Fixtures.anIdentity("github");
    link(owner, taken);
    run(
        stores -> {
          stores.identities().link(other.id(), taken, Fixtures.NOW);
          stores.identities().link(other.id(), free, Fixtures.NOW);
        });
    assertThat(find(free)).contains(other.id());
  }

  @Test
  void of_accounts_that_race_for_an_identity_one_has_it() {
    for (int round = 0; round < 5; round++) {
      List<User> users = Stream.generate(this::givenUser).limit(12).toList();
      Identity identity = Fixtures.anIdentity();
      List<Boolean> linked = Race.of(users.size(), number -> link(users.get(number), identity));
      assertThat(linked).containsOnlyOnce(true);
      assertThat(find(identity)).contains(users.get(linked.indexOf(true)).id());
    }
  }

  @Test
  void of_identities_at_one_provider_that_race_for_an_account_one_is_linked() {
    for (int round = 0; round < 5; round++) {
      User user = givenUser();
      List<Identity> identities = Stream.generate(Fixtures::anIdentity).limit(12).toList();
      List<Boolean> linked =
          Race.of(identities.size(), number -> link(user, identities.get(number)));
      assertThat(linked).containsOnlyOnce(true);
      assertThat(linked(user))
          .extracting(Linked::identity)
          .containsExactly(identities.get(linked.indexOf(true)));
    }
  }

  @Test
  void those_who_link_the_same_identity_to_the_same_account_together_all_hear_that_it_is_linked() {
    User user = givenUser();
    Identity identity = Fixtures.anIdentity();
    assertThat(Race.of(12, number -> link(user, identity))).containsOnly(true);
    assertThat(linked(user)).hasSize(1);
  }

  @Test
  void an_identity_needs_its_account() {
    Identity identity = Fixtures.anIdentity();
    assertThatThrownBy(() -> link(Fixtures.aUser(), identity))
        .isInstanceOf(PortFailureException.class);
    assertThat(find(identity)).isEmpty();
  }

  @Test
  void an_identity_is_found_in_whatever_state_its_account_is() {
    User user = givenUser();
    Identity identity = Fixtures.anIdentity();
    link(user, identity);
    run(stores -> stores.users().setDisabled(user.id(), true));
    assertThat(find(identity)).contains(user.id());
    run(stores -> stores.users().delete(user.id(), Fixtures.NOW));
    assertThat(find(identity)).contains(user.id());
  }

  @Test
  void the_identities_of_an_account_are_listed_the_oldest_first() {
    User user = givenUser();
    User other = givenUser();
    link(other, Fixtures.anIdentity("google"));
    Identity first = Fixtures.anIdentity("zoo");
    Identity second = Fixtures.anIdentity("facebook");
    Identity third = Fixtures.anIdentity("google");
    for (Identity identity : List.of(first, second, third)) {
      link(user, identity);
      pass(Duration.ofSeconds(1));
    }
    assertThat(linked(user))
        .containsExactly(
            new Linked(first, Fixtures.NOW),
            new Linked(second, Fixtures.NOW.plusSeconds(1)),
            new Linked(third, Fixtures.NOW.plusSeconds(2)));
  }

  @Test
  void an_identity_that_was_taken_off_is_free() {
    User user = givenUser();
    User other = givenUser();
    Identity identity = Fixtures.anIdentity("google");
    Identity kept = Fixtures.anIdentity("github");
    Identity ofOther = Fixtures.anIdentity("google");
    link(user, identity);
    link(user, kept);
    link(other, ofOther);
    assertThat(yes(stores -> stores.identities().unlink(user.id(), GOOGLE))).isTrue();
    assertThat(yes(stores -> stores.identities().unlink(user.id(), GOOGLE))).isFalse();
    assertThat(find(identity)).isEmpty();
    assertThat(find(kept)).contains(user.id());
    assertThat(find(ofOther)).contains(other.id());
    assertThat(linked(user)).extracting(Linked::identity).containsExactly(kept);
    assertThat(link(givenUser(), identity)).isTrue();
  }

  @Test
  void all_identities_of_an_account_are_taken_off_at_once() {
    User user = givenUser();
    User other = givenUser();
    Identity ofOther = Fixtures.anIdentity();
    link(other, ofOther);
    link(user, Fixtures.anIdentity("google"));
    link(user, Fixtures.anIdentity("github"));
    assertThat(number(stores -> stores.identities().unlinkAll(user.id()))).isEqualTo(2);
    assertThat(number(stores -> stores.identities().unlinkAll(user.id()))).isZero();
    assertThat(linked(user)).isEmpty();
    assertThat(find(ofOther)).contains(other.id());
    assertThat(link(user, Fixtures.anIdentity("google"))).isTrue();
  }
}
