package io.contentcrew.adapters.stripe;

import io.contentcrew.ports.subscription.PaymentProvider;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Stripe. Safe for use by many threads.
 *
 * <p>Known as {@code stripe}. Events are understood whatever API version their endpoint has, and
 * without an API key; {@link PaymentProvider#checkout} and {@link PaymentProvider#arbiter} need
 * one. An interrupt ends a call with {@link io.contentcrew.ports.PortUnavailableException} and
 * leaves the thread's flag set.
 */
public final class StripeAdapter implements AutoCloseable {
  private final Optional<Http> http;
  private final PaymentProvider paymentProvider;

  private StripeAdapter(Optional<Http> http, PaymentProvider paymentProvider) {
    this.http = http;
    this.paymentProvider = paymentProvider;
  }

  /** Gets ready; asks nobody yet. */
  public static StripeAdapter open(StripeConfig config, InstantSource clock) {
    StripeEvents events = new StripeEvents(new Verifier(config, clock));
    if (config.apiKey().isEmpty()) {
      return new StripeAdapter(
          Optional.empty(), new StripeProvider(events, Optional.empty(), Optional.empty()));
    }
    Http http = new Http(config);
    Api api = new Api(config, config.apiKey().get(), http, clock);
    return new StripeAdapter(
        Optional.of(http),
        new StripeProvider(
            events,
            Optional.of(new StripeCheckout(api, clock)),
            Optional.of(new StripeArbiter(api))));
  }

  /** Stripe, as a payment provider. */
  public PaymentProvider paymentProvider() {
    return paymentProvider;
  }

  /** Stops what is under way and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    http.ifPresent(Http::close);
  }
}
