package io.contentcrew.app;

import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.domain.tier.Tier;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.SessionId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.Users;
import io.contentcrew.sdk.Ids;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code demo}: makes users to try things out with, and tokens for them; while the service runs, or
 * before. For dev only: all of them have the same password.
 */
final class Demo {
  static final String PASSWORD = "demo-password-1";
  private static final int SHOWN = 20;

  private static final String HELP =
      """
      usage: ./crew demo [--users N] [--tier TIER] [--tokens FILE]

        --users N      how many users to make, demo1@example.com and so on (default 1); those that are there get new tokens
        --tier TIER    the tier to put them on (default: one user on each tier)
        --tokens FILE  write their access tokens there, one a line

      Works on the database of DATABASE_URL, else on the embedded one in DATA_DIR, whether the service runs or not.
      """;

  private final InstantSource clock = Clock.systemUTC();
  private final Ids ids = new Ids(clock);
  private final AppConfig config;
  private final Options options;
  private final PrintStream out;

  private record Options(int users, Optional<TierId> tier, Optional<Path> tokens) {}

  /** An option is not right. */
  static final class BadOption extends Exception {
    private static final long serialVersionUID = 1L;

    BadOption(String message) {
      super(message);
    }
  }

  private Demo(AppConfig config, Options options, PrintStream out) {
    this.config = config;
    this.options = options;
    this.out = out;
  }

  static int run(AppConfig config, List<String> arguments, PrintStream out) throws BadOption {
    if (arguments.contains("--help")) {
      out.print(HELP);
      return 0;
    }
    if (config.service().env() != AppConfig.Env.DEV) {
      throw new BadOption(
          "demo makes users with a password that everybody knows; it is for ENV=dev only.");
    }
    if (config.stores().inMemory()) {
      throw new BadOption("demo needs a database; STORAGE=memory has none.");
    }
    LogSetup.apply(System.Logger.Level.WARNING, false);
    new Demo(config, options(arguments), out).run();
    return 0;
  }

  private static Options options(List<String> arguments) throws BadOption {
    int users = 1;
    Optional<TierId> tier = Optional.empty();
    Optional<Path> tokens = Optional.empty();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new BadOption(name + " needs a value. " + HELP);
      }
      String value = arguments.get(i + 1);
      switch (name) {
        case "--users" -> {
          if (!value.matches("[1-9]\\d{0,5}")) {
            throw new BadOption("--users needs a number from 1 to 999999.");
          }
          users = Integer.parseInt(value);
        }
        case "--tier" -> tier = Optional.of(tier(value));
        case "--tokens" -> tokens = Optional.of(Path.of(value));
        default -> throw new BadOption("There is no option " + name + ". " + HELP);
      }
    }
    return new Options(users, tier, tokens);
  }

  private static TierId tier(String name) throws BadOption {
    try {
      return new TierId(name);
    } catch (IllegalArgumentException e) {
      throw new BadOption("--tier: " + e.getMessage());
    }
  }

  private void run() throws BadOption {
    TierCatalog tiers = Wiring.tiers(config);
    if (options.tier.isPresent() && tiers.find(options.tier.get()).isEmpty()) {
      throw new BadOption(
          "There is no tier "
              + options.tier.get()
              + "; there are "
              + tiers.tiers().stream().map(tier -> tier.id().value()).toList()
              + ".");
    }
    try (Database database = Database.share(config.stores());
        SecurityAdapter security = SecurityAdapter.open(Wiring.security(config.accounts()));
        PostgresAdapter adapter = PostgresAdapter.open(database.config())) {
      out.println("Database: " + database.detail());
      make(adapter.transactions(), security, tiers);
    }
  }

  private void make(Transactions transactions, SecurityAdapter security, TierCatalog tiers) {
    transactions.inTransaction(
        stores -> {
          stores.tiers().seed(tiers);
          return true;
        });
    PasswordHash hash = security.passwordHasher().hash(PASSWORD);
    List<String> tokens = new ArrayList<>();
    List<Tier> all = tiers.tiers();
    int users = options.tier.isPresent() ? options.users : options.users * all.size();
    for (int i = 0; i < users; i++) {
      TierId tier = options.tier.orElse(all.get(i % all.size()).id());
      EmailAddress email = new EmailAddress("demo" + (i + 1) + "@example.com");
      Session session =
          transactions.inRelaxedTransaction(stores -> signedIn(stores, email, tier, hash));
      String token = security.accessTokens().issue(session).reveal();
      tokens.add(token);
      if (users <= SHOWN) {
        out.println(email + "  password " + PASSWORD + "  tier " + tier + "\n  token " + token);
      }
    }
    options.tokens.ifPresent(file -> write(file, tokens));
    out.println(
        users
            + " demo users are there"
            + options.tokens.map(file -> "; their tokens are in " + file).orElse("")
            + ".");
  }

  private Session signedIn(Stores stores, EmailAddress email, TierId tier, PasswordHash hash) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    User user =
        stores
            .users()
            .findByEmail(email)
            .map(Users.Account::user)
            .orElseGet(
                () -> {
                  User made = User.of(new UserId(ids.next()), email, "Demo", now);
                  stores.users().add(made, Optional.of(hash));
                  return made;
                });
    stores.subscriptions().grant(user.id(), tier, now);
    Session session =
        new Session(
            new SessionId(Ids.secret()),
            user.id(),
            now,
            now.plus(config.accounts().tokenTtl()),
            "Demo");
    stores.sessions().add(session);
    return session;
  }

  private static void write(Path file, List<String> tokens) {
    try {
      OwnerOnly.write(file, String.join("\n", tokens) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The tokens cannot be written to " + file, e);
    }
  }
}
