package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Looks for a delivery and then stores it, and believes whoever says that one is done. */
final class NaiveInbox implements WebhookInbox {
  private final Map<WebhookId, Delivered> rows = new ConcurrentHashMap<>();
  private final Map<WebhookId, State> states = new ConcurrentHashMap<>();
  private final Map<WebhookId, Waiting> waits = new ConcurrentHashMap<>();

  @Override
  public List<Receipt> store(List<Delivered> deliveries, Instant now, Duration pause) {
    return deliveries.stream().map(this::stored).toList();
  }

  private Receipt stored(Delivered delivered) {
    Optional<Delivered> known =
        rows.values().stream().filter(row -> row.key().equals(delivered.key())).findFirst();
    Gap.between();
    if (known.isPresent()) {
      WebhookId id = known.get().id();
      return new Receipt(id, false, states.get(id));
    }
    rows.put(delivered.id(), delivered);
    states.put(delivered.id(), State.DUE);
    return new Receipt(delivered.id(), true, State.DUE);
  }

  /** Whoever comes. */
  @Override
  public List<Entry> take(
      Instant now, Duration lease, Collection<PaymentProviderName> providers, int limit) {
    return rows.values().stream()
        .filter(row -> states.get(row.id()) == State.DUE)
        .limit(limit)
        .map(this::entry)
        .toList();
  }

  private Entry entry(Delivered row) {
    return new Entry(
        row.id(),
        row.provider(),
        row.key(),
        row.type(),
        row.apiVersion(),
        row.customer(),
        row.providerTime(),
        row.receivedAt(),
        states.get(row.id()),
        1,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        row.body());
  }

  @Override
  public boolean finish(Map<WebhookId, String> outcomes, Instant now) {
    outcomes.keySet().forEach(id -> states.put(id, State.DONE));
    return true;
  }

  /** Whatever became of it in the meantime. */
  @Override
  public void retry(WebhookId id, String error, Instant now, Duration pause) {
    states.put(id, State.DUE);
  }

  @Override
  public void park(WebhookId id, Waiting waiting, Instant now, Duration pause) {
    states.put(id, State.PARKED);
    waits.put(id, waiting);
  }

  @Override
  public void bury(WebhookId id, String error, Instant now) {
    states.put(id, State.DEAD);
  }

  /** Whoever's it is, and whatever kind of thing it is. */
  @Override
  public int release(PaymentProviderName provider, Waiting waiting, Instant now) {
    List<WebhookId> free =
        waits.entrySet().stream()
            .filter(entry -> entry.getValue().name().equals(waiting.name()))
            .map(Map.Entry::getKey)
            .toList();
    free.forEach(id -> states.put(id, State.DUE));
    return free.size();
  }

  @Override
  public Set<String> awaited(PaymentProviderName provider, Waiting.For what) {
    return waits.values().stream().map(Waiting::name).collect(Collectors.toSet());
  }

  @Override
  public boolean replay(WebhookId id, Instant now) {
    states.put(id, State.DUE);
    return true;
  }

  @Override
  public Optional<Entry> find(WebhookId id) {
    return Optional.ofNullable(rows.get(id)).map(this::entry);
  }

  @Override
  public List<Entry> page(Query query) {
    return rows.values().stream()
        .sorted(Comparator.comparing(Delivered::receivedAt))
        .limit(query.limit())
        .map(this::entry)
        .toList();
  }

  @Override
  public Map<State, Long> counts() {
    return states.values().stream()
        .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
  }

  /** Also what is over. */
  @Override
  public Optional<Instant> oldestDue() {
    return rows.values().stream().map(Delivered::receivedAt).min(Comparator.naturalOrder());
  }

  @Override
  public int purge(Instant doneBefore, Instant deadBefore, int limit) {
    int many = rows.size();
    rows.values().removeIf(row -> row.receivedAt().isBefore(doneBefore));
    states.keySet().retainAll(rows.keySet());
    return many - rows.size();
  }
}
