package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.Ticket.ProviderVisit.Link;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.user.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Tickets} keeps to. */
public abstract class TicketsContract extends StorageHarness {
  private static final Instant END = Fixtures.NOW.plus(Duration.ofMinutes(10));
  private static final EmailAddress EMAIL = new EmailAddress("j\u00F6rg@b\u00FCcher.example");

  /** For subclasses. */
  protected TicketsContract() {}

  private Digest given(Ticket ticket) {
    return given(ticket, END);
  }

  private Digest given(Ticket ticket, Instant end) {
    Digest token = Fixtures.aDigest();
    run(stores -> stores.tickets().add(token, ticket, end));
    return token;
  }

  private <T extends Ticket> Optional<T> take(Digest token, Class<T> kind) {
    return take(token, kind, Fixtures.NOW);
  }

  private <T extends Ticket> Optional<T> take(Digest token, Class<T> kind, Instant now) {
    return in(stores -> stores.tickets().take(token, kind, now));
  }

  private static Ticket.ProviderVisit visit(Optional<UserId> owner) {
    return new Ticket.ProviderVisit(
        new ProviderName("google"),
        "verifier-" + "v".repeat(40),
        "nonce",
        Fixtures.aDigest(),
        "/pieces?of=\u0141&x='\"",
        owner.map(user -> new Link(user, new SessionHandle(UUID.randomUUID()))));
  }

  @Test
  void a_ticket_of_every_kind_is_taken_as_it_was_kept() {
    UserId user = givenUser().id();
    for (Ticket ticket :
        List.of(
            new Ticket.SignUp(EMAIL, "J\u00F6rg \uD83D\uDD8B \"'"),
            new Ticket.VerifyEmail(user, EMAIL),
            new Ticket.ResetPassword(user, EMAIL),
            visit(Optional.of(user)),
            visit(Optional.empty()))) {
      Digest token = given(ticket);
      Optional<? extends Ticket> taken = take(token, ticket.getClass());
      assertThat(taken.map(Ticket.class::cast)).contains(ticket);
    }
  }

  @Test
  void a_ticket_that_is_looked_at_stays_until_it_is_taken() {
    Digest token = given(Fixtures.aTicket());
    Class<Ticket.SignUp> kind = Ticket.SignUp.class;
    assertThat(maybe(stores -> stores.tickets().find(token, kind, Fixtures.NOW))).isPresent();
    assertThat(maybe(stores -> stores.tickets().find(token, kind, Fixtures.NOW))).isPresent();
    assertThat(maybe(stores -> stores.tickets().find(token, kind, END))).isEmpty();
    assertThat(
            maybe(stores -> stores.tickets().find(token, Ticket.ResetPassword.class, Fixtures.NOW)))
        .isEmpty();
    assertThat(take(token, kind)).isPresent();
    assertThat(maybe(stores -> stores.tickets().find(token, kind, Fixtures.NOW))).isEmpty();
  }

  @Test
  void there_is_no_ticket_once_it_was_taken() {
    Digest token = given(Fixtures.aTicket());
    Digest other = given(Fixtures.aTicket());
    assertThat(take(token, Ticket.SignUp.class)).isPresent();
    assertThat(take(token, Ticket.SignUp.class)).isEmpty();
    assertThat(take(other, Ticket.SignUp.class)).isPresent();
  }

  @Test
  void of_those_who_take_a_ticket_together_one_has_it() {
    for (int round = 0; round < 5; round++) {
      Digest token = given(Fixtures.aTicket());
      List<Boolean> taken = Race.of(16, number -> take(token, Ticket.SignUp.class).isPresent());
      assertThat(taken).containsOnlyOnce(true);
    }
  }

  @Test
  void a_ticket_that_is_taken_in_vain_is_there_for_the_next() {
    Digest token = given(Fixtures.aTicket());
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.tickets().take(token, Ticket.SignUp.class, Fixtures.NOW);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(take(token, Ticket.SignUp.class)).isPresent();
  }

  @Test
  void a_ticket_of_another_kind_stays() {
    Digest token = given(Fixtures.aTicket(givenUser().id()));
    assertThat(take(token, Ticket.SignUp.class)).isEmpty();
    assertThat(take(token, Ticket.VerifyEmail.class)).isEmpty();
    assertThat(take(token, Ticket.ProviderVisit.class)).isEmpty();
    assertThat(take(token, Ticket.ResetPassword.class)).isPresent();
  }

  @Test
  void a_ticket_is_worth_nothing_from_the_instant_it_expires() {
    assertThat(take(given(Fixtures.aTicket()), Ticket.SignUp.class, END.minusMillis(1)))
        .isPresent();
    assertThat(take(given(Fixtures.aTicket()), Ticket.SignUp.class, END)).isEmpty();
    assertThat(take(given(Fixtures.aTicket()), Ticket.SignUp.class, END.plusSeconds(9))).isEmpty();
  }

  @Test
  void a_ticket_that_is_not_there_is_not_taken() {
    given(Fixtures.aTicket());
    assertThat(take(Fixtures.aDigest(), Ticket.SignUp.class)).isEmpty();
  }

  @Test
  void a_token_stands_for_one_ticket() {
    Ticket.SignUp ticket = Fixtures.aTicket();
    Digest token = given(ticket);
    assertThatThrownBy(
            () ->
                run(stores -> stores.tickets().add(token, Fixtures.aTicket(), END.plusSeconds(9))))
        .isInstanceOf(PortFailureException.class);
    assertThat(take(token, Ticket.SignUp.class)).contains(ticket);
  }

  @Test
  void a_ticket_needs_the_account_that_it_names() {
    UserId nobody = Fixtures.aUserId();
    for (Ticket ticket :
        List.of(
            new Ticket.VerifyEmail(nobody, EMAIL),
            new Ticket.ResetPassword(nobody, EMAIL),
            visit(Optional.of(nobody)))) {
      assertThatThrownBy(() -> given(ticket)).isInstanceOf(PortFailureException.class);
    }
  }

  @Test
  void all_tickets_that_name_an_account_are_removed_and_no_others() {
    User user = givenUser();
    UserId other = givenUser().id();
    Digest verify = given(new Ticket.VerifyEmail(user.id(), EMAIL));
    Digest reset = given(Fixtures.aTicket(user.id()));
    Digest link = given(visit(Optional.of(user.id())));
    Digest signUp = given(new Ticket.SignUp(user.email().orElseThrow(), "Ada"));
    Digest signIn = given(visit(Optional.empty()));
    Digest ofOther = given(Fixtures.aTicket(other));
    run(stores -> stores.tickets().removeAll(user.id()));
    assertThat(take(verify, Ticket.VerifyEmail.class)).isEmpty();
    assertThat(take(reset, Ticket.ResetPassword.class)).isEmpty();
    assertThat(take(link, Ticket.ProviderVisit.class)).isEmpty();
    assertThat(take(signUp, Ticket.SignUp.class)).isPresent();
    assertThat(take(signIn, Ticket.ProviderVisit.class)).isPresent();
    assertThat(take(ofOther, Ticket.ResetPassword.class)).isPresent();
  }

  private int purge(Instant expiredBefore, int limit) {
    return in(stores -> stores.tickets().purge(expiredBefore, limit));
  }

  @Test
  void tickets_that_expired_before_are_forgotten_and_others_are_not() {
    given(Fixtures.aTicket());
    Digest later = given(Fixtures.aTicket(), END.plusSeconds(60));
    assertThat(purge(END, 10)).as("expired not before, but then").isZero();
    assertThat(purge(END.plusMillis(1), 10)).isEqualTo(1);
    assertThat(purge(END.plusMillis(1), 10)).isZero();
    assertThat(take(later, Ticket.SignUp.class)).isPresent();
  }

  @Test
  void forgetting_tickets_goes_on_where_it_stopped() {
    for (int i = 0; i < 5; i++) {
      given(Fixtures.aTicket());
    }
    Instant later = END.plusMillis(1);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(2);
    assertThat(purge(later, 2)).isEqualTo(1);
    assertThat(purge(later, 2)).isZero();
  }
}
