package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Letter;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.LetterId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Letters;
import io.contentcrew.ports.user.Letters.Due;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Letters} keeps to. */
public abstract class LettersContract extends StorageHarness {
  private static final Duration LEASE = Duration.ofMinutes(1);

  /** For subclasses. */
  protected LettersContract() {}

  private Letter given(Letter letter) {
    run(stores -> stores.letters().add(letter));
    return letter;
  }

  private List<Due> take() {
    return take(100);
  }

  private List<Due> take(int limit) {
    return in(stores -> stores.letters().take(clock.instant(), LEASE, limit));
  }

  private List<Letter> taken(int limit) {
    return take(limit).stream().map(Due::letter).toList();
  }

  @Test
  void a_letter_is_due_at_once_and_given_out_as_it_was_written() {
    UserId user = givenUser().id();
    for (Matter matter :
        List.of(
            new Matter.ConfirmSignUp("J\u00F6rg \uD83D\uDD8B \"'"),
            new Matter.AddressInUse(user),
            new Matter.VerifyEmail(user),
            new Matter.ResetPassword(user),
            new Matter.PasswordChanged(user),
            new Matter.AccessAdded(user),
            new Matter.PaymentFailed(user, Optional.of(URI.create("https://pay.example/?a=b%20c"))),
            new Matter.PaymentFailed(user, Optional.empty()),
            new Matter.TrialEnding(user, Optional.of(Fixtures.NOW.plusNanos(123_456_000))),
            new Matter.TrialEnding(user, Optional.empty()),
            new Matter.PlanEnded(user, new TierId("pro")),
            new Matter.AccountDeleted())) {
      Letter letter = given(Fixtures.aLetter(matter, clock.instant()));
      assertThat(take()).containsExactly(new Due(letter, 1));
    }
  }

  @Test
  void a_letter_that_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed() {
    Letter letter = given(Fixtures.aLetter());
    take();
    assertThat(take()).isEmpty();
    pass(LEASE.minusMillis(1));
    assertThat(take()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take()).containsExactly(new Due(letter, 2));
    assertThat(take()).isEmpty();
    pass(LEASE);
    assertThat(take()).containsExactly(new Due(letter, 3));
  }

  @Test
  void the_longest_due_is_given_out_first_and_no_more_than_are_wanted() {
    Letter third = given(letter(Fixtures.NOW.minusSeconds(1)));
    Letter first = given(letter(Fixtures.NOW.minusSeconds(3)));
    Letter second = given(letter(Fixtures.NOW.minusSeconds(2)));
    assertThat(taken(2)).containsExactly(first, second);
    assertThat(taken(2)).containsExactly(third);
    assertThat(taken(2)).isEmpty();
    pass(LEASE);
    assertThat(taken(100)).containsExactlyInAnyOrder(first, second, third);
  }

  private static Letter letter(Instant writtenAt) {
    return Fixtures.aLetter(new Matter.AccountDeleted(), writtenAt);
  }

  @Test
  void of_those_who_take_letters_together_each_is_given_others() {
    List<Letter> letters = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      letters.add(given(Fixtures.aLetter()));
    }
    List<List<Letter>> taken =
        Race.of(
            8,
            number -> {
              List<Letter> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                mine.addAll(taken(5));
              }
              return mine;
            });
    assertThat(taken.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(letters);
  }

  @Test
  void a_letter_that_was_removed_is_not_given_out_again() {
    Letter letter = given(Fixtures.aLetter());
    Letter other = given(Fixtures.aLetter());
    take();
    run(stores -> stores.letters().remove(letter.id()));
    run(stores -> stores.letters().remove(letter.id()));
    pass(LEASE);
    assertThat(taken(100)).containsExactly(other);
  }

  @Test
  void a_letter_that_was_postponed_is_due_then() {
    Letter letter = given(Fixtures.aLetter());
    Letter other = given(Fixtures.aLetter());
    take();
    Instant until = Fixtures.NOW.plus(LEASE.multipliedBy(3));
    run(stores -> stores.letters().postpone(letter.id(), until));
    pass(LEASE);
    assertThat(taken(100)).containsExactly(other);
    pass(LEASE.multipliedBy(2).minusMillis(1));
    assertThat(taken(100)).containsExactly(other);
    pass(Duration.ofMillis(1));
    assertThat(take()).containsExactly(new Due(letter, 2));
  }

  @Test
  void a_letter_may_be_due_again_before_its_lease_has_passed() {
    Letter letter = given(Fixtures.aLetter());
    take();
    run(stores -> stores.letters().postpone(letter.id(), Fixtures.NOW.plusSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(take()).containsExactly(new Due(letter, 2));
  }

  @Test
  void postponing_or_removing_what_is_not_there_does_nothing() {
    LetterId none = new LetterId(UUID.randomUUID());
    run(
        stores -> {
          stores.letters().postpone(none, Fixtures.NOW);
          stores.letters().remove(none);
        });
    assertThat(take()).isEmpty();
  }

  @Test
  void a_letter_needs_the_account_that_it_is_about() {
    assertThatThrownBy(() -> given(Fixtures.aLetter(Fixtures.aUserId())))
        .isInstanceOf(PortFailureException.class);
    assertThat(take()).isEmpty();
  }

  @Test
  void a_letter_is_added_once() {
    Letter letter = given(Fixtures.aLetter());
    assertThatThrownBy(() -> given(letter)).isInstanceOf(PortFailureException.class);
    assertThat(take()).containsExactly(new Due(letter, 1));
  }

  @Test
  void a_letter_goes_with_its_account_and_one_about_none_stays() {
    UserId user = givenUser().id();
    given(Fixtures.aLetter(user));
    Letter farewell = given(Fixtures.aLetter());
    Letter ofOther = given(Fixtures.aLetter(givenUser().id()));
    run(
        stores -> {
          stores.users().delete(user, Fixtures.NOW);
          stores.users().erase(user);
        });
    assertThat(taken(100)).containsExactlyInAnyOrder(farewell, ofOther);
  }

  @Test
  void a_letter_of_a_transaction_that_failed_was_never_written() {
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.letters().add(Fixtures.aLetter());
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(take()).isEmpty();
  }
}
