package io.contentcrew.bench;

import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgres;
import io.contentcrew.adapters.embeddedpostgres.EmbeddedPostgresConfig;
import io.contentcrew.adapters.postgres.PostgresAdapter;
import io.contentcrew.adapters.postgres.PostgresConfig;
import io.contentcrew.domain.user.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Gets a service's database ready for deliveries, and tells what they have led to. */
final class HooksRun {
  private static final Duration PERIOD = Duration.ofDays(365);
  private static final int MOST_ASKED = 2000;

  /**
   * Makes users, customers and subscriptions of those of the seed, whose numbers follow its. Names
   * in what is kept as JSON end with the number.
   */
  private static final String MULTIPLY =
      """
      insert into users (id, email, name, created_at)
        select lpad(to_hex(i), 32, '0')::uuid, 'hook' || i || '@example.com', 'Hook', now()
        from generate_series(1, :many) as i;
      insert into payment_customers (provider, customer, user_id, linked_at)
        select 'stripe', 'cus_bench' || i, lpad(to_hex(i), 32, '0')::uuid, now()
        from generate_series(1, :many) as i;
      insert into user_subscriptions (
          user_id, provider, reference, tier, period_start, period_end, ends_at, customer, status,
          settled, state, updated_at)
        select id, s.provider, 'sub_bench' || i, s.tier, s.period_start, s.period_end, s.ends_at,
          'cus_bench' || i, s.status, s.settled,
          replace(replace(s.state::text, 'bench:seed"', 'bench' || i || '"'), ':user', id::text)::jsonb,
          s.updated_at
        from user_subscriptions s, generate_series(1, :many) as i,
          lateral (select lpad(to_hex(i), 32, '0')::uuid as id) made
        where s.provider = 'stripe' and s.reference = 'sub_bench:seed';
      """;

  private final HooksOptions options;
  private final Consumer<String> progress;
  private final InstantSource clock = Clock.systemUTC();

  /**
   * What was found.
   *
   * @param deliveries by state and what is noted about them
   * @param subscribers those of the users who were looked at that have the tier that they pay for
   */
  record Result(Map<String, Long> deliveries, long subscribers, long users) {
    Result {
      deliveries = Map.copyOf(deliveries);
    }

    /** Whether deliveries came, all of them were applied, and nobody lost their tier. */
    boolean isRight() {
      return deliveries.containsKey("DONE APPLIED")
          && deliveries.keySet().stream().allMatch("DONE APPLIED"::equals)
          && subscribers == users;
    }

    String text() {
      StringBuilder text = new StringBuilder();
      new TreeMap<>(deliveries)
          .forEach((what, count) -> text.append("%10d deliveries %s%n".formatted(count, what)));
      return text.append(
              "%10d of %d users have the tier that they pay for%n".formatted(subscribers, users))
          .toString();
    }
  }

  HooksRun(HooksOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /** Gets it ready. */
  void prepare(Path body) throws IOException, SQLException {
    try (EmbeddedPostgres server = start();
        Connection connection = connection(server.address());
        Statement sql = connection.createStatement()) {
      PostgresAdapter.migrate(config(server.address()));
      if (count(sql, "users where email not like '%@example.com'") > 0) {
        throw new IllegalArgumentException(
            options.data() + " holds real users; --data is to be a folder for measuring");
      }
      long there = subscriptions(sql);
      if (there == 0) {
        progress.accept("making " + options.subscriptions() + " subscriptions");
        seed(server, sql);
      } else if (there != options.subscriptions()) {
        throw new IllegalArgumentException(
            "%s holds %d subscriptions, not %d; delete it, or name another folder"
                .formatted(options.data(), there, options.subscriptions()));
      }
      sql.execute("truncate webhook_inbox");
      sql.execute("vacuum analyze users, payment_customers, user_subscriptions, webhook_inbox");
      Files.writeString(body, event(sql).template());
    }
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        EmbeddedPostgresConfig.of(folder(), options.data().resolve("postgres-programs")));
  }

  private Path folder() {
    return options.data().resolve("postgres");
  }

  private void seed(EmbeddedPostgres server, Statement sql) throws SQLException {
    Instant start = clock.instant().truncatedTo(ChronoUnit.DAYS);
    HookEvent event = new HookEvent(start, start.plus(PERIOD));
    UserId user;
    try (HookSeed seed = new HookSeed(PostgresAdapter.open(config(server.address())))) {
      user = seed.plant(event);
    }
    sql.execute(
        MULTIPLY
            .replace(":many", Integer.toString(options.subscriptions()))
            .replace(":seed", Integer.toString(HookSeed.NUMBER))
            .replace(":user", user.toString()));
  }

  /**
   * With the period that is stored, so that a delivery changes nothing that users are entitled to.
   */
  private static HookEvent event(Statement sql) throws SQLException {
    try (ResultSet row =
        sql.executeQuery(
            "select period_start, period_end from user_subscriptions where reference ="
                + " 'sub_bench1'")) {
      row.next();
      return new HookEvent(
          row.getObject(1, OffsetDateTime.class).toInstant(),
          row.getObject(2, OffsetDateTime.class).toInstant());
    }
  }

  /** Looks, also while the service runs. */
  Result check() throws SQLException {
    Optional<EmbeddedPostgres.Address> running = EmbeddedPostgres.running(folder());
    if (running.isPresent()) {
      return check(running.get());
    }
    try (EmbeddedPostgres server = start()) {
      return check(server.address());
    }
  }

  private Result check(EmbeddedPostgres.Address at) throws SQLException {
    try (Connection connection = connection(at);
        Statement sql = connection.createStatement()) {
      Map<String, Long> deliveries = new TreeMap<>();
      try (ResultSet rows =
          sql.executeQuery(
              "select concat_ws(' ', state, note), count(*) from webhook_inbox group by 1")) {
        while (rows.next()) {
          deliveries.put(rows.getString(1), rows.getLong(2));
        }
      }
      long there = subscriptions(sql);
      List<UserId> asked =
          LongStream.iterate(1, i -> i <= there, i -> i + Math.max(1, there / MOST_ASKED))
              .mapToObj(i -> new UserId(new UUID(0, i)))
              .toList();
      return new Result(deliveries, subscribers(at, asked, clock.instant()), asked.size());
    }
  }

  /** How many of these users are told that they have their tier. */
  private static long subscribers(EmbeddedPostgres.Address at, List<UserId> asked, Instant now) {
    try (PostgresAdapter adapter = PostgresAdapter.open(config(at))) {
      return adapter
          .transactions()
          .read(
              stores ->
                  asked.stream()
                      .map(user -> stores.subscriptions().entitlement(user, now).tier())
                      .filter(HookSeed.TIER::equals)
                      .count());
    }
  }

  private static long subscriptions(Statement sql) throws SQLException {
    return count(
        sql,
        "user_subscriptions where provider = 'stripe' and reference <> 'sub_bench"
            + HookSeed.NUMBER
            + "'");
  }

  private static long count(Statement sql, String of) throws SQLException {
    try (ResultSet row = sql.executeQuery("select count(*) from " + of)) {
      row.next();
      return row.getLong(1);
    }
  }

  static PostgresConfig config(EmbeddedPostgres.Address at) {
    return PostgresConfig.of(at.host(), at.port(), at.database(), at.user(), at.password());
  }

  private static Connection connection(EmbeddedPostgres.Address at) throws SQLException {
    return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password().reveal());
  }
}
