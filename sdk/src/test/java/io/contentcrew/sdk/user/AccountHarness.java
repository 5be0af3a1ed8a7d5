package io.contentcrew.sdk.user;

import io.contentcrew.adapters.memory.MemoryStorage;
import io.contentcrew.adapters.memory.OfflineWriter;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.Stores;
import io.contentcrew.ports.user.AccessTokens;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.Mailer;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher;
import io.contentcrew.ports.user.Seals;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.testkit.Fixtures;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A crew with accounts in memory, and what its users do. */
final class AccountHarness implements AutoCloseable {
  static final String EMAIL = "ada@example.com";
  static final String PASSWORD = "correct horse battery";
  static final String OTHER_PASSWORD = "wrong staple battery";
  static final URI PAGE = URI.create("https://crew.example/app");
  static final URI CALLBACK = URI.create("https://api.crew.example/v1/auth/oauth");

  final TestClock clock = new TestClock(Fixtures.NOW);
  final PlainHasher hasher = new PlainHasher();
  final Post post = new Post();
  final Storage storage = MemoryStorage.create(clock);
  final ContentCrew crew;

  private AccountHarness(boolean mail, IdentityProvider... providers) {
    ContentCrew.Builder builder =
        ContentCrew.builder()
            .storage(storage)
            .accounts(hasher, new ListedTokens(), new PlainSeals())
            .textGenerator(OfflineWriter.at(400))
            .identityProviders(CALLBACK, providers)
            .clock(clock);
    crew = (mail ? builder.mailer(post, PAGE) : builder).build();
  }

  static AccountHarness withoutMail(IdentityProvider... providers) {
    return new AccountHarness(false, providers);
  }

  static AccountHarness withMail(IdentityProvider... providers) {
    return new AccountHarness(true, providers);
  }

  /** Does something with the stores. */
  void run(Consumer<Stores> work) {
    storage
        .transactions()
        .inTransaction(
            stores -> {
              work.accept(stores);
              return true;
            });
  }

  UserAccounts users() {
    return crew.users();
  }

  RegisterUser.Outcome register(String email, String password, String name) {
    return users()
        .registerUser()
        .register(new RegisterUser.Request(email, password, name, "A browser"));
  }

  /** Registers, and proves the address where that is needed. */
  NewSession given(String email) {
    return switch (register(email, PASSWORD, "Ada")) {
      case RegisterUser.Outcome.Registered(NewSession session) -> session;
      case RegisterUser.Outcome.LetterSent() ->
          ((VerifyEmail.Outcome.Registered) verify(post.token(), PASSWORD)).session();
      case RegisterUser.Outcome.Invalid invalid -> throw new AssertionError(invalid);
      case RegisterUser.Outcome.EmailTaken taken -> throw new AssertionError(taken);
    };
  }

  /** Brings the token of a letter back, with a password, and signed in as nobody. */
  VerifyEmail.Outcome verify(String token, String password) {
    return users()
        .verifyEmail()
        .verify(
            new VerifyEmail.Request(
                token, Optional.of(password), Optional.empty(), Optional.empty(), "A browser"));
  }

  User givenUser() {
    return given(EMAIL).signedIn().user();
  }

  SignIn.Outcome signIn(String email, String password) {
    return users()
        .signIn()
        .signIn(new SignIn.Request(email, password, "Another browser", Optional.empty()));
  }

  SignIn.Outcome signIn(String email, String password, Secret device) {
    return users()
        .signIn()
        .signIn(
            new SignIn.Request(email, password, "Another browser", Optional.of(device.reveal())));
  }

  NewSession admitted(String email, String password) {
    if (signIn(email, password) instanceof SignIn.Outcome.Admitted(NewSession session)) {
      return session;
    }
    throw new AssertionError("not admitted");
  }

  /** Who is let in by that token or key. */
  Optional<Caller> caller(Secret credential) {
    return users().authenticate().authenticate(credential.reveal())
            instanceof Authenticate.Outcome.Known(Caller caller)
        ? Optional.of(caller)
        : Optional.empty();
  }

  @Override
  public void close() {
    crew.close();
  }

  /** Hashes by turning round; hashes that begin with "old" are outdated. */
  static final class PlainHasher implements PasswordHasher {
    final AtomicInteger verified = new AtomicInteger();
    final AtomicInteger pretended = new AtomicInteger();
    volatile boolean outdated;
    volatile Runnable beforeVerdict = () -> {};

    @Override
    public PasswordHash hash(String password) {
      return new PasswordHash(new StringBuilder(password).reverse().toString());
    }

    @Override
    public Verdict verify(String password, PasswordHash hash) {
      verified.incrementAndGet();
      beforeVerdict.run();
      String strong = hash.value().replaceFirst("^old", "");
      if (!strong.equals(hash(password).value())) {
        return Verdict.MISMATCH;
      }
      return outdated ? Verdict.MATCH_OUTDATED : Verdict.MATCH;
    }

    @Override
    public void pretendToVerify(String password) {
      pretended.incrementAndGet();
    }
  }

  /** Tokens that mean what a list says. */
  private static final class ListedTokens implements AccessTokens {
    private final Map<String, Session> issued = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    @Override
    public Secret issue(Session session) {
      String token = "token-" + numbers.incrementAndGet();
      issued.put(token, session);
      return Secret.of(token);
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
      return Optional.ofNullable(issued.get(token))
          .filter(session -> session.expiresAt().isAfter(now))
          .map(session -> new Claims(session.userId(), session.id(), session.expiresAt()));
    }
  }

  /** Seals that anybody could make. */
  private static final class PlainSeals implements Seals {
    @Override
    public String seal(String purpose, String text) {
      return Digest.of(purpose + "|" + text).hex().substring(0, 43);
    }

    @Override
    public boolean isGenuine(String purpose, String text, String seal) {
      return seal.equals(seal(purpose, text));
    }
  }

  /** Keeps what is sent, or says that it cannot be sent. */
  static final class Post implements Mailer {
    private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_-]+)");
    final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();
    final AtomicInteger tried = new AtomicInteger();
    volatile boolean away;

    @Override
    public void send(Message message) {
      tried.incrementAndGet();
      if (away) {
        throw new PortUnavailableException("the mail server does not answer", null);
      }
      sent.add(message);
    }

    /** The next message; waits for it. */
    Message next() {
      try {
        Message message = sent.poll(30, TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("no mail has come");
        }
        return message;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** The token in the next message that is about to be read. */
    String token() {
      return tokenIn(next());
    }

    static String tokenIn(Message message) {
      Matcher token = TOKEN.matcher(message.text());
      if (!token.find()) {
        throw new AssertionError("the letter holds no token");
      }
      return token.group(1);
    }

    List<String> subjects() {
      return sent.stream().map(Message::subject).toList();
    }
  }
}
