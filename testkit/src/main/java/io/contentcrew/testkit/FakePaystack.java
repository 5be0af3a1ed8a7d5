package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.ports.Secret;
import io.contentcrew.testkit.FakePaystackAccount.Answer;
import io.contentcrew.testkit.FakePaystackAccount.Held;
import io.contentcrew.testkit.FakePaystackAccount.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A server on 127.0.0.1 that speaks as much of Paystack's API as subscriptions take, holds what was
 * begun there, and says by which webhooks Paystack would tell of it; it delivers none by itself.
 * Safe for use by many threads.
 *
 * <pre>{@code
 * try (var paystack = FakePaystack.start(clock)) {
 *   paystack.plan("PLN_pro", price, BillingInterval.MONTH);
 *   URI page = checkout.start(order);
 *   List<byte[]> events = paystack.pay(page);
 * }
 * }</pre>
 */
public final class FakePaystack implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FakePaystackAnswer> next = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final FakePaystackAccount account;
  private final ServerSocket listener;

  private FakePaystack(InstantSource clock, ServerSocket listener) {
    this.clock = clock;
    this.account = new FakePaystackAccount(clock);
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  /** A request that came; header names are in small letters. */
  public record Request(String method, String path, Map<String, String> headers, JsonNode body) {
    public Request {
      headers = Map.copyOf(headers);
    }

    /** The header of that name, in whatever case. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** Starts on a free port, with no plan and no customer. */
  public static FakePaystack start(InstantSource clock) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return new FakePaystack(clock, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The API secret key that it wants to see, and that its webhooks are to be signed with. */
  public Secret key() {
    return Secret.of("sk_test_0123456789abcdef0123456789abcdef01234567");
  }

  /** Lets go of everything, and complains if something in the fake itself went wrong. */
  @Override
  public void close() {
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

  // ---- what it is to do

  /** Sells that. */
  public FakePaystack plan(String code, Money price, BillingInterval interval) {
    locked(() -> account.plans.put(code, new Plan(code, price, interval)));
    return this;
  }

  /** Answers the next requests so, one each. */
  public FakePaystack next(FakePaystackAnswer... answers) {
    locked(() -> next.addAll(List.of(answers)));
    return this;
  }

  /** All requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  // ---- what customers and time do

  /** As {@link #pay(String)}, by the page that a payment has. */
  public List<byte[]> pay(URI page) {
    String path = page.getPath();
    return pay(path.substring(path.lastIndexOf('/') + 1));
  }

  /**
   * The customer pays what was begun under that reference, and has a subscription. Paid twice, it
   * is the same one, told in the same words.
   *
   * @return the events: a charge, and a subscription
   */
  public List<byte[]> pay(String reference) {
    return locked(
        () -> {
          Held held = account.pay(reference);
          return List.of(
              FakePaystackEvents.charged(held, reference, held.metadata, held.createdAt),
              FakePaystackEvents.created(held));
        });
  }

  /** The code of the subscription that was paid for under that reference. */
  public String subscription(String reference) {
    return locked(() -> account.pay(reference).code);
  }

  /** What Paystack calls the status that a subscription has. */
  public String status(String subscription) {
    return locked(() -> account.subscription(subscription).status);
  }

  /**
   * A subscription falls due and is paid.
   *
   * @return the events: a bill, a charge, the bill again
   */
  public List<byte[]> renew(String subscription) {
    return locked(
        () -> {
          Held held = renewing(subscription);
          Instant now = clock.instant();
          held.bills++;
          byte[] bill = FakePaystackEvents.invoice("invoice.create", held, now, Optional.empty());
          held.status = "active";
          held.nextPayment = held.later(held.nextPayment);
          String reference = "renewal-" + held.code + "-" + held.bills;
          JsonNode metadata = FakePaystackAccount.fresh().put("invoice_action", "update");
          return List.of(
              bill,
              FakePaystackEvents.charged(held, reference, metadata, now),
              FakePaystackEvents.invoice("invoice.update", held, now, Optional.of(now)));
        });
  }

  /**
   * A subscription falls due and cannot be paid.
   *
   * @return the events: a bill, its failure, the bill again
   */
  public List<byte[]> failRenewal(String subscription) {
    return locked(
        () -> {
          Held held = renewing(subscription);
          Instant now = clock.instant();
          held.bills++;
          List<byte[]> events = new ArrayList<>();
          events.add(FakePaystackEvents.invoice("invoice.create", held, now, Optional.empty()));
          held.status = "attention";
          for (String type : List.of("invoice.payment_failed", "invoice.update")) {
            events.add(FakePaystackEvents.invoice(type, held, now, Optional.empty()));
          }
          return events;
        });
  }

  /** The owner changes the card: a small charge for nothing. */
  public byte[] changeCard(String subscription) {
    return locked(
        () -> {
          Held held = account.subscription(subscription);
          held.bills++;
          String reference = "card-" + held.code + "-" + held.bills;
          return FakePaystackEvents.cardChanged(held, reference, clock.instant());
        });
  }

  /** The next payment date of a subscription that was cancelled: it is over. */
  public byte[] lapse(String subscription) {
    return over(subscription, "cancelled");
  }

  /** All that a subscription was for has been paid: it is over. */
  public byte[] complete(String subscription) {
    return over(subscription, "completed");
  }

  private byte[] over(String subscription, String status) {
    return locked(
        () -> {
          Held held = account.subscription(subscription);
          held.status = status;
          return FakePaystackEvents.disabled(held);
        });
  }

  /** Gives a subscription another token, so that the one that was seen is of no more use. */
  public void changeToken(String subscription) {
    locked(() -> account.subscription(subscription).token += "-changed");
  }

  /** The events of what was asked by the API, and not given out yet. */
  public List<byte[]> events() {
    return locked(
        () -> {
          List<byte[]> events = List.copyOf(account.events);
          account.events.clear();
          return events;
        });
  }

  private Held renewing(String subscription) {
    Held held = account.subscription(subscription);
    if (!held.renews()) {
      throw new IllegalStateException(subscription + " is " + held.status + ": nothing falls due");
    }
    return held;
  }

  // ---- the server

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          broken.add(e);
          return;
        }
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Wire wire = new Wire(client);
      for (Wire.Head head = wire.read(); head != null; head = wire.read()) {
        answer(wire, head);
      }
    } catch (IOException e) {
      // The client has reset the connection, or the fake was closed: the end for both.
    } catch (RuntimeException | Error e) {
      broken.add(e);
    } finally {
      connections.remove(client);
    }
  }

  private void answer(Wire wire, Wire.Head head) throws IOException {
    Request request = new Request(head.method(), head.path(), head.headers(), body(head));
    requests.add(request);
    Optional<FakePaystackAnswer> scripted = locked(() -> Optional.ofNullable(next.poll()));
    switch (scripted.orElseGet(FakePaystackAnswer::usual)) {
      case FakePaystackAnswer.Usual usual -> {
        Answer answer = answer(request);
        wire.whole(answer.status(), "application/json", Map.of(), answer.body().toString());
      }
      case FakePaystackAnswer.Lost lost -> {
        answer(request);
        wire.whole(502, "text/html", Map.of(), "<html>Bad Gateway</html>");
      }
      case FakePaystackAnswer.Whole whole ->
          wire.whole(whole.status(), "application/json", whole.headers(), whole.body());
      case FakePaystackAnswer.Silence silence -> {} // the client is the one to leave
      case FakePaystackAnswer.Cut cut -> {
        if (cut.done()) {
          answer(request);
        }
        wire.hangUp();
      }
    }
  }

  private static JsonNode body(Wire.Head head) {
    try {
      return head.body().isEmpty() ? JSON.missingNode() : JSON.readTree(head.body());
    } catch (IOException e) {
      throw new IllegalArgumentException("a request that is no JSON", e);
    }
  }

  private Answer answer(Request request) {
    boolean isKnown =
        request.header("Authorization").equals(Optional.of("Bearer " + key().reveal()));
    return isKnown
        ? locked(() -> account.answer(request.method(), request.path(), request.body(), url()))
        : FakePaystackAccount.refusal(401, "Invalid key", "invalid_Key");
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
