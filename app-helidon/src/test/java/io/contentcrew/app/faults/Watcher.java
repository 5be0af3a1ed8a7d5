package io.contentcrew.app.faults;

import io.contentcrew.app.faults.EventStream.Event;
import io.contentcrew.app.faults.History.Seen;
import io.contentcrew.app.faults.History.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Reads a job's events to the last one: connects again after the last event it has, at any
 * instance, when a stream ends too early, and leaves now and then by itself.
 */
final class Watcher {
  /** The types of a job's last event. */
  static final Set<String> LAST = Set.of("complete", "error", "cancelled");

  /** What a view holds instead when it is told that there is nothing more to see. */
  static final String NOTHING_MORE = "204";

  private static final int TRIES = 5;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final Api api;
  private final List<Instance> instances;
  private final Account account;
  private final View view;
  private final RandomGenerator random;
  private long lastId;

  Watcher(
      Api api,
      List<Instance> instances,
      Account account,
      String reader,
      String job,
      RandomGenerator random) {
    this.api = api;
    this.instances = instances;
    this.account = account;
    this.view = api.history().view(reader, job);
    this.random = random;
  }

  /** Reads until the job is over, or it is told to give up. */
  View watch(BooleanSupplier givesUp) throws InterruptedException {
    while (!givesUp.getAsBoolean() && !read(anyInstance(), leavesAfter())) {
      Thread.sleep(BETWEEN_TRIES);
    }
    return view;
  }

  private Instance anyInstance() {
    return instances.get(random.nextInt(instances.size()));
  }

  /** One reader in three stays as long as it can. */
  private int leavesAfter() {
    return random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(1, 400);
  }

  /**
   * Reads at that instance, that many events at most.
   *
   * @return whether there is nothing more to be read
   */
  boolean read(Instance at, int atMost) {
    if (at.base().isEmpty()) {
      return false;
    }
    try (EventStream stream = api.stream(at, account.session(), view.job(), lastId)) {
      if (stream.status() == 204) {
        add(at, new Event(lastId, NOTHING_MORE, History.nothing()));
        return true;
      }
      for (int i = 0; i < atMost; i++) {
        Optional<Event> event = stream.next();
        if (event.isEmpty()) {
          return false;
        }
        lastId = event.get().id();
        add(at, event.get());
        if (LAST.contains(event.get().type())) {
          return true;
        }
      }
      return false;
    }
  }

  /** Reads at that instance, which is whole, and goes on where a stream ends too early. */
  void readToTheEnd(Instance at) throws InterruptedException {
    for (int i = 0; i < TRIES && !read(at, Integer.MAX_VALUE); i++) {
      Thread.sleep(BETWEEN_TRIES);
    }
  }

  private void add(Instance at, Event event) {
    view.seen()
        .add(new Seen(api.history().now(), at.name(), event.id(), event.type(), event.data()));
  }

  View view() {
    return view;
  }
}
