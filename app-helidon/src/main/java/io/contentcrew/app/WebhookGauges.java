package io.contentcrew.app;

import io.contentcrew.ports.subscription.WebhookInbox.State;
import io.contentcrew.sdk.subscription.InspectWebhooks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many webhooks wait, and for how long the oldest has. The stores are asked for it every few
 * seconds at most, and a scrape waits for them a moment at most: then it shows what was known
 * before, or that nothing is.
 */
final class WebhookGauges {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.app");
  private static final long GOOD_FOR = Duration.ofSeconds(5).toNanos();
  private static final long PATIENCE_MILLIS = 250;
  private static final double NONE = Double.NaN;

  private final InspectWebhooks inbox;
  private final InstantSource clock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Optional<Known> known = Optional.empty();
  private volatile long askedAt = System.nanoTime() - GOOD_FOR;

  private record Known(Map<State, Long> counts, double oldestSeconds) {}

  WebhookGauges(InspectWebhooks inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  void bindTo(MeterRegistry registry) {
    Gauge.builder("crew.webhooks.oldest", () -> known().map(Known::oldestSeconds).orElse(NONE))
        .description(
            "How long the oldest webhook has waited to be applied; parked ones not counted")
        .baseUnit("seconds")
        .register(registry);
    for (State state : new State[] {State.DUE, State.PARKED, State.DEAD}) {
      Gauge.builder("crew.webhooks.waiting", () -> known().map(is -> count(is, state)).orElse(NONE))
          .description("Webhooks that are to be applied, wait for something, or were given up")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static double count(Known known, State state) {
    return known.counts.getOrDefault(state, 0L);
  }

  private Optional<Known> known() {
    boolean stale = System.nanoTime() - askedAt >= GOOD_FOR;
    if (stale && asking.compareAndSet(false, true)) {
      CountDownLatch answered = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> ask(answered));
      try {
        boolean inTime = answered.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        LOG.log(Level.DEBUG, "The counts of webhooks came in time: {0}", inTime);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // what is known already will do
      }
    }
    return known;
  }

  private void ask(CountDownLatch answered) {
    try {
      double oldest =
          inbox
              .oldestDue()
              .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
              .orElse(0.0);
      known = Optional.of(new Known(inbox.counts(), Math.max(0, oldest)));
    } catch (RuntimeException e) {
      known = Optional.empty(); // better nothing than what was true once
      LOG.log(Level.DEBUG, "Nobody knows how many webhooks wait: {0}", e.getMessage());
    } finally {
      askedAt = System.nanoTime();
      asking.set(false);
      answered.countDown();
    }
  }
}
