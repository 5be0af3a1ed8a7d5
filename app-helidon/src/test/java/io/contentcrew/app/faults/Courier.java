package io.contentcrew.app.faults;

import io.contentcrew.app.faults.History.Call;
import io.contentcrew.app.faults.History.Kind;
import io.contentcrew.testkit.SignedWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Stripe: tells the stories of some users' subscriptions, at whichever instance, in an order of its
 * own, some things twice, and everything again until it is taken. Somebody else tells lies.
 */
final class Courier {
  /** Of the endpoint. */
  static final String SECRET = "whsec_canary5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH";

  private static final String ANOTHER_SECRET = "whsec_ofAnotherEndpoint4H64I8lOOqUB6e8FHa";
  private static final int PAYERS = 3;

  /** So that users who write are not starved. */
  private static final int AT_ONCE = 6;

  private static final int OPEN = 30;

  private final Traffic traffic;
  private final Api api;
  private final long seed;
  private final RandomGenerator random;
  private final InstantSource clock = InstantSource.system();
  private final List<Account> payers = new ArrayList<>();
  private final Semaphore atOnce = new Semaphore(AT_ONCE);
  private final CountDownLatch hurry = new CountDownLatch(1);
  private int stories;
  private int deliveries;

  Courier(Traffic traffic, long seed) {
    this.traffic = traffic;
    this.api = traffic.api();
    this.seed = seed;
    this.random = Seeds.dice(seed);
  }

  /** Tells stories until the traffic stops; what is begun is told to its end, in a hurry. */
  void work() throws InterruptedException {
    api.history().secret("the secret of webhooks", SECRET);
    api.history().secret("a word of all bodies", Author.BODY_CANARY);
    while (!traffic.isStopping()) {
      if (payers.size() < PAYERS) {
        join();
      } else if (traffic.openDeliveries() < OPEN) {
        tell(payers.get(random.nextInt(PAYERS)));
      }
      Thread.sleep(random.nextInt(200, 800));
    }
    hurry.countDown();
  }

  private void join() throws InterruptedException {
    Account payer =
        new Account(api, "payer-%d-%d@example.com".formatted(payers.size() + 1, System.nanoTime()));
    if (payer.open(() -> anywhere(random))) {
      traffic.joined(payer);
      payers.add(payer);
    }
  }

  private Instance anywhere(RandomGenerator dice) {
    List<Instance> instances = traffic.cluster().instances();
    return instances.get(dice.nextInt(instances.size()));
  }

  // ---- stories

  private void tell(Account payer) {
    stories++;
    Instant now = clock.instant();
    Author author =
        new Author(
            Seeds.dice(seed * 1_000 + stories),
            payer.id(),
            "sub_%d_%d".formatted(now.toEpochMilli(), stories),
            now.getEpochSecond());
    Story story = switch (stories) { // one of each is enough
          case 2 -> author.ofAStranger();
          case 4 -> author.ofAnUnknownPrice();
          case 6 -> author.ofABillAlone();
          default -> author.write();
        };
    api.history().tell(story);
    for (Story.Event event : story.events()) {
      deliveries++;
      RandomGenerator dice = Seeds.dice(seed * 1_000_000 + deliveries);
      Duration delay = Duration.ofSeconds(event.second() - now.getEpochSecond()).plus(late(dice));
      traffic.deliver(() -> deliver(story, event, delay, dice));
    }
  }

  /** Most are on their way for a moment, some are overtaken by what happens seconds later. */
  private static Duration late(RandomGenerator dice) {
    return Duration.ofMillis(dice.nextInt(dice.nextInt(4) == 0 ? 6_000 : 600));
  }

  // ---- deliveries

  private void deliver(Story story, Story.Event event, Duration delay, RandomGenerator dice)
      throws InterruptedException {
    boolean hasComeInTime = hurry.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    int lies = dice.nextInt(hasComeInTime ? 20 : 10);
    if (lies == 0) {
      forge(story, event, dice);
    }
    if (dice.nextInt(8) == 0) {
      traffic.deliver(() -> send(story, event, anywhere(dice)));
    }
    while (!traffic.isGivingUp() && send(story, event, anywhere(dice)).status() != 200) {
      Thread.sleep(dice.nextInt(300, 900)); // Stripe waits for minutes
    }
  }

  private Call send(Story story, Story.Event event, Instance at) throws InterruptedException {
    atOnce.acquire();
    try {
      return send(api, story, event, at);
    } finally {
      atOnce.release();
    }
  }

  /** Delivers it as Stripe does, signed anew each time. */
  static Call send(Api api, Story story, Story.Event event, Api.Place at) {
    String signature =
        SignedWebhook.stripeHeader(SECRET, InstantSource.system().instant(), event.body());
    return api.webhook(Kind.WEBHOOK, at, story.user(), event.id(), event.body(), signature);
  }

  /** Tells that everything is paid for, in the name of Stripe. */
  private void forge(Story story, Story.Event event, RandomGenerator dice)
      throws InterruptedException {
    String id = "evt_forged_" + event.id();
    String told = new String(event.body(), StandardCharsets.UTF_8);
    byte[] lie =
        told.replace(event.id(), id)
            .replace("price_basic", "price_pro")
            .replaceAll("\"status\" : \"[a-z_]+\"", "\"status\" : \"active\"")
            .getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    String signature =
        switch (dice.nextInt(3)) {
          case 0 -> SignedWebhook.stripeHeader(ANOTHER_SECRET, now, lie);
          case 1 -> SignedWebhook.stripeHeader(SECRET, now, event.body()); // of another body
          default -> SignedWebhook.stripeHeader(SECRET, now.minus(Duration.ofDays(1)), lie);
        };
    atOnce.acquire();
    try {
      api.webhook(Kind.FORGERY, anywhere(dice), story.user(), id, lie, signature);
    } finally {
      atOnce.release();
    }
  }
}
