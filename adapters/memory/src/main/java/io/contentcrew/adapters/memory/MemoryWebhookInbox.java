package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryWebhookInbox implements WebhookInbox {
  private static final Set<State> OPEN = EnumSet.of(State.DUE, State.PARKED);
  private static final Comparator<When> EARLIEST_FIRST =
      Comparator.comparing(When::at).thenComparing(when -> when.id.value());

  private final Table<WebhookId, WebhookRow> rows;
  private final Table<Key, WebhookId> ids;
  private final Index<State, When> queues;
  private final Index<MemoryCustomers.Customer, WebhookId> byCustomer;

  private record Key(PaymentProviderName provider, String key) {}

  /** When something is due, or was settled. */
  private record When(Instant at, WebhookId id) {}

  MemoryWebhookInbox(Turn turn) {
    rows = new Table<>(turn);
    ids = new Table<>(turn);
    queues = new Index<>(turn, EARLIEST_FIRST);
    byCustomer = new Index<>(turn, Comparator.comparing(WebhookId::value));
  }

  @Override
  public List<Receipt> store(List<Delivered> deliveries, Instant now, Duration pause) {
    Instant dueAt = now.plus(pause);
    return deliveries.stream().map(delivered -> stored(delivered, dueAt)).toList();
  }

  private Receipt stored(Delivered delivered, Instant dueAt) {
    Key key = new Key(delivered.provider(), delivered.key());
    Optional<WebhookRow> known = ids.get(key).map(this::row);
    if (known.isPresent()) {
      WebhookRow again = known.get().cameAgain();
      put(again);
      return new Receipt(again.id(), false, again.state());
    }
    if (rows.has(delivered.id())) {
      throw Turn.refused("the delivery is there already");
    }
    ids.put(key, delivered.id());
    put(WebhookRow.of(delivered, dueAt));
    customer(delivered).ifPresent(customer -> byCustomer.add(customer, delivered.id()));
    return new Receipt(delivered.id(), true, State.DUE);
  }

  private static Optional<MemoryCustomers.Customer> customer(Delivered delivered) {
    return delivered
        .customer()
        .map(name -> new MemoryCustomers.Customer(delivered.provider(), name));
  }

  private WebhookRow row(WebhookId id) {
    return rows.get(id).orElseThrow();
  }

  private void put(WebhookRow next) {
    rows.get(next.id()).ifPresent(before -> queues.remove(before.state(), when(before)));
    rows.put(next.id(), next);
    queues.add(next.state(), when(next));
  }

  private static When when(WebhookRow row) {
    return new When(row.at(), row.id());
  }

  @Override
  public List<Entry> take(
      Instant now, Duration lease, Collection<PaymentProviderName> providers, int limit) {
    List<When> due =
        OPEN.stream()
            .flatMap(state -> queues.of(state).stream().takeWhile(one -> !one.at.isAfter(now)))
            .filter(one -> providers.contains(row(one.id).delivered().provider()))
            .sorted(EARLIEST_FIRST)
            .limit(limit)
            .toList();
    return due.stream().map(one -> take(row(one.id), now.plus(lease))).toList();
  }

  private Entry take(WebhookRow row, Instant until) {
    WebhookRow taken = row.takenUntil(until);
    put(taken);
    return taken.entry();
  }

  @Override
  public boolean finish(Map<WebhookId, String> outcomes, Instant now) {
    Set<State> open = EnumSet.complementOf(EnumSet.of(State.DONE));
    boolean all = true;
    for (Map.Entry<WebhookId, String> one : outcomes.entrySet()) {
      all &= change(one.getKey(), open, row -> row.settled(State.DONE, one.getValue(), now));
    }
    return all;
  }

  @Override
  public void retry(WebhookId id, String error, Instant now, Duration pause) {
    change(id, OPEN, row -> row.retried(error, now.plus(pause)));
  }

  @Override
  public void park(WebhookId id, Waiting waiting, Instant now, Duration pause) {
    change(id, OPEN, row -> row.parked(waiting, now.plus(pause)));
  }

  @Override
  public void bury(WebhookId id, String error, Instant now) {
    change(id, OPEN, row -> row.settled(State.DEAD, error, now));
  }

  /** Changes it if it is in one of the states. Returns whether it was. */
  private boolean change(WebhookId id, Set<State> in, UnaryOperator<WebhookRow> change) {
    Optional<WebhookRow> found = rows.get(id).filter(row -> in.contains(row.state()));
    found.map(change).ifPresent(this::put);
    return found.isPresent();
  }

  @Override
  public int release(PaymentProviderName provider, Waiting waiting, Instant now) {
    List<WebhookRow> waits =
        parked(provider).filter(row -> row.waiting().equals(Optional.of(waiting))).toList();
    waits.forEach(row -> put(row.released(now)));
    return waits.size();
  }

  private Stream<WebhookRow> parked(PaymentProviderName provider) {
    return queues.of(State.PARKED).stream()
        .map(one -> row(one.id))
        .filter(row -> row.delivered().provider().equals(provider));
  }

  @Override
  public Set<String> awaited(PaymentProviderName provider, Waiting.For what) {
    return parked(provider)
        .flatMap(row -> row.waiting().stream())
        .filter(waiting -> waiting.what() == what)
        .map(Waiting::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean replay(WebhookId id, Instant now) {
    change(id, EnumSet.complementOf(EnumSet.of(State.DUE)), row -> row.replayed(now));
    return rows.has(id);
  }

  @Override
  public Optional<Entry> find(WebhookId id) {
    return rows.get(id).map(WebhookRow::entry);
  }

  /** In the order of their ids, which begin with the time. */
  @Override
  public List<Entry> page(Query query) {
    return rows.values().stream()
        .filter(row -> query.provider().map(row.delivered().provider()::equals).orElse(true))
        .filter(row -> query.state().map(state -> state == row.state()).orElse(true))
        .filter(row -> query.type().map(row.delivered().type()::equals).orElse(true))
        .filter(row -> query.before().map(id -> row.isOlderThan(id)).orElse(true))
        .sorted(Comparator.comparing((WebhookRow row) -> row.id().value()).reversed())
        .limit(query.limit())
        .map(WebhookRow::withoutBody)
        .toList();
  }

  @Override
  public Map<State, Long> counts() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    EnumSet.complementOf(EnumSet.of(State.DONE))
        .forEach(state -> counts.put(state, (long) queues.of(state).size()));
    return counts;
  }

  @Override
  public Optional<Instant> oldestDue() {
    return queues.of(State.DUE).stream()
        .map(one -> row(one.id).delivered().receivedAt())
        .min(Comparator.naturalOrder());
  }

  @Override
  public int purge(Instant doneBefore, Instant deadBefore, int limit) {
    List<WebhookRow> old =
        Stream.concat(settled(State.DONE, doneBefore), settled(State.DEAD, deadBefore))
            .limit(limit)
            .toList();
    old.forEach(this::remove);
    return old.size();
  }

  private Stream<WebhookRow> settled(State state, Instant before) {
    return queues.of(state).stream()
        .takeWhile(one -> one.at.isBefore(before))
        .map(one -> row(one.id));
  }

  private void remove(WebhookRow row) {
    queues.remove(row.state(), when(row));
    customer(row.delivered()).ifPresent(customer -> byCustomer.remove(customer, row.id()));
    ids.remove(new Key(row.delivered().provider(), row.delivered().key()));
    rows.remove(row.id());
  }

  /** Forgets all that is about those customers: the bodies tell of people. */
  void delete(Collection<MemoryCustomers.Customer> customers) {
    List<WebhookRow> gone =
        customers.stream()
            .flatMap(customer -> byCustomer.of(customer).stream())
            .map(this::row)
            .toList();
    gone.forEach(this::remove);
  }
}
