package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.testkit.FakeStripe;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What tests share that ask a fake Stripe. */
@Timeout(60)
abstract class StripeTest {
  static final UserId USER = new UserId(UUID.fromString("0191d2c4-7f00-7000-8000-00000000000a"));
  static final String EMAIL = "reader@example.com";

  final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  final FakeStripe stripe =
      FakeStripe.start(clock)
          .selling("price_basic", BillingInterval.MONTH, 999)
          .selling("price_pro", BillingInterval.YEAR, 29_999);
  private final List<StripeAdapter> adapters = new ArrayList<>();
  final PaymentProvider provider = provider(config());
  final Checkout checkout = provider.checkout().orElseThrow();
  final SubscriptionArbiter arbiter = provider.arbiter().orElseThrow();

  StripeConfig config() {
    return StripeConfig.of(Secret.of(stripe.webhookSecret()))
        .withApiKey(Secret.of(stripe.apiKey()))
        .withApi(stripe.url())
        .withTimeout(Duration.ofSeconds(20))
        .withRetries(2, Duration.ofMillis(1));
  }

  PaymentProvider provider(StripeConfig config) {
    StripeAdapter adapter = StripeAdapter.open(config, clock);
    adapters.add(adapter);
    return adapter.paymentProvider();
  }

  @AfterEach
  void closeAll() {
    adapters.forEach(StripeAdapter::close);
    stripe.close();
  }

  Checkout.Order order(String key) {
    return order(key, "price_basic", Optional.empty());
  }

  Checkout.Order order(String key, String price, Optional<String> customer) {
    return new Checkout.Order(
        USER,
        new EmailAddress(EMAIL),
        customer,
        new Plan(new TierId("basic"), BillingInterval.MONTH),
        price,
        Optional.empty(),
        URI.create("https://crew.test/billing?done=1&x=ä"),
        URI.create("https://crew.test/billing"),
        key);
  }

  /** Buys, and hands out what was bought as it would be known here. */
  Subscription bought() {
    String id = stripe.pay(checkout.start(order("buy")));
    return subscription(id);
  }

  Subscription subscription(String id) {
    SubscriptionRef ref = new SubscriptionRef(PaymentProviderName.STRIPE, id);
    Snapshot snapshot = arbiter.ask(ref).orElseThrow().snapshot();
    return subscription(snapshot);
  }

  static Subscription unknown() {
    return subscription(
        Snapshot.of(
            new SubscriptionRef(PaymentProviderName.STRIPE, "sub_nobody's"),
            "cus_nobody's",
            StripeStatus.ACTIVE));
  }

  private static Subscription subscription(Snapshot snapshot) {
    return new Subscription(
        USER,
        new Plan(new TierId("basic"), BillingInterval.MONTH),
        snapshot,
        new Known.Ranked(),
        Payments.none());
  }

  static PortException failure(ThrowingCallable call) {
    if (catchThrowable(call) instanceof PortException failure) {
      return failure;
    }
    throw new AssertionError("no failure of a port");
  }
}
