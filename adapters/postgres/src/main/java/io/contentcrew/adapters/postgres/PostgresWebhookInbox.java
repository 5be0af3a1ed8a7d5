package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class PostgresWebhookInbox implements WebhookInbox {
  private final Tx tx;

  PostgresWebhookInbox(Tx tx) {
    this.tx = tx;
  }

  @Override
  public List<Receipt> store(List<Delivered> deliveries, Instant now, Duration pause) {
    Map<Key, Delivered> first = new LinkedHashMap<>();
    List<Delivered> again = new ArrayList<>(); // no statement changes a row twice
    for (Delivered delivered : deliveries) {
      if (first.putIfAbsent(Key.of(delivered), delivered) != null) {
        again.add(delivered);
      }
    }
    Map<Key, Receipt> stored = new HashMap<>();
    tx.list(
            WebhookSql.STORE,
            values -> due(bind(values, List.copyOf(first.values())), now, pause),
            row -> Map.entry(Key.of(row), receipt(row)))
        .forEach(entry -> stored.put(entry.getKey(), entry.getValue()));
    Iterator<Receipt> repeated =
        again.isEmpty() ? Collections.emptyIterator() : store(again, now, pause).iterator();
    List<Receipt> receipts = new ArrayList<>();
    for (Delivered delivered : deliveries) {
      Receipt receipt = stored.remove(Key.of(delivered));
      receipts.add(receipt == null ? repeated.next() : receipt);
    }
    return receipts;
  }

  private static Values due(Values values, Instant now, Duration pause) {
    return values.time("now", now).seconds("pause", pause);
  }

  private static Values bind(Values values, List<Delivered> deliveries) {
    return values
        .uuids("ids", each(deliveries, delivered -> delivered.id().value()))
        .texts("providers", each(deliveries, delivered -> delivered.provider().value()))
        .texts("event_keys", each(deliveries, Delivered::key))
        .texts("types", each(deliveries, Delivered::type))
        .texts("api_versions", orNull(deliveries, Delivered::apiVersion))
        .texts("customers", orNull(deliveries, Delivered::customer))
        .times("provider_times", orNull(deliveries, Delivered::providerTime))
        .blobs("signatures", each(deliveries, delivered -> delivered.signature().bytes()))
        .blobs("bodies", each(deliveries, Delivered::body))
        .times("received", each(deliveries, Delivered::receivedAt));
  }

  private static <T> List<T> each(List<Delivered> deliveries, Function<Delivered, T> part) {
    return deliveries.stream().map(part).toList();
  }

  private static <T> List<@Nullable T> orNull(
      List<Delivered> deliveries, Function<Delivered, Optional<T>> part) {
    List<@Nullable T> parts = new ArrayList<>();
    deliveries.forEach(delivered -> parts.add(part.apply(delivered).orElse(null)));
    return parts;
  }

  private static Receipt receipt(ResultSet row) throws SQLException {
    return new Receipt(id(row), row.getBoolean("is_new"), state(row));
  }

  /** By what one is told to be another one again, as it is stored. */
  private record Key(@Nullable String provider, @Nullable String key) {
    static Key of(Delivered delivered) {
      return new Key(delivered.provider().value(), Values.storable(delivered.key()));
    }

    static Key of(ResultSet row) throws SQLException {
      return new Key(row.getString("provider"), row.getString("event_key"));
    }
  }

  @Override
  public List<Entry> take(
      Instant now, Duration lease, Collection<PaymentProviderName> providers, int limit) {
    return tx.list(
        WebhookSql.TAKE,
        values ->
            due(values, now, lease)
                .texts("providers", providers.stream().map(PaymentProviderName::value).toList())
                .number("limit", limit),
        PostgresWebhookInbox::entry);
  }

  @Override
  public boolean finish(Map<WebhookId, String> outcomes, Instant now) {
    List<Map.Entry<WebhookId, String>> each = List.copyOf(outcomes.entrySet());
    return tx.update(
            WebhookSql.FINISH,
            values ->
                values
                    .uuids("ids", each.stream().map(one -> one.getKey().value()).toList())
                    .texts("notes", each.stream().map(Map.Entry::getValue).toList())
                    .time("now", now))
        == each.size();
  }

  @Override
  public void retry(WebhookId id, String error, Instant now, Duration pause) {
    tx.update(
        WebhookSql.RETRY,
        values -> due(values, now, pause).uuid("id", id.value()).text("note", error));
  }

  @Override
  public void park(WebhookId id, Waiting waiting, Instant now, Duration pause) {
    tx.update(
        WebhookSql.PARK,
        values -> {
          awaiting(values, waiting);
          due(values, now, pause).uuid("id", id.value()).text("note", note(waiting));
        });
  }

  private static void awaiting(Values values, Waiting waiting) {
    values.text("waits_for", waiting.what().name()).text("waits_name", waiting.name());
  }

  private static String note(Waiting waiting) {
    return waiting.what().name().toLowerCase(Locale.ROOT) + " " + waiting.name();
  }

  @Override
  public void bury(WebhookId id, String error, Instant now) {
    tx.update(
        WebhookSql.BURY,
        values -> values.uuid("id", id.value()).text("note", error).time("now", now));
  }

  @Override
  public int release(PaymentProviderName provider, Waiting waiting, Instant now) {
    return tx.update(
        WebhookSql.RELEASE,
        values -> {
          awaiting(values, waiting);
          values.text("provider", provider.value()).time("now", now);
        });
  }

  @Override
  public Set<String> awaited(PaymentProviderName provider, Waiting.For what) {
    return Set.copyOf(
        tx.list(
            WebhookSql.AWAITED,
            values -> values.text("provider", provider.value()).text("waits_for", what.name()),
            row -> row.getString("waits_name")));
  }

  @Override
  public boolean replay(WebhookId id, Instant now) {
    return tx.update(WebhookSql.REPLAY, values -> values.uuid("id", id.value()).time("now", now))
        == 1;
  }

  @Override
  public Optional<Entry> find(WebhookId id) {
    return tx.first(
        WebhookSql.FIND, values -> values.uuid("id", id.value()), PostgresWebhookInbox::entry);
  }

  @Override
  public List<Entry> page(Query query) {
    return tx.list(
        WebhookSql.page(query),
        values -> {
          query.provider().ifPresent(provider -> values.text("provider", provider.value()));
          query.type().ifPresent(type -> values.text("type", type));
          query.before().ifPresent(before -> values.uuid("before", before.value()));
          values.number("limit", query.limit());
        },
        PostgresWebhookInbox::entry);
  }

  @Override
  public Map<State, Long> counts() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    EnumSet.complementOf(EnumSet.of(State.DONE)).forEach(state -> counts.put(state, 0L));
    tx.list(WebhookSql.COUNTS, values -> {}, row -> Map.entry(state(row), row.getLong("many")))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  @Override
  public Optional<Instant> oldestDue() {
    return tx.one(WebhookSql.OLDEST_DUE, values -> {}, row -> Values.maybeTime(row, "oldest"));
  }

  @Override
  public int purge(Instant doneBefore, Instant deadBefore, int limit) {
    return tx.update(
        WebhookSql.PURGE,
        values ->
            values
                .time("done_before", doneBefore)
                .time("dead_before", deadBefore)
                .number("limit", limit));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        id(row),
        new PaymentProviderName(row.getString("provider")),
        row.getString("event_key"),
        row.getString("type"),
        Values.maybeText(row, "api_version"),
        Values.maybeText(row, "customer"),
        Values.maybeTime(row, "provider_time"),
        Values.time(row, "received_at"),
        state(row),
        row.getInt("attempts"),
        row.getInt("deliveries"),
        Values.maybeTime(row, "next_at"),
        Values.maybeText(row, "note"),
        Values.maybeTime(row, "settled_at"),
        row.getBytes("body"));
  }

  private static WebhookId id(ResultSet row) throws SQLException {
    return new WebhookId(Values.uuid(row, "id"));
  }

  private static State state(ResultSet row) throws SQLException {
    return Names.webhook(row.getString("state"));
  }
}
