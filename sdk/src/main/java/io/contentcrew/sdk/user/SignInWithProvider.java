package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.Ticket.ProviderVisit;
import io.contentcrew.domain.user.Ticket.ProviderVisit.Link;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.Identities.Linked;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.IdentityProvider.Profile;
import io.contentcrew.ports.user.IdentityProvider.RefusedException;
import io.contentcrew.ports.user.IdentityProvider.Return;
import io.contentcrew.ports.user.IdentityProvider.Visit;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Ids;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets users in whom an identity provider vouches for, and links identities to accounts. An
 * identity is the provider and its subject, never an address: one that meets an account with the
 * same address is linked only by whoever is signed in to it. Safe for use by many threads.
 */
public final class SignInWithProvider {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.user");

  private final AccountContext context;
  private final Proofs proofs;
  private final Map<ProviderName, IdentityProvider> providers = new LinkedHashMap<>();
  private final URI callbackBase;

  /** Providers send browsers back to {@code callbackBase/NAME/callback}. */
  SignInWithProvider(
      AccountContext context, Proofs proofs, List<IdentityProvider> providers, URI callbackBase) {
    this.context = context;
    this.proofs = proofs;
    providers.forEach(provider -> this.providers.put(provider.name(), provider));
    this.callbackBase = callbackBase;
  }

  /** The providers that can be used, in the order in which they were given. */
  public List<IdentityProvider> providers() {
    return List.copyOf(providers.values());
  }

  /** What became of the wish to go to a provider. */
  public sealed interface Start {
    /**
     * Send the browser to {@code address}.
     *
     * @param browser to be kept by the browser alone, and brought back: it shows that whoever comes
     *     back is who went
     * @param lifetime within it they must be back
     */
    record Started(URI address, Secret browser, Duration lifetime) implements Start {}

    /** There is no such provider here. */
    record UnknownProvider() implements Start {}

    /** It was not shown that it is the account's owner who wants an identity linked. */
    record NotProven(Proof.Verdict verdict) implements Start {}
  }

  /**
   * What a browser brought back from a provider, as the provider's answer has it.
   *
   * @param guest who it has been until now, if a guest: what they have made becomes the account's
   */
  public record Answer(
      Optional<String> state,
      Optional<String> code,
      Optional<String> error,
      Optional<String> issuer,
      Optional<String> browser,
      String device,
      Optional<UserId> guest) {
    /** Of somebody who has been no guest. */
    public Answer(
        Optional<String> state,
        Optional<String> code,
        Optional<String> error,
        Optional<String> issuer,
        Optional<String> browser,
        String device) {
      this(state, code, error, issuer, browser, device, Optional.empty());
    }

    @Override
    public String toString() {
      return "Answer[hidden]";
    }
  }

  /** What became of the visit. In all cases the reader goes back to the web page. */
  public sealed interface Outcome {
    /** They are in; {@code isNew} if the account was made just now. */
    record Admitted(NewSession session, boolean isNew, String returnTo) implements Outcome {}

    /** The identity is linked to the account. */
    record Linked(String returnTo) implements Outcome {}

    /** They are not in. */
    record Refused(Reason reason, String returnTo) implements Outcome {}
  }

  /** Why nobody was let in. */
  public enum Reason {
    /** The answer does not belong to a visit that began here, in this browser, lately. */
    INVALID_STATE,
    /** The reader turned back at the provider. */
    CANCELLED,
    /** The provider vouches for nobody. */
    PROVIDER_REFUSED,
    /** The provider cannot be asked now, or not by us. */
    PROVIDER_UNAVAILABLE,
    /** There is an account with that address: sign in to it, then link the identity. */
    ACCOUNT_EXISTS,
    /** The identity belongs to another account, or the account has another one there. */
    IDENTITY_TAKEN,
    /** The account is closed, or who wanted the identity linked has signed out meanwhile. */
    NOT_ALLOWED
  }

  /**
   * Begins a visit to sign in.
   *
   * @param returnTo where the reader wants to be afterwards: a path in the web page
   * @throws io.contentcrew.ports.PortUnavailableException if stores or provider cannot be had
   */
  public Start start(ProviderName name, String returnTo) {
    return start(name, returnTo, Optional.empty());
  }

  /**
   * Begins a visit to link an identity to the account that the session belongs to. The session must
   * still be open when the reader comes back.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if stores or provider cannot be had
   */
  public Start startLink(ProviderName name, String returnTo, Session session, Proof proof) {
    Proof.Verdict verdict = proofs.checkLately(session.userId(), proof);
    return verdict == Proof.Verdict.PROVEN
        ? start(name, returnTo, Optional.of(new Link(session.userId(), session.id().handle())))
        : new Start.NotProven(verdict);
  }

  private Start start(ProviderName name, String returnTo, Optional<Link> link) {
    IdentityProvider provider = providers.get(name);
    if (provider == null) {
      return new Start.UnknownProvider();
    }
    String state = Ids.token();
    String browser = Ids.token();
    ProviderVisit visit =
        new ProviderVisit(
            name, Ids.token(), Ids.token(), Digest.of(browser), pathOnly(returnTo), link);
    URI address = provider.authorizationUrl(visit(state, visit));
    Instant expiresAt = context.now().plus(visit.lifetime());
    context
        .transactions()
        .inTransaction(
            stores -> {
              stores.tickets().add(Digest.of(state), visit, expiresAt);
              return true;
            });
    return new Start.Started(address, Secret.of(browser), visit.lifetime());
  }

  /** Else a link could send readers from here to a stranger's page. */
  private static String pathOnly(String returnTo) {
    boolean path = returnTo.matches("/(?![/\\\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]{0,500}");
    return path ? returnTo : "/";
  }

  private Visit visit(String state, ProviderVisit visit) {
    URI back = URI.create(callbackBase + "/" + visit.provider() + "/callback");
    return new Visit(state, visit.nonce(), visit.verifier(), back);
  }

  /**
   * Ends a visit. Whatever comes of it, the same answer is not taken again.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if the stores cannot be had
   */
  public Outcome finish(ProviderName name, Answer answer) {
    Optional<ProviderVisit> taken = answer.state.flatMap(this::take);
    Optional<ProviderVisit> known =
        taken
            .filter(visit -> visit.provider().equals(name))
            .filter(
                visit ->
                    answer.browser.map(Digest::of).filter(visit.browser()::equals).isPresent());
    IdentityProvider provider = providers.get(name);
    if (known.isEmpty() || provider == null) {
      return new Outcome.Refused(Reason.INVALID_STATE, "/");
    }
    ProviderVisit visit = known.get();
    if (answer.code.isEmpty()) {
      Reason reason =
          answer.error.filter("access_denied"::equals).isPresent()
              ? Reason.CANCELLED
              : Reason.PROVIDER_REFUSED;
      return new Outcome.Refused(reason, visit.returnTo());
    }
    Profile profile;
    try {
      profile =
          provider.identify(
              visit(answer.state.orElseThrow(), visit),
              new Return(answer.code.get(), answer.issuer));
    } catch (RefusedException e) {
      LOG.log(Level.WARNING, "Provider {0} vouches for nobody: {1}", name, e.getMessage());
      return new Outcome.Refused(Reason.PROVIDER_REFUSED, visit.returnTo());
    } catch (PortException e) {
      LOG.log(Level.WARNING, "Provider {0} cannot be asked: {1}", name, e.getMessage());
      return new Outcome.Refused(Reason.PROVIDER_UNAVAILABLE, visit.returnTo());
    }
    Optional<Outcome> outcome = arrive(visit, profile, answer);
    if (outcome.isEmpty()) { // another arrival of the same identity was quicker
      outcome = arrive(visit, profile, answer);
    }
    context.post().ifPresent(PostOffice::ring);
    return outcome.orElseGet(() -> new Outcome.Refused(Reason.ACCOUNT_EXISTS, visit.returnTo()));
  }

  private Optional<ProviderVisit> take(String state) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(stores -> stores.tickets().take(Digest.of(state), ProviderVisit.class, now));
  }

  /** Empty if somebody was quicker, and it is worth looking again. */
  private Optional<Outcome> arrive(ProviderVisit visit, Profile profile, Answer answer) {
    try {
      return Optional.of(
          context.transactions().inTransaction(stores -> arrive(stores, visit, profile, answer)));
    } catch (Overtaken e) {
      return Optional.empty();
    }
  }

  /** Rolls back what was done for a newcomer who came twice at once. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("the same newcomer came twice at once", null, false, false);
    }
  }

  private Outcome arrive(Stores stores, ProviderVisit visit, Profile profile, Answer answer) {
    Instant now = context.now();
    if (visit.link().isPresent()) {
      return link(stores, visit.link().get(), visit, profile, now);
    }
    Optional<UserId> owner = stores.identities().find(profile.identity());
    return owner.isPresent()
        ? admit(stores, owner.get(), visit, answer, now)
        : register(stores, visit, profile, answer, now);
  }

  private Outcome admit(
      Stores stores, UserId owner, ProviderVisit visit, Answer answer, Instant now) {
    Optional<Account> account = stores.users().lock(owner).filter(Account::isActive);
    if (account.isEmpty()) {
      return new Outcome.Refused(Reason.NOT_ALLOWED, visit.returnTo());
    }
    NewSession session = context.open(stores, account.get(), answer.device, Optional.empty(), now);
    Guests.handOver(stores, answer.guest, owner, now);
    note(stores, Kind.SIGNED_IN, owner, visit.provider(), now);
    return new Outcome.Admitted(session, false, visit.returnTo());
  }

  /** An address that the provider has not proved is no address: it may be anybody's. */
  private Outcome register(
      Stores stores, ProviderVisit visit, Profile profile, Answer answer, Instant now) {
    Optional<EmailAddress> email = profile.email().filter(any -> profile.emailVerified());
    Optional<Account> met = email.flatMap(stores.users()::findByEmail);
    if (met.filter(account -> account.state() != AccountState.DELETED).isPresent()) {
      return new Outcome.Refused(Reason.ACCOUNT_EXISTS, visit.returnTo());
    }
    email.ifPresent(address -> AccountContext.release(stores, address, now));
    User user =
        new User(new UserId(context.ids().next()), email, email.isPresent(), name(profile), now);
    Account account = new Account(user, Optional.empty(), AccountState.ACTIVE);
    if (!stores.users().add(user, Optional.empty())
        || !stores.identities().link(user.id(), profile.identity(), now)) {
      throw new Overtaken();
    }
    note(stores, Kind.SIGNED_UP, user.id(), visit.provider(), now);
    Guests.welcome(stores, answer.guest, user.id(), now);
    return new Outcome.Admitted(
        context.open(stores, account, answer.device, Optional.empty(), now),
        true,
        visit.returnTo());
  }

  /** Under the account's lock, and only while the session is open that asked for it. */
  private Outcome link(
      Stores stores, Link link, ProviderVisit visit, Profile profile, Instant now) {
    UserId id = link.user();
    Optional<Account> account = stores.users().lock(id).filter(Account::isActive);
    boolean stillIn =
        stores.sessions().list(id, now).stream()
            .anyMatch(open -> open.handle().equals(link.session()));
    if (account.isEmpty() || !stillIn) {
      return new Outcome.Refused(Reason.NOT_ALLOWED, visit.returnTo());
    }
    if (!stores.identities().link(id, profile.identity(), now)) {
      return new Outcome.Refused(Reason.IDENTITY_TAKEN, visit.returnTo());
    }
    note(stores, Kind.IDENTITY_LINKED, id, visit.provider(), now);
    context.tellOfAccess(stores, account.get().user(), now);
    profile
        .email()
        .filter(any -> profile.emailVerified() && !account.get().user().emailVerified())
        .filter(email -> stores.users().verifyEmail(id, email))
        .ifPresent(email -> note(stores, Kind.EMAIL_VERIFIED, id, visit.provider(), now));
    return new Outcome.Linked(visit.returnTo());
  }

  private static void note(
      Stores stores, Kind kind, UserId user, ProviderName provider, Instant now) {
    AccountContext.note(stores, kind, user, now, Map.of("provider", provider.value()));
  }

  private static String name(Profile profile) {
    String name = AccountContext.printable(profile.name().orElse(""), User.MAX_NAME_LENGTH);
    return name.isEmpty() ? "New user" : name;
  }

  // ---- identities of an account

  /** What became of the wish to take an identity off an account. */
  public enum Unlinking {
    /** It is gone. */
    UNLINKED,
    /** The account has none there. */
    NOT_LINKED,
    /** Without it nobody could sign in any more: set a password first. */
    LAST_WAY_IN
  }

  /** The identities of an account, the oldest first. */
  public List<Linked> identities(UserId user) {
    return context.transactions().read(stores -> stores.identities().list(user));
  }

  /** Takes an identity off an account. */
  public Unlinking unlink(UserId user, ProviderName provider) {
    Instant now = context.now();
    return context
        .transactions()
        .inTransaction(
            stores -> {
              boolean hasPassword =
                  stores.users().lock(user).flatMap(Account::passwordHash).isPresent();
              var linked = stores.identities().list(user);
              if (linked.stream().noneMatch(one -> one.identity().provider().equals(provider))) {
                return Unlinking.NOT_LINKED;
              }
              if (!hasPassword && linked.size() == 1) {
                return Unlinking.LAST_WAY_IN;
              }
              stores.identities().unlink(user, provider);
              note(stores, Kind.IDENTITY_UNLINKED, user, provider, now);
              return Unlinking.UNLINKED;
            });
  }
}
