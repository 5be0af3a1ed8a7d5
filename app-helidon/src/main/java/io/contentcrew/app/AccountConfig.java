package io.contentcrew.app;

import io.contentcrew.adapters.mail.MailConfig;
import io.contentcrew.adapters.oauth.OAuthConfig;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.app.AppConfig.Env;
import io.contentcrew.domain.tier.UsagePeriod;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How users get in.
 *
 * @param callback where the web page awaits readers that come back from an identity provider; links
 *     in letters lead to its site
 * @param legacyHashesUntil until when passwords of the system before are taken
 * @param guests whether there are any
 * @param guestKeep how long one is kept who does not sign up
 * @param mail empty where no mail is sent; in dev links are logged then
 * @param limits what one address of the network may do
 */
record AccountConfig(
    Secret secretKey,
    Optional<Secret> previousKey,
    Duration tokenTtl,
    int bcryptCost,
    int passwordMinLength,
    boolean secureCookie,
    URI callback,
    Optional<Instant> legacyHashesUntil,
    Duration erasureGrace,
    boolean guests,
    Duration guestKeep,
    Optional<MailConfig> mail,
    List<OAuthConfig.Provider> providers,
    Limits limits) {
  AccountConfig {
    providers = List.copyOf(providers);
  }

  /**
   * What may be done before anybody knows who is there, by one address of the network if nothing
   * else is said.
   *
   * @param signUps in an hour
   * @param guests in a day
   * @param logins with one e-mail address in a quarter of an hour, whether they succeed or not
   * @param failedLogins in a quarter of an hour
   * @param letters that it may ask for in an hour, and tokens of letters that it may try
   */
  record Limits(int signUps, int guests, int logins, int failedLogins, int letters) {}

  private static final List<String> SAMPLES =
      List.of("changeme", "change-me", "secret", "your-secret", "example", "bench-secret");

  static AccountConfig read(Environment from, Env env, Path dataDir, URI baseUrl) {
    return new AccountConfig(
        key(from, env, dataDir),
        from.optionalText("SECRET_KEY_PREVIOUS")
            .map(key -> checked(from, env, "SECRET_KEY_PREVIOUS", key)),
        tokenTtl(from),
        from.number("BCRYPT_COST", env == Env.DEV ? 4 : 10, 15),
        from.number("PASSWORD_MIN_LENGTH", 8, 128),
        secureCookie(from, env),
        callback(from, env, baseUrl),
        legacyHashesUntil(from),
        atMostAYear(
            from, "DELETED_ACCOUNT_GRACE", from.duration("DELETED_ACCOUNT_GRACE", Duration.ZERO)),
        from.choice("GUESTS", "on", "off").equals("on"),
        guestKeep(from),
        mail(from, env),
        providers(from),
        new Limits(
            from.number("SIGN_UP_LIMIT", 1, 1_000_000),
            from.number("GUEST_LIMIT", 1, 1_000_000),
            from.number("LOGIN_LIMIT", 1, 1_000_000),
            from.number("LOGIN_FAILURE_LIMIT", 1, 1_000_000),
            from.number("LETTER_LIMIT", 1, 1_000_000)));
  }

  // ---- keys

  private static Secret key(Environment from, Env env, Path dataDir) {
    Optional<String> given = from.optionalText("SECRET_KEY");
    if (given.isPresent()) {
      return checked(from, env, "SECRET_KEY", given.get());
    }
    if (env != Env.DEV) {
      from.problem(
          "SECRET_KEY must be given when ENV is not dev; make one with: openssl rand -base64 48");
      return Secret.of("");
    }
    return madeUpKey(from, dataDir.resolve("secret.key"));
  }

  private static Secret checked(Environment from, Env env, String name, String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length < SecurityConfig.MIN_KEY_BYTES) {
      from.problem(
          name
              + " must have at least "
              + SecurityConfig.MIN_KEY_BYTES
              + " bytes; make one with: openssl rand -base64 48");
    }
    if (env != Env.DEV && isSample(key)) {
      from.problem(
          name + " is a sample that everybody knows; make one with: openssl rand -base64 48");
    }
    return Secret.of(key);
  }

  /** Whether it is one that is written in examples, or hardly better. */
  static boolean isSample(String secret) {
    String lower = secret.toLowerCase(Locale.ROOT);
    boolean monotonous = secret.chars().distinct().count() < 8;
    return monotonous || SAMPLES.stream().anyMatch(lower::contains);
  }

  private static Duration tokenTtl(Environment from) {
    Duration ttl = from.duration("ACCESS_TOKEN_TTL", Duration.ofMinutes(1));
    if (!ttl.equals(Duration.ofSeconds(ttl.toSeconds()))) {
      from.problem("ACCESS_TOKEN_TTL must be a number of whole seconds.");
    }
    return atMostAYear(from, "ACCESS_TOKEN_TTL", ttl);
  }

  private static Duration guestKeep(Environment from) {
    Duration keep = from.duration("GUEST_KEEP", Duration.ofHours(1));
    if (keep.compareTo(UsagePeriod.LONGEST_STAY) > 0) {
      from.problem("GUEST_KEEP must be 30 days at most, for example 7d.");
      return UsagePeriod.LONGEST_STAY;
    }
    return keep;
  }

  private static Duration atMostAYear(Environment from, String name, Duration time) {
    if (time.compareTo(Duration.ofDays(366)) > 0) {
      from.problem(name + " must be a year at most, for example 30d.");
    }
    return time;
  }

  private static boolean secureCookie(Environment from, Env env) {
    boolean secure = from.flag("COOKIE_SECURE").orElse(env != Env.DEV);
    if (env == Env.PROD && !secure) {
      from.problem(
          "COOKIE_SECURE=false sends sessions for anybody on the way to read, which ENV=prod does"
              + " not allow; leave it out.");
    }
    return secure;
  }

  /** In dev a key is made up once and kept, so that sessions outlive a restart. */
  private static Secret madeUpKey(Environment from, Path file) {
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[48];
        new SecureRandom().nextBytes(random);
        OwnerOnly.write(file, Base64.getEncoder().encodeToString(random) + "\n");
      }
      return Secret.of(Files.readString(file).strip());
    } catch (IOException e) {
      from.problem(
          "DATA_DIR must be a folder that can be written to: " + file.getParent() + " cannot.");
      return Secret.of("");
    }
  }

  private static Optional<Instant> legacyHashesUntil(Environment from) {
    return from.optionalText("LEGACY_HASHES_UNTIL")
        .flatMap(
            text -> {
              try {
                return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
              } catch (DateTimeParseException e) {
                from.problem("LEGACY_HASHES_UNTIL must be a day, for example 2027-06-30.");
                return Optional.empty();
              }
            });
  }

  // ---- the web page

  private static URI callback(Environment from, Env env, URI baseUrl) {
    URI url = from.urls("FRONTEND_CALLBACK_URL", baseUrl + "/").getFirst();
    if (env != Env.DEV && !from.isGiven("FRONTEND_CALLBACK_URL") && usesThePage(from)) {
      from.problem(
          "FRONTEND_CALLBACK_URL must be given when ENV is not dev and mail is sent, providers let"
              + " users in or plans are sold: where the web page awaits them, for example"
              + " https://www.example.com/auth/callback.");
    }
    if (env == Env.PROD
        && from.isGiven("FRONTEND_CALLBACK_URL")
        && !"https".equals(url.getScheme())) {
      from.problem(
          "FRONTEND_CALLBACK_URL must begin with https:// when ENV=prod, or links in letters and"
              + " sign-ins can be read on the way.");
    }
    return url;
  }

  private static boolean usesThePage(Environment from) {
    return from.isGiven("SMTP_HOST")
        || from.isGiven("GOOGLE_CLIENT_ID")
        || from.isGiven("GITHUB_CLIENT_ID")
        || from.isGiven("FACEBOOK_CLIENT_ID")
        || from.isGiven("STRIPE_SECRET_KEY")
        || from.isGiven("PAYSTACK_SECRET_KEY");
  }

  // ---- mail

  private static Optional<MailConfig> mail(Environment from, Env env) {
    Optional<String> host = from.optionalText("SMTP_HOST");
    Optional<String> sender = from.optionalText("MAIL_FROM");
    String tls = from.choice("SMTP_TLS", "starttls", "tls", "none");
    int port = from.number("SMTP_PORT", 1, 65_535);
    Optional<String> user = from.optionalText("SMTP_USER");
    Optional<Secret> password = from.optionalText("SMTP_PASSWORD").map(Secret::of);
    if (host.isEmpty()) {
      return Optional.empty();
    }
    Optional<EmailAddress> address = sender.flatMap(EmailAddress::parse);
    if (address.isEmpty()) {
      from.problem("MAIL_FROM must be the address that letters come from when SMTP_HOST is given.");
      return Optional.empty();
    }
    if (user.isPresent() != password.isPresent()) {
      from.problem("SMTP_USER and SMTP_PASSWORD must be given together.");
    }
    if (env == Env.PROD && tls.equals("none")) {
      from.problem(
          "SMTP_TLS=none sends letters for anybody on the way to read, which ENV=prod does not"
              + " allow; use starttls or tls.");
    }
    try {
      MailConfig mail = MailConfig.of(host.get(), address.get()).withPort(port);
      MailConfig protectedMail =
          switch (tls) {
            case "tls" -> mail.withProtection(MailConfig.Protection.TLS);
            case "none" -> mail.withPlainOverNetwork();
            default -> mail;
          };
      return Optional.of(
          user.isPresent() && password.isPresent()
              ? protectedMail.withLogin(user.get(), password.get())
              : protectedMail);
    } catch (IllegalArgumentException e) {
      from.problem("SMTP_HOST, SMTP_USER: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  // ---- identity providers

  private static List<OAuthConfig.Provider> providers(Environment from) {
    List<OAuthConfig.Provider> providers = new ArrayList<>();
    client(from, "GOOGLE").flatMap(client -> google(from, client)).ifPresent(providers::add);
    client(from, "GITHUB").flatMap(client -> github(from, client)).ifPresent(providers::add);
    client(from, "FACEBOOK").flatMap(client -> facebook(from, client)).ifPresent(providers::add);
    return providers;
  }

  private static Optional<OAuthConfig.Provider> google(
      Environment from, OAuthConfig.Client client) {
    return tried(
        from,
        "GOOGLE_ISSUER",
        () -> OAuthConfig.Google.of(client).withIssuer(url(from, "GOOGLE_ISSUER")));
  }

  private static Optional<OAuthConfig.Provider> github(
      Environment from, OAuthConfig.Client client) {
    return tried(
        from,
        "GITHUB_BASE_URL, GITHUB_API_URL",
        () ->
            OAuthConfig.GitHub.of(client)
                .withAddresses(url(from, "GITHUB_BASE_URL"), url(from, "GITHUB_API_URL")));
  }

  private static Optional<OAuthConfig.Provider> facebook(
      Environment from, OAuthConfig.Client client) {
    return tried(
        from,
        "FACEBOOK_BASE_URL, FACEBOOK_GRAPH_URL",
        () ->
            OAuthConfig.Facebook.of(client)
                .withAddresses(url(from, "FACEBOOK_BASE_URL"), url(from, "FACEBOOK_GRAPH_URL")));
  }

  private static Optional<OAuthConfig.Provider> tried(
      Environment from, String names, Supplier<OAuthConfig.Provider> provider) {
    try {
      return Optional.of(provider.get());
    } catch (IllegalArgumentException e) {
      from.problem(names + ": " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static URI url(Environment from, String name) {
    return from.urls(name, from.text(name)).getFirst();
  }

  private static Optional<OAuthConfig.Client> client(Environment from, String provider) {
    Optional<String> id = from.optionalText(provider + "_CLIENT_ID");
    Optional<String> secret = from.optionalText(provider + "_CLIENT_SECRET");
    if (id.isPresent() != secret.isPresent()) {
      from.problem(
          "%1$s_CLIENT_ID and %1$s_CLIENT_SECRET must be given together.".formatted(provider));
    }
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OAuthConfig.Client(id.get(), Secret.of(secret.get())));
    } catch (IllegalArgumentException e) {
      from.problem("%s_CLIENT_ID, %<s_CLIENT_SECRET: %s.".formatted(provider, e.getMessage()));
      return Optional.empty();
    }
  }
}
