package io.contentcrew.examples;

import io.contentcrew.adapters.memory.TestPayments;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.subscription.BillingSettings;
import io.contentcrew.sdk.subscription.StartCheckout.Outcome;
import io.contentcrew.sdk.subscription.StartCheckout.Request;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sells a plan: a checkout, the webhooks that follow when it was paid, and the tier. Here by test
 * payments; with {@code StripeAdapter} or {@code PaystackAdapter} in their place nothing else
 * changes, but that the webhooks come over HTTP: hand them on as they are, headers and bytes.
 *
 * <p>Needs {@code contentcrew-sdk}, and {@code contentcrew-stripe} or {@code contentcrew-paystack}
 * for money.
 */
public final class SellPlans {
  private static final URI SHOP = URI.create("https://app.example.com/billing");
  private static final Plan BASIC = new Plan(new TierId("basic"), BillingInterval.MONTH);

  private SellPlans() {}

  /** Has somebody buy a plan. */
  public static void main(String[] args) {
    BlockingQueue<WebhookDelivery> post = new LinkedBlockingQueue<>();
    var payments =
        TestPayments.of(
            Secret.of("an example's secret"),
            URI.create("https://pay.example.com"),
            Clock.systemUTC(),
            post::add);
    var prices =
        new PriceList(List.of(new PriceList.Entry(PaymentProviderName.TEST, "price_1", BASIC)));
    try (var crew = ContentCrew.builder().payments(BillingSettings.of(prices), payments).build()) {
      User ada = crew.users().add("ada@example.com", "Ada");
      var request = new Request(ada.id(), BASIC, Optional.empty(), SHOP, SHOP, "order-1");
      if (crew.billing().startCheckout().start(request) instanceof Outcome.Started started) {
        System.out.println("Ada pays at " + started.page().getHost());
        payments.pay(started.page().getQuery().replaceFirst("token=", "")); // her browser does
      }
      System.out.println("Back from the page she is on " + crew.tierOf(ada.id()).id());

      var receive = crew.billing().receiveSubscriptionEvent();
      while (!post.isEmpty()) { // your webhook's route does
        receive.receive(PaymentProviderName.TEST, post.remove());
      }
      System.out.println("When the provider has told she is on " + crew.tierOf(ada.id()).id());
    }
  }
}
