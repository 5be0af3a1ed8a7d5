package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.domain.user.Ticket;
import io.contentcrew.domain.user.Ticket.ProviderVisit.Link;
import io.contentcrew.domain.user.UserId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shape in which a ticket is kept as JSON: of each kind some of the members are there. */
record TicketJson(
    @Nullable String email,
    @Nullable String name,
    @Nullable String session,
    @Nullable String provider,
    @Nullable String verifier,
    @Nullable String nonce,
    @Nullable String browser,
    @Nullable String returnTo) {
  private static final Map<Class<? extends Ticket>, String> KINDS =
      Map.of(
          Ticket.SignUp.class, "sign_up",
          Ticket.VerifyEmail.class, "verify_email",
          Ticket.ResetPassword.class, "reset_password",
          Ticket.ProviderVisit.class, "provider_visit");

  /** The name of a kind. */
  static String kind(Class<? extends Ticket> kind) {
    return Objects.requireNonNull(KINDS.get(kind), "a kind of ticket that has no name");
  }

  /** The names of all kinds that are of that type. */
  static List<String> kinds(Class<? extends Ticket> type) {
    return KINDS.entrySet().stream()
        .filter(kind -> type.isAssignableFrom(kind.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The account that the ticket names. */
  static Optional<UserId> user(Ticket ticket) {
    return switch (ticket) {
      case Ticket.SignUp signUp -> Optional.empty();
      case Ticket.VerifyEmail verify -> Optional.of(verify.user());
      case Ticket.ResetPassword reset -> Optional.of(reset.user());
      case Ticket.ProviderVisit visit -> visit.link().map(Link::user);
    };
  }

  static TicketJson of(Ticket ticket) {
    return switch (ticket) {
      case Ticket.SignUp signUp -> of(signUp.email(), signUp.name());
      case Ticket.VerifyEmail verify -> of(verify.email(), null);
      case Ticket.ResetPassword reset -> of(reset.email(), null);
      case Ticket.ProviderVisit visit ->
          new TicketJson(
              null,
              null,
              visit.link().map(link -> link.session().toString()).orElse(null),
              visit.provider().value(),
              visit.verifier(),
              visit.nonce(),
              visit.browser().hex(),
              visit.returnTo());
    };
  }

  private static TicketJson of(EmailAddress email, @Nullable String name) {
    return new TicketJson(email.value(), name, null, null, null, null, null, null);
  }

  Ticket toTicket(String kind, Optional<UserId> user) {
    return switch (kind) {
      case "sign_up" -> new Ticket.SignUp(address(), there(name));
      case "verify_email" -> new Ticket.VerifyEmail(account(user), address());
      case "reset_password" -> new Ticket.ResetPassword(account(user), address());
      case "provider_visit" ->
          new Ticket.ProviderVisit(
              new ProviderName(there(provider)),
              there(verifier),
              there(nonce),
              new Digest(there(browser)),
              there(returnTo),
              user.map(owner -> new Link(owner, handle())));
      default -> throw Json.unreadable("ticket");
    };
  }

  private SessionHandle handle() {
    return new SessionHandle(UUID.fromString(there(session)));
  }

  private EmailAddress address() {
    return new EmailAddress(there(email));
  }

  private static UserId account(Optional<UserId> user) {
    return user.orElseThrow(() -> Json.unreadable("ticket"));
  }

  private static String there(@Nullable String member) {
    if (member == null) {
      throw Json.unreadable("ticket");
    }
    return member;
  }
}
