package io.contentcrew.adapters.paystack;

import io.contentcrew.ports.subscription.PaymentProvider;
import java.time.InstantSource;

/**
 * Paystack, through its webhooks and its API. Safe for use by many threads.
 *
 * <p>An interrupt ends a call with {@link io.contentcrew.ports.PortUnavailableException} and leaves
 * the thread's flag set.
 */
public final class PaystackAdapter implements AutoCloseable {
  private final Http http;
  private final PaymentProvider paymentProvider;

  private PaystackAdapter(Http http, PaymentProvider paymentProvider) {
    this.http = http;
    this.paymentProvider = paymentProvider;
  }

  /** Gets ready; asks nobody yet. */
  public static PaystackAdapter open(PaystackConfig config, InstantSource clock) {
    Http http = new Http(config);
    PaystackEvents events = new PaystackEvents(new Signatures(config.webhookKeys()));
    return new PaystackAdapter(
        http,
        new PaystackProvider(
            events,
            config.apiKey().map(key -> new PaystackApi(http, key, config)),
            config.baseUrl(),
            clock));
  }

  /** Paystack. Without an API key it has events only. */
  public PaymentProvider paymentProvider() {
    return paymentProvider;
  }

  /** Stops what is under way and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    http.close();
  }
}
