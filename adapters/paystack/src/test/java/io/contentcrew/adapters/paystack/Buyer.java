package io.contentcrew.adapters.paystack;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Checkout.Order;
import java.net.URI;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** Somebody who buys. */
final class Buyer {
  static final UserId USER = new UserId(UUID.fromString("0190a1b2-0000-7000-8000-0123456789ab"));
  static final Plan PRO = new Plan(new TierId("pro"), BillingInterval.MONTH);
  static final Money PRICE = new Money(Currency.getInstance("NGN"), 450_000);
  static final URI PAID = URI.create("https://crew.example/paid?from=paystack");
  static final URI LEFT = URI.create("https://crew.example/left");

  private Buyer() {}

  static Order order(String key) {
    return order(key, "PLN_pro", Optional.of(PRICE));
  }

  static Order order(String key, String price, Optional<Money> amount) {
    return new Order(
        USER,
        new EmailAddress("buyer@example.com"),
        Optional.empty(),
        PRO,
        price,
        amount,
        PAID,
        LEFT,
        key);
  }

  static SubscriptionRef ref(String code) {
    return new SubscriptionRef(PaymentProviderName.PAYSTACK, code);
  }

  static Subscription holding(String code, PaystackStatus status, Optional<String> token) {
    Snapshot bare = Snapshot.of(ref(code), "CUS_fake1", status);
    Snapshot snapshot = token.map(bare::withManageToken).orElse(bare);
    return new Subscription(USER, PRO, snapshot, new Known.Ranked(), Payments.none());
  }
}
