package io.contentcrew.app;

import static io.contentcrew.app.Setting.Group.ACCOUNTS;
import static io.contentcrew.app.Setting.Group.COMPOSE;
import static io.contentcrew.app.Setting.Group.JOBS;
import static io.contentcrew.app.Setting.Group.MAIL;
import static io.contentcrew.app.Setting.Group.MODELS;
import static io.contentcrew.app.Setting.Group.PAYMENTS;
import static io.contentcrew.app.Setting.Group.PROVIDERS;
import static io.contentcrew.app.Setting.Group.SERVICE;
import static io.contentcrew.app.Setting.Group.STORES;
import static io.contentcrew.app.Setting.Kind.ADDRESSES;
import static io.contentcrew.app.Setting.Kind.CHOICE;
import static io.contentcrew.app.Setting.Kind.DATABASE;
import static io.contentcrew.app.Setting.Kind.DATE;
import static io.contentcrew.app.Setting.Kind.DECIMAL;
import static io.contentcrew.app.Setting.Kind.DURATION;
import static io.contentcrew.app.Setting.Kind.FILE;
import static io.contentcrew.app.Setting.Kind.FLAG;
import static io.contentcrew.app.Setting.Kind.LIST;
import static io.contentcrew.app.Setting.Kind.NUMBER;
import static io.contentcrew.app.Setting.Kind.ORIGINS;
import static io.contentcrew.app.Setting.Kind.PRICES;
import static io.contentcrew.app.Setting.Kind.REDIS;
import static io.contentcrew.app.Setting.Kind.TEXT;
import static io.contentcrew.app.Setting.Kind.URL;
import static io.contentcrew.app.Setting.Kind.URLS;

import java.util.List;
import java.util.stream.Stream;

/**
 * All settings there are: from this one list come the parser, the help, {@code .env.example} and
 * the table in the documentation.
 */
final class Settings {
  static final List<Setting> ALL =
      List.of(
          Setting.of(
              "ENV",
              SERVICE,
              CHOICE,
              "dev",
              "dev, staging or prod. Outside dev nothing is made up: secrets and a database must be"
                  + " given, and the offline writer only serves when asked for by name."),
          Setting.of(
              "HOST", SERVICE, TEXT, "127.0.0.1", "The address to listen on; 0.0.0.0 for all."),
          Setting.of(
              "PORT", SERVICE, NUMBER, "8000", "The port to listen on; 0 for any that is free."),
          Setting.of("LOG_LEVEL", SERVICE, CHOICE, "info", "error, warning, info or debug."),
          Setting.of(
              "LOG_FORMAT",
              SERVICE,
              CHOICE,
              "auto",
              "json, text, or auto: text in dev, JSON elsewhere."),
          Setting.of(
              "SHUTDOWN_GRACE",
              SERVICE,
              DURATION,
              "10s",
              "How long requests may go on at a stop. All in all a stop takes DRAIN_DELAY, this,"
                  + " and 13s at most, in which jobs are given back."),
          Setting.optional(
              "DRAIN_DELAY",
              SERVICE,
              DURATION,
              "How long the service still serves at a stop, while /health/ready says 503 and load"
                  + " balancers turn away. Without it: 5s, in dev 0s."),
          Setting.of(
              "MAX_BODY_BYTES",
              SERVICE,
              NUMBER,
              "262144",
              "The largest body of a request, in bytes."),
          Setting.of(
              "BODY_TIMEOUT",
              SERVICE,
              DURATION,
              "30s",
              "How long a client may take to send a body."),
          Setting.of(
              "HEADER_TIMEOUT",
              SERVICE,
              DURATION,
              "10s",
              "How long a client may take to send the head of a request, from its first byte."),
          Setting.of(
              "WRITE_TIMEOUT",
              SERVICE,
              DURATION,
              "30s",
              "How long a client may take to accept the next 64 KiB of an answer; then it is cut"
                  + " off. Streams have SSE_WRITE_TIMEOUT besides."),
          Setting.of(
              "MAX_CONNECTIONS",
              SERVICE,
              NUMBER,
              "4096",
              "Connections at the same time; more wait until one is closed."),
          Setting.optional(
              "API_BASE_URL",
              SERVICE,
              URL,
              "The address at which clients find the service. Must be given outside dev, and be"
                  + " https:// in prod; then browsers are told to come by HTTPS only. Without it,"
                  + " http://localhost:PORT."),
          Setting.optional(
              "CORS_ORIGINS",
              SERVICE,
              ORIGINS,
              "The origins of pages that may use the service with their visitors' rights. Without"
                  + " it, only pages of the service itself."),
          Setting.optional(
              "TRUSTED_PROXIES",
              SERVICE,
              ADDRESSES,
              "The load balancers and proxies in front of the service, whose X-Forwarded-For tells"
                  + " the client's address. Without it, nobody's does."),
          Setting.optional(
              "SITE_DIR",
              SERVICE,
              FILE,
              "A folder with the built web page, read at the start; none for no page. Without it,"
                  + " the page that the program was built with."),
          Setting.of(
              "DATA_DIR",
              STORES,
              FILE,
              "./data",
              "Where the embedded database and, in dev, the made-up secret are kept."),
          Setting.of(
              "STORAGE",
              STORES,
              CHOICE,
              "auto",
              "auto: DATABASE_URL if it is given, else an embedded PostgreSQL in DATA_DIR; memory:"
                  + " nothing is kept (dev only)."),
          Setting.secret(
              "DATABASE_URL",
              STORES,
              DATABASE,
              "The PostgreSQL to use; ?sslmode=require and the like are understood."),
          Setting.of("DB_POOL_SIZE", STORES, NUMBER, "10", "Connections to the database."),
          Setting.secret(
              "REDIS_URL",
              STORES,
              REDIS,
              "What several instances share besides the database: rate limits, the cache of pieces,"
                  + " and the signals that wake streams. May hold user and password. Without it"
                  + " each instance has its own, and the signals go through the database."),
          Setting.secret(
              "REDIS_PASSWORD", STORES, TEXT, "The password for it, where REDIS_URL holds none."),
          Setting.of(
              "REDIS_TIMEOUT",
              STORES,
              DURATION,
              "100ms",
              "How long Redis may take to answer; then an instance goes on by itself."),
          Setting.of(
              "INSTANCE_COUNT",
              STORES,
              NUMBER,
              "1",
              "How many instances share the database: without Redis each lets its share of a rate"
                  + " limit through."),
          Setting.optional(
              "TIERS_FILE", STORES, FILE, "The tiers; without it, the four standard ones."),
          Setting.of(
              "LLM_PROVIDER",
              MODELS,
              CHOICE,
              "auto",
              "ollama, openai, offline, or auto: Ollama if OLLAMA_BASE_URL is given, else OpenAI if"
                  + " OPENAI_API_KEY is given, else Ollama;"
                  + " only if neither OLLAMA_BASE_URL nor OPENAI_* is set and no Ollama answers on"
                  + " this machine, the labelled offline writer (dev only)."),
          Setting.optional(
              "OLLAMA_BASE_URL",
              MODELS,
              URLS,
              "One or many Ollama servers. Without it, http://localhost:11434."),
          Setting.of(
              "OPENAI_BASE_URL",
              MODELS,
              URLS,
              "https://api.openai.com/v1",
              "One or many servers of the OpenAI dialect."),
          Setting.secret("OPENAI_API_KEY", MODELS, TEXT, "The key for them."),
          Setting.optional(
              "OPENAI_MODEL", MODELS, TEXT, "The model to ask there, whatever the tier says."),
          Setting.of(
              "LLM_PARALLEL",
              MODELS,
              NUMBER,
              "4",
              "Requests to one server at the same time. More than the server's own limit"
                  + " (OLLAMA_NUM_PARALLEL) only wait there, unseen."),
          Setting.of(
              "LLM_NUM_CTX",
              MODELS,
              NUMBER,
              "8192",
              "The context that Ollama loads a model with, in tokens."),
          Setting.of(
              "LLM_CONNECT_TIMEOUT", MODELS, DURATION, "5s", "For a connection to a server."),
          Setting.of(
              "LLM_FIRST_TOKEN_TIMEOUT",
              MODELS,
              DURATION,
              "5m",
              "For the first token; loading the model and waiting in the server's queue are part of"
                  + " it."),
          Setting.of("LLM_TOKEN_GAP_TIMEOUT", MODELS, DURATION, "60s", "For the next token."),
          Setting.of("LLM_TASK_TIMEOUT", MODELS, DURATION, "10m", "For a whole answer."),
          Setting.of(
              "LLM_RETRIES",
              MODELS,
              NUMBER,
              "2",
              "How often a call is tried again that failed before its first token."),
          Setting.of(
              "LLM_RETRY_BACKOFF",
              MODELS,
              DURATION,
              "500ms",
              "The first pause before that; it doubles, with jitter."),
          Setting.of(
              "LLM_PULL",
              MODELS,
              FLAG,
              "false",
              "Whether Ollama is told to fetch a model that it lacks."),
          Setting.of(
              "OFFLINE_TOKENS_PER_SECOND",
              MODELS,
              DECIMAL,
              "80",
              "The pace of the offline writer; 0 for no pauses."),
          Setting.of("JOB_TIMEOUT", JOBS, DURATION, "20m", "How long a job may take."),
          Setting.of(
              "JOB_HEARTBEAT", JOBS, DURATION, "5s", "Between two signs of life of an instance."),
          Setting.of(
              "JOB_DEAD_AFTER",
              JOBS,
              DURATION,
              "15s",
              "When an instance without a sign of life is taken for dead; at least three"
                  + " heartbeats."),
          Setting.of(
              "JOB_CONCURRENCY",
              JOBS,
              NUMBER,
              "256",
              "Jobs that run in this instance at the same time; the others wait."),
          Setting.of(
              "JOB_FOLD_AFTER",
              JOBS,
              DURATION,
              "10m",
              "When the single pieces of text of a finished job are folded away."),
          Setting.of(
              "SSE_HEARTBEAT",
              JOBS,
              DURATION,
              "15s",
              "A comment goes over a silent stream so often."),
          Setting.of(
              "SSE_WRITE_TIMEOUT",
              JOBS,
              DURATION,
              "30s",
              "A reader that takes nothing for so long is cut off; it may come back."),
          Setting.of(
              "STREAMS_PER_USER",
              JOBS,
              NUMBER,
              "5",
              "Streams that a user may have open at an instance at the same time."),
          Setting.of(
              "MAX_STREAMS",
              JOBS,
              NUMBER,
              "1000",
              "Streams that may be open at an instance at the same time."),
          Setting.secret(
              "SECRET_KEY",
              ACCOUNTS,
              TEXT,
              "Signs access tokens: at least 32 bytes, from a good source (openssl rand -base64"
                  + " 48). In dev one is made and kept in DATA_DIR."),
          Setting.secret(
              "SECRET_KEY_PREVIOUS",
              ACCOUNTS,
              TEXT,
              "The key before, while its tokens still live."),
          Setting.of("ACCESS_TOKEN_TTL", ACCOUNTS, DURATION, "7d", "How long a session lives."),
          Setting.of(
              "BCRYPT_COST",
              ACCOUNTS,
              NUMBER,
              "12",
              "The cost of password hashes, 10 to 15, in dev from 4; each step doubles it."),
          Setting.of(
              "PASSWORD_MIN_LENGTH",
              ACCOUNTS,
              NUMBER,
              "12",
              "The shortest password, 8 or more characters."),
          Setting.optional(
              "COOKIE_SECURE",
              ACCOUNTS,
              FLAG,
              "Whether the session cookie is for HTTPS only. Without it: not in dev, else yes."),
          Setting.optional(
              "LEGACY_HASHES_UNTIL",
              ACCOUNTS,
              DATE,
              "Until this day (UTC) plain bcrypt hashes of the system before are taken; each is"
                  + " replaced when its owner signs in. Without it: never."),
          Setting.of(
              "DELETED_ACCOUNT_GRACE",
              ACCOUNTS,
              DURATION,
              "30d",
              "How long the data of a deleted account is kept, unless its owner wants it gone at"
                  + " once."),
          Setting.of(
              "SIGN_UP_LIMIT",
              ACCOUNTS,
              NUMBER,
              "20",
              "Sign-ups from one network address in an hour."),
          Setting.of(
              "GUESTS",
              ACCOUNTS,
              CHOICE,
              "on",
              "on, or off: whether somebody may make a first piece of each format without an"
                  + " account. It becomes the account's when they sign up or in."),
          Setting.of(
              "GUEST_LIMIT", ACCOUNTS, NUMBER, "5", "Guests from one network address in a day."),
          Setting.of(
              "GUEST_KEEP",
              ACCOUNTS,
              DURATION,
              "7d",
              "How long guests who do not sign up are kept, with all that they have made; an hour"
                  + " to 30 days."),
          Setting.of(
              "LOGIN_LIMIT",
              ACCOUNTS,
              NUMBER,
              "30",
              "Successful sign-ins with one e-mail address in a quarter of an hour."),
          Setting.of(
              "LOGIN_FAILURE_LIMIT",
              ACCOUNTS,
              NUMBER,
              "20",
              "Failed sign-ins from one network address in a quarter of an hour."),
          Setting.of(
              "LETTER_LIMIT",
              ACCOUNTS,
              NUMBER,
              "30",
              "Letters that one network address may ask for in an hour, tokens of letters that it"
                  + " may try, and visits to identity providers that it may begin."),
          Setting.optional(
              "FRONTEND_CALLBACK_URL",
              ACCOUNTS,
              URL,
              "Where the web page awaits readers that come back from an identity provider; links in"
                  + " letters lead to its site. Must be given outside dev once mail or providers"
                  + " are on or plans are sold; in dev it is the service itself."),
          Setting.optional(
              "SMTP_HOST",
              MAIL,
              TEXT,
              "The server that takes mail. Without it no mail is sent: accounts are made without"
                  + " proof of the address, and in dev links are logged instead."),
          Setting.of("SMTP_PORT", MAIL, NUMBER, "587", "Its port."),
          Setting.of(
              "SMTP_TLS",
              MAIL,
              CHOICE,
              "starttls",
              "starttls, tls (from the first byte, usually port 465), or none (not in prod)."),
          Setting.optional("SMTP_USER", MAIL, TEXT, "Who we are there."),
          Setting.secret("SMTP_PASSWORD", MAIL, TEXT, "And the password."),
          Setting.optional("MAIL_FROM", MAIL, TEXT, "The address that letters come from."),
          Setting.optional(
              "GOOGLE_CLIENT_ID",
              PROVIDERS,
              TEXT,
              "Lets users sign in with Google. The address to register there is API_BASE_URL and"
                  + " /v1/auth/oauth/google/callback; likewise for the others."),
          Setting.secret("GOOGLE_CLIENT_SECRET", PROVIDERS, TEXT, "The secret of that client."),
          Setting.of(
              "GOOGLE_ISSUER",
              PROVIDERS,
              URL,
              "https://accounts.google.com",
              "Another issuer that speaks OpenID Connect."),
          Setting.optional("GITHUB_CLIENT_ID", PROVIDERS, TEXT, "Lets users sign in with GitHub."),
          Setting.secret("GITHUB_CLIENT_SECRET", PROVIDERS, TEXT, "The secret of that client."),
          Setting.of(
              "GITHUB_BASE_URL",
              PROVIDERS,
              URL,
              "https://github.com",
              "A GitHub Enterprise Server, where there is one."),
          Setting.of(
              "GITHUB_API_URL",
              PROVIDERS,
              URL,
              "https://api.github.com",
              "Its API: GITHUB_BASE_URL and /api/v3."),
          Setting.optional(
              "FACEBOOK_CLIENT_ID", PROVIDERS, TEXT, "Lets users sign in with Facebook."),
          Setting.secret("FACEBOOK_CLIENT_SECRET", PROVIDERS, TEXT, "The secret of that client."),
          Setting.of(
              "FACEBOOK_BASE_URL",
              PROVIDERS,
              URL,
              "https://www.facebook.com",
              "Where people see it."),
          Setting.of(
              "FACEBOOK_GRAPH_URL",
              PROVIDERS,
              URL,
              "https://graph.facebook.com",
              "Where programs see it."),
          Setting.secret(
              "STRIPE_SECRET_KEY",
              PAYMENTS,
              TEXT,
              "Lets users pay with Stripe: the secret key of the API, or a restricted one. Without"
                  + " it, what Stripe delivers is still understood."),
          Setting.secret(
              "STRIPE_WEBHOOK_SECRET",
              PAYMENTS,
              LIST,
              "The secret of the endpoint to register there, API_BASE_URL and"
                  + " /api/webhooks/stripe; it begins with whsec_. While it is replaced, the new"
                  + " and the old one; and that of each further endpoint."),
          Setting.optional(
              "STRIPE_PRICES",
              PAYMENTS,
              PRICES,
              "What is sold there, as in"
                  + " basic.month=price_1,basic.year=price_2,pro.month=price_3. Of several prices"
                  + " for the same the first one is sold; the others are what some still pay."),
          Setting.of(
              "STRIPE_BASE_URL", PAYMENTS, URL, "https://api.stripe.com", "Where its API is."),
          Setting.secret(
              "PAYSTACK_SECRET_KEY",
              PAYMENTS,
              TEXT,
              "Lets users pay with Paystack. The address to register there is API_BASE_URL and"
                  + " /api/webhooks/paystack."),
          Setting.secret(
              "PAYSTACK_WEBHOOK_SECRET",
              PAYMENTS,
              LIST,
              "Paystack signs with PAYSTACK_SECRET_KEY and has no other secret. Here are further"
                  + " API keys of Paystack by which its webhooks are believed, beside that one:"
                  + " while it is replaced, the old one, or the new one ahead of time."),
          Setting.optional(
              "PAYSTACK_PLANS",
              PAYMENTS,
              PRICES,
              "What is sold there, as in basic.month=PLN_1,basic.year=PLN_2; like STRIPE_PRICES."),
          Setting.of(
              "PAYSTACK_BASE_URL", PAYMENTS, URL, "https://api.paystack.co", "Where its API is."),
          Setting.of(
              "PAYMENT_GRACE",
              PAYMENTS,
              DURATION,
              "7d",
              "How long a plan goes on where a payment is late."),
          Setting.of(
              "WEBHOOK_TOLERANCE",
              PAYMENTS,
              DURATION,
              "300s",
              "By how much the time in a signature of Stripe may differ from ours, either way."),
          Setting.of(
              "WEBHOOK_MAX_BYTES",
              PAYMENTS,
              NUMBER,
              "1048576",
              "The largest body of a webhook, in bytes; 4194304 at most."),
          Setting.of(
              "WEBHOOK_FAILURE_LIMIT",
              PAYMENTS,
              NUMBER,
              "60",
              "Webhooks with a bad signature from one network address in a minute. Genuine ones are"
                  + " never limited."),
          Setting.of(
              "TEST_PAYMENTS",
              PAYMENTS,
              CHOICE,
              "auto",
              "on, off, or auto: in dev, unless Stripe or Paystack sells something. A provider that"
                  + " takes no money, with its own checkout page, to try everything out; for dev"
                  + " only."));

  /**
   * What {@code docker-compose.yml} asks for besides settings; the program reads none of it. In
   * {@code .env.example} it stands beside the settings, so that one file says all.
   */
  static final List<Setting> FOR_COMPOSE =
      List.of(
          Setting.secret(
              "POSTGRES_PASSWORD",
              COMPOSE,
              TEXT,
              "Must be set, like REDIS_PASSWORD and SECRET_KEY below. Letters and digits only, as"
                  + " it becomes part of an address (openssl rand -hex 24); so REDIS_PASSWORD"
                  + " too."),
          Setting.of("POSTGRES_USER", COMPOSE, TEXT, "crew", "Who enters the database."),
          Setting.of("POSTGRES_DB", COMPOSE, TEXT, "crew", "Its name."),
          Setting.of(
              "APP_PORTS",
              COMPOSE,
              TEXT,
              "8000",
              "The port of the service, or for several instances so many, such as 8000-8002."),
          Setting.of(
              "TIER_MODELS",
              COMPOSE,
              TEXT,
              "llama3.2:1b llama3.2:3b llama3.1:8b",
              "The models to fetch; for the enterprise tier llama3.1:70b is to be added, 43 GB."),
          Setting.of(
              "OLLAMA_MEMORY",
              COMPOSE,
              TEXT,
              "16g",
              "The most memory for Ollama; 64g where it is to run llama3.1:70b."));

  private Settings() {}

  static Setting find(String name) {
    return ALL.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no setting " + name));
  }

  /** The settings as a text for the terminal. */
  static String help() {
    StringBuilder help = new StringBuilder();
    for (Setting.Group group : Setting.Group.values()) {
      if (group == COMPOSE) {
        continue; // none of it is read by the program
      }
      help.append('\n').append(group.title()).append('\n');
      ALL.stream()
          .filter(setting -> setting.group() == group)
          .forEach(setting -> help.append(entry(setting)));
    }
    return help.toString();
  }

  private static String entry(Setting setting) {
    String value = setting.fallback().map(fallback -> " (default " + fallback + ")").orElse("");
    String file = setting.secret() ? " May be given in a file: " + setting.name() + "_FILE." : "";
    return "  "
        + setting.name()
        + ": "
        + setting.kind().form()
        + value
        + "\n      "
        + setting.help()
        + file
        + "\n";
  }

  /** The settings as a file to be copied to {@code .env}. */
  static String envExample() {
    StringBuilder file =
        new StringBuilder(
            "# Settings of the Content Creation Crew. Made by ./crew config example; every line"
                + " shows the default.\n");
    for (Setting.Group group : Setting.Group.values()) {
      file.append("\n# ").append(group.title()).append('\n');
      for (Setting setting : inExample()) {
        if (setting.group() == group) {
          file.append("# ").append(setting.help()).append('\n');
          file.append("#")
              .append(setting.name())
              .append('=')
              .append(setting.fallback().map(Settings::quoted).orElse(""))
              .append('\n');
        }
      }
    }
    return file.toString();
  }

  private static String quoted(String value) {
    return value.indexOf(' ') < 0 ? value : '"' + value + '"';
  }

  private static List<Setting> inExample() {
    return Stream.concat(FOR_COMPOSE.stream(), ALL.stream()).toList();
  }

  /** The settings as a Markdown table. */
  static String table() {
    StringBuilder table =
        new StringBuilder("| variable | default | form | what it does |\n|---|---|---|---|\n");
    for (Setting setting : ALL) {
      table.append("| `").append(setting.name()).append("` | ");
      setting.fallback().ifPresent(fallback -> table.append('`').append(fallback).append('`'));
      table.append(" | ").append(setting.kind().form()).append(setting.secret() ? "; secret" : "");
      table.append(" | ").append(setting.help()).append(" |\n");
    }
    return table.toString();
  }
}
