package io.contentcrew.testkit;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server on 127.0.0.1 that speaks as much of Stripe's API as it takes to sell subscriptions, and
 * that can misbehave. It does not deliver: a test takes the events and delivers them as it likes,
 * in any order, twice, or never. Safe for use by many threads.
 *
 * <pre>{@code
 * try (var stripe = FakeStripe.start(clock)) {
 *   stripe.selling("price_basic", BillingInterval.MONTH, 999);
 *   URI page = checkout.start(order);
 *   stripe.pay(page);
 *   stripe.take().forEach(event -> deliver(stripe.delivery(event)));
 * }
 * }</pre>
 */
public final class FakeStripe implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final Queue<FakeStripeAnswer> next = new ArrayDeque<>();
  private final List<FakeStripeRequest> requests = new CopyOnWriteArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final FakeStripeAccount account;
  private final FakeStripeKeys keys = new FakeStripeKeys();
  private final FakeStripeApi api;
  private final ServerSocket listener;

  private FakeStripe(InstantSource clock) throws IOException {
    this.clock = clock;
    account = new FakeStripeAccount(clock);
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    api = new FakeStripeApi(account, taken, url().toString());
  }

  /** Starts on a free port, and dates by that clock. */
  public static FakeStripe start(InstantSource clock) {
    try {
      FakeStripe stripe = new FakeStripe(clock);
      Thread.ofVirtual().start(stripe::accept);
      return stripe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          broken.add(e);
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      new FakeStripeConnection(this, client).serve();
    } catch (IOException e) {
      // The client has left, or we have.
    } catch (RuntimeException | Error e) {
      broken.add(e);
    } finally {
      connections.remove(client);
    }
  }

  /** Its address, for example {@code http://127.0.0.1:4711}: the API's, and that of its pages. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The API key that it takes. */
  public String apiKey() {
    return "sk_test_ofTheFake";
  }

  /** What it signs deliveries with. */
  public String webhookSecret() {
    return "whsec_ofTheFake";
  }

  /** Stops, and complains if something in the fake itself went wrong. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!broken.isEmpty()) {
      throw new AssertionError("the fake server broke", broken.getFirst());
    }
  }

  // ---- how it is

  /** Sells this, too, in dollars; other prices it does not know. */
  public FakeStripe selling(String price, BillingInterval interval, long cents) {
    return locked(
        () -> {
          account.sell(new FakeStripePrice(price, interval, cents));
          return this;
        });
  }

  /**
   * Writes events as that version of the API has them from now on, for example {@code 2019-12-03},
   * {@code 2024-11-20.acacia}; {@code 2026-07-29.dahlia} if nobody says otherwise.
   */
  public FakeStripe speaking(String apiVersion) {
    return locked(
        () -> {
          account.speak(apiVersion);
          return this;
        });
  }

  /** Answers the next requests so, one each. */
  public FakeStripe next(FakeStripeAnswer... answers) {
    return locked(
        () -> {
          next.addAll(List.of(answers));
          return this;
        });
  }

  // ---- what happens there

  /**
   * Somebody pays on the page of a checkout.
   *
   * @return the name of the subscription
   */
  public String pay(URI page) {
    String path = page.getPath();
    return pay(path.substring(path.lastIndexOf('/') + 1));
  }

  /**
   * Somebody pays for what was begun in that session.
   *
   * @return the name of the subscription
   */
  public String pay(String session) {
    return locked(() -> account.pay(session).id());
  }

  /** A period is over: the next one is paid for; one that was to end with it ends. */
  public void renew(String subscription) {
    run(() -> account.renew(subscription));
  }

  /** A period is over, and the next one cannot be paid for; or that is tried once more, in vain. */
  public void fail(String subscription) {
    run(() -> account.fail(subscription));
  }

  /** What could not be paid for is paid for after all. */
  public void settle(String subscription) {
    run(() -> account.settle(subscription));
  }

  /** It is ended in the dashboard. */
  public void end(String subscription) {
    run(() -> account.end(subscription));
  }

  /** Its owner has it end at that time in the portal. */
  public void endAt(String subscription, Instant end) {
    run(() -> account.endAt(subscription, end));
  }

  /** The bank of that customer declines what is to be paid from now on, or no longer does. */
  public void decline(String customer, boolean declines) {
    run(() -> account.decline(customer, declines));
  }

  /** Its money is given back. */
  public void refund(String subscription) {
    run(() -> account.refund(subscription));
  }

  /** A customer is deleted in the dashboard, with all that they subscribed to. */
  public void deleteCustomer(String customer) {
    run(() -> account.deleteCustomer(customer));
  }

  // ---- what it tells

  /**
   * The events that nobody has taken yet, the earliest first. Those that are not taken are what it
   * says that it could not deliver.
   */
  public List<FakeStripeEvent> take() {
    return locked(
        () -> {
          List<FakeStripeEvent> left =
              account.events().stream().filter(event -> taken.add(event.id())).toList();
          return left;
        });
  }

  /** All events, the earliest first. */
  public List<FakeStripeEvent> events() {
    return locked(() -> List.copyOf(account.events()));
  }

  /** The event as a delivery that is signed now. */
  public WebhookDelivery delivery(FakeStripeEvent event) {
    return SignedWebhook.stripe(webhookSecret(), clock.instant(), event.body());
  }

  // ---- what it has and got

  /** The names of all subscriptions. */
  public List<String> subscriptions() {
    return locked(account::subscriptions);
  }

  /** The customer of a subscription. */
  public String customer(String subscription) {
    return locked(() -> account.subscription(subscription).customer());
  }

  /** The status of a subscription. */
  public String status(String subscription) {
    return locked(() -> account.subscription(subscription).status());
  }

  /** The names of all sessions of the checkout. */
  public List<String> sessions() {
    return locked(() -> List.copyOf(account.sessions().keySet()));
  }

  /** Waits until there were {@code count} requests, and returns the last of these. */
  public FakeStripeRequest awaitRequest(int count) throws InterruptedException {
    long left = Duration.ofSeconds(30).toNanos();
    lock.lockInterruptibly();
    try {
      while (requests.size() < count) {
        if (left <= 0) {
          throw new AssertionError("waited 30 s for request " + count + "; came: " + requests);
        }
        left = came.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return requests.get(count - 1);
  }

  /** All requests so far. */
  public List<FakeStripeRequest> requests() {
    return List.copyOf(requests);
  }

  // ---- for its connections

  Optional<FakeStripeAnswer> scripted(FakeStripeRequest request) {
    return locked(
        () -> {
          requests.add(request);
          came.signalAll();
          return Optional.ofNullable(next.poll());
        });
  }

  /** Answers as it does by itself, once that latch is open. */
  FakeStripeKeys.Reply answer(FakeStripeRequest request, CountDownLatch latch)
      throws InterruptedException {
    return keys.answer(
        request,
        apiKey(),
        () -> {
          latch.await();
          return locked(() -> api.answer(request));
        });
  }

  /** How it dates its answers. */
  Instant now() {
    return clock.instant();
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private void run(Runnable action) {
    locked(
        () -> {
          action.run();
          return Optional.empty();
        });
  }

  private <T> T locked(Action<T> action) {
    lock.lock();
    try {
      return Objects.requireNonNull(action.run());
    } finally {
      lock.unlock();
    }
  }

  /** What is done while nobody else does anything. */
  private interface Action<T> {
    T run();
  }
}
