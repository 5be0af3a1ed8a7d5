package io.contentcrew.app;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.sdk.subscription.ReceiveSubscriptionEvent;
import io.contentcrew.sdk.subscription.ReceiveSubscriptionEvent.Outcome;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code /api/webhooks}: what payment providers tell. Nothing is asked of a delivery but that its
 * bytes are signed: no type of content, no cookie, no token. What is stored is answered with 200,
 * and what is not, with a status that has the provider deliver it again; what is genuine is never
 * refused.
 */
final class WebhookRoutes implements HttpService {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.http");
  private static final byte[] NOTHING = {};
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);

  /** Where providers put their signatures. */
  private static final Map<PaymentProviderName, HeaderName> SIGNATURES =
      Map.of(
          PaymentProviderName.STRIPE, HeaderNames.create("Stripe-Signature"),
          PaymentProviderName.PAYSTACK, HeaderNames.create("X-Paystack-Signature"));

  private final ReceiveSubscriptionEvent receive;
  private final Bodies bodies;
  private final AddressLimits limits;
  private final int maxBytes;
  private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - TOLD_EVERY.toNanos());
  private final boolean test;

  /**
   * @param maxBytes the largest body
   * @param test whether the test provider delivers here, too
   */
  WebhookRoutes(
      ReceiveSubscriptionEvent receive,
      Bodies bodies,
      AddressLimits limits,
      int maxBytes,
      boolean test) {
    this.receive = receive;
    this.bodies = bodies;
    this.limits = limits;
    this.maxBytes = maxBytes;
    this.test = test;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/stripe", receiver(PaymentProviderName.STRIPE))
        .any("/stripe", MethodNotAllowed.but("POST"))
        .post("/paystack", receiver(PaymentProviderName.PAYSTACK))
        .any("/paystack", MethodNotAllowed.but("POST"));
    if (test) {
      rules
          .post("/test", receiver(PaymentProviderName.TEST))
          .any("/test", MethodNotAllowed.but("POST"));
    }
  }

  private Handler receiver(PaymentProviderName provider) {
    return (request, response) -> receive(provider, request, response);
  }

  private void receive(
      PaymentProviderName provider, ServerRequest request, ServerResponse response) {
    // nobody believes what is not signed, whatever it says: so it is not taken in
    byte[] body = isSigned(provider, request) ? bodies.raw(request, maxBytes) : NOTHING;
    WebhookDelivery delivery = new WebhookDelivery(headers(request), body);
    switch (received(provider, delivery)) {
      case Outcome.Accepted accepted -> {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("received", true);
        view.put("result", accepted.result().name().toLowerCase(Locale.ROOT));
        Replies.json(response, view);
      }
      case Outcome.Forged(String why) -> {
        limits.forgedWebhook(request, response);
        tell(provider, why);
        throw Problem.of(
                Problem.Code.BAD_REQUEST, "Nobody can tell that " + provider + " sent it: " + why)
            .asException();
      }
      case Outcome.NoSecret() -> throw noSecret(provider);
      case Outcome.UnknownProvider() -> throw noSecret(provider);
    }
  }

  /** Now and then: a wrong secret shows only here, and strangers could fill the log with it. */
  private void tell(PaymentProviderName provider, String why) {
    long now = System.nanoTime();
    long last = lastTold.get();
    if (now - last >= TOLD_EVERY.toNanos() && lastTold.compareAndSet(last, now)) {
      LOG.log(
          Level.WARNING,
          "A webhook was refused because nobody can tell that {0} sent it: {1}",
          provider,
          why);
    }
  }

  private static boolean isSigned(PaymentProviderName provider, ServerRequest request) {
    HeaderName signature = SIGNATURES.get(provider);
    return signature == null || request.headers().contains(signature);
  }

  /** Whatever keeps it from being stored, the provider is to keep it and come again. */
  private Outcome received(PaymentProviderName provider, WebhookDelivery delivery) {
    try {
      return receive.receive(provider, delivery);
    } catch (PortFailureException e) {
      LOG.log(Level.ERROR, "A webhook of " + provider + " could not be stored", e);
      throw Problem.of(
              Problem.Code.SERVICE_UNAVAILABLE, "It could not be stored. Please deliver it again.")
          .retryAfter(Duration.ofMinutes(1))
          .asException();
    }
  }

  private static Problem.Thrown noSecret(PaymentProviderName provider) {
    return Problem.of(
            Problem.Code.SERVICE_UNAVAILABLE,
            "This service has no secret by which to tell that "
                + provider
                + " sent it. Whoever runs it can set "
                + provider.value().toUpperCase(Locale.ROOT)
                + "_WEBHOOK_SECRET.")
        .retryAfter(Duration.ofMinutes(10))
        .asException();
  }

  private static Map<String, List<String>> headers(ServerRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.name(), header.allValues()));
    return headers;
  }
}
