package io.contentcrew.sdk.user;

import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.SecurityEvent.Kind;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.generation.JobDispatcher;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.Ids;
import io.contentcrew.sdk.Now;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The users and their accounts. Applications that know their users already add them here and vouch
 * for them; others let users sign up and in by the use cases, for which the crew needs a hasher,
 * tokens and seals. Safe for use by many threads.
 */
public final class UserAccounts implements AutoCloseable {
  private static final Duration LETTERS = Duration.ofSeconds(15);
  private static final Duration ERASURE = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final InstantSource clock;
  private final Ids ids;
  private final Optional<PostOffice> post;
  private final JobStops jobStops;
  private final ExportAccount exportAccount;
  private final DeleteAccount deleteAccount;
  private final @Nullable SignInCases signInCases;

  private record SignInCases(
      StartAsGuest startAsGuest,
      RegisterUser registerUser,
      VerifyEmail verifyEmail,
      SignIn signIn,
      SignInWithProvider signInWithProvider,
      Authenticate authenticate,
      ManageSessions manageSessions,
      ChangePassword changePassword,
      ResetPassword resetPassword,
      ManageApiKeys manageApiKeys) {}

  /** What is needed for users to sign in. */
  public record Credentials(PasswordHasher hasher, AccessTokens tokens, Seals seals) {}

  /**
   * Who vouches for users.
   *
   * @param callbackBase below which providers send browsers back, to {@code NAME/callback}
   */
  public record Providers(List<IdentityProvider> all, URI callbackBase) {
    public Providers {
      all = List.copyOf(all);
    }
  }

  /**
   * Joins the use cases, and has letters sent and accounts erased from when the storage's
   * dispatcher begins.
   *
   * @param cancel stops a job
   */
  public UserAccounts(
      Storage storage,
      TierCatalog catalog,
      AccountSettings settings,
      Optional<Credentials> credentials,
      Optional<PostOffice> post,
      Providers providers,
      BiConsumer<JobId, UserId> cancel,
      InstantSource clock) {
    this.transactions = storage.transactions();
    this.clock = clock;
    this.ids = new Ids(clock);
    this.post = post;
    Proofs proofs =
        new Proofs(transactions, credentials.map(Credentials::hasher).orElse(null), clock);
    jobStops = new JobStops(transactions, cancel);
    exportAccount = new ExportAccount(transactions, clock);
    deleteAccount =
        new DeleteAccount(
            transactions,
            proofs,
            post,
            jobStops,
            settings.erasureGrace(),
            settings.guestStay(),
            clock);
    signInCases =
        credentials
            .map(
                with ->
                    cases(
                        new AccountContext(
                            transactions,
                            clock,
                            ids,
                            with.hasher,
                            with.tokens,
                            new KnownDevices(with.seals),
                            post,
                            settings),
                        proofs,
                        catalog,
                        providers))
            .orElse(null);
    register(storage.dispatcher());
  }

  private static SignInCases cases(
      AccountContext context, Proofs proofs, TierCatalog catalog, Providers providers) {
    return new SignInCases(
        new StartAsGuest(context),
        new RegisterUser(context),
        new VerifyEmail(context),
        new SignIn(context),
        new SignInWithProvider(context, proofs, providers.all, providers.callbackBase),
        new Authenticate(context, catalog),
        new ManageSessions(context),
        new ChangePassword(context, proofs),
        new ResetPassword(context),
        new ManageApiKeys(context, proofs, catalog));
  }

  private void register(JobDispatcher dispatcher) {
    post.ifPresent(office -> dispatcher.repeat("send-letters", LETTERS, office::sendDue));
    dispatcher.repeat("erase-accounts", ERASURE, deleteAccount::eraseDue);
  }

  // ---- for applications that know their users

  /**
   * Adds an account that nobody signs in to with a password.
   *
   * @throws IllegalArgumentException if the address or name is no such thing
   * @throws IllegalStateException if there is an account with that address
   */
  public User add(String email, String name) {
    Instant now = Now.by(clock);
    User user = User.of(new UserId(ids.next()), new EmailAddress(email), name, now);
    boolean added =
        transactions.inTransaction(
            stores -> {
              boolean first = stores.users().add(user, Optional.empty());
              if (first) {
                AccountContext.note(stores, Kind.SIGNED_UP, user.id(), now);
              }
              return first;
            });
    if (!added) {
      throw new IllegalStateException("there is an account with that address already");
    }
    return user;
  }

  /**
   * The user with that address, unless the account was deleted.
   *
   * @throws IllegalArgumentException if that is no address
   */
  public Optional<User> find(String email) {
    EmailAddress address = new EmailAddress(email);
    return transactions
        .read(stores -> stores.users().findByEmail(address))
        .filter(account -> account.state() != AccountState.DELETED)
        .map(Account::user);
  }

  /** The account of that id, in whatever state it is. */
  public Optional<Account> find(UserId id) {
    return transactions.read(stores -> stores.users().account(id));
  }

  /**
   * Closes an account or opens it again. While it is closed nobody is let in by it; its sessions
   * end at once, its jobs are stopped, its API keys rest.
   */
  public void setDisabled(UserId id, boolean disabled) {
    Instant now = Now.by(clock);
    transactions.inTransaction(
        stores -> {
          stores.users().setDisabled(id, disabled);
          if (disabled) {
            stores.sessions().endAll(id, Optional.empty(), now);
          }
          AccountContext.note(
              stores, disabled ? Kind.ACCOUNT_DISABLED : Kind.ACCOUNT_ENABLED, id, now);
          return true;
        });
    if (disabled) {
      jobStops.stopAll(id);
    }
  }

  /** Gives users everything that is kept about them. */
  public ExportAccount exportAccount() {
    return exportAccount;
  }

  /** Deletes accounts. */
  public DeleteAccount deleteAccount() {
    return deleteAccount;
  }

  // ---- for users who sign in

  /** Lets people try things out. */
  public StartAsGuest startAsGuest() {
    return cases().startAsGuest;
  }

  /** Makes accounts. */
  public RegisterUser registerUser() {
    return cases().registerUser;
  }

  /** Proves addresses. */
  public VerifyEmail verifyEmail() {
    return cases().verifyEmail;
  }

  /** Lets users in by password. */
  public SignIn signIn() {
    return cases().signIn;
  }

  /** Lets users in whom a provider vouches for. */
  public SignInWithProvider signInWithProvider() {
    return cases().signInWithProvider;
  }

  /** Finds out who sends a request. */
  public Authenticate authenticate() {
    return cases().authenticate;
  }

  /** Shows and ends sessions. */
  public ManageSessions manageSessions() {
    return cases().manageSessions;
  }

  /** Changes passwords. */
  public ChangePassword changePassword() {
    return cases().changePassword;
  }

  /** Gives new passwords by mail. */
  public ResetPassword resetPassword() {
    return cases().resetPassword;
  }

  /** Makes and revokes API keys. */
  public ManageApiKeys manageApiKeys() {
    return cases().manageApiKeys;
  }

  private SignInCases cases() {
    if (signInCases == null) {
      throw new IllegalStateException(
          "this crew's users do not sign in: give its builder accounts(hasher, tokens, seals)");
    }
    return signInCases;
  }

  /** Whether letters can be sent. */
  public boolean sendsMail() {
    return post.isPresent();
  }

  /** Sends no more letters; what is due waits for another instance or the next start. */
  @Override
  public void close() {
    post.ifPresent(PostOffice::close);
  }
}
