package io.contentcrew.app;

import io.contentcrew.adapters.memory.TestPayments;
import io.contentcrew.adapters.paystack.PaystackAdapter;
import io.contentcrew.adapters.stripe.StripeAdapter;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.user.Seals;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whoever takes payments, as the configuration says.
 *
 * @param test the provider that takes no money, and whoever carries what it tells; empty where
 *     there is none
 */
record PaymentParts(List<PaymentProvider> providers, Optional<Test> test) {
  /** Where its checkout page is. */
  static final String TEST_PAGE = "/test-payments/checkout";

  PaymentParts {
    providers = List.copyOf(providers);
  }

  record Test(TestPayments payments, TestCourier courier) {}

  /**
   * Opens them.
   *
   * @param opened is given what must be closed
   */
  static PaymentParts open(
      AppConfig config, Seals seals, InstantSource clock, Consumer<AutoCloseable> opened) {
    PaymentConfig payments = config.payments();
    List<PaymentProvider> providers = new ArrayList<>();
    payments
        .stripe()
        .ifPresent(
            stripe -> {
              StripeAdapter adapter = StripeAdapter.open(stripe, clock);
              opened.accept(adapter);
              providers.add(adapter.paymentProvider());
            });
    payments
        .paystack()
        .ifPresent(
            paystack -> {
              PaystackAdapter adapter = PaystackAdapter.open(paystack, clock);
              opened.accept(adapter);
              providers.add(adapter.paymentProvider());
            });
    Optional<Test> test =
        payments.test()
            ? Optional.of(test(config.edges().baseUrl(), seals, clock, opened))
            : Optional.empty();
    test.ifPresent(one -> providers.add(one.payments));
    return new PaymentParts(providers, test);
  }

  private static Test test(
      URI baseUrl, Seals seals, InstantSource clock, Consumer<AutoCloseable> opened) {
    TestCourier courier = new TestCourier();
    opened.accept(courier);
    Secret secret = Secret.of(seals.seal("test-payments", "webhooks")); // the same at each start
    return new Test(
        TestPayments.of(secret, URI.create(baseUrl + TEST_PAGE), clock, courier), courier);
  }
}
