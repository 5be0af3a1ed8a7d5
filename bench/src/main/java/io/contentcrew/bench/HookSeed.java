package io.contentcrew.bench;

import io.contentcrew.adapters.stripe.StripeAdapter;
import io.contentcrew.adapters.stripe.StripeConfig;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.PriceList;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.Storage;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.subscription.ApplySubscriptionEvent.Result;
import io.contentcrew.sdk.subscription.BillingSettings;
import io.contentcrew.sdk.subscription.ReceiveSubscriptionEvent.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes one user with a subscription, by a delivery, as they all come to be. */
final class HookSeed implements AutoCloseable {
  static final TierId TIER = new TierId("enterprise");

  /** Those that are made of it have the numbers from 1. */
  static final int NUMBER = 0;

  private static final Secret SECRET = Secret.of("whsec_bench");

  private final InstantSource clock = Clock.systemUTC();
  private final Storage storage;
  private final StripeAdapter stripe = StripeAdapter.open(StripeConfig.of(SECRET), clock);
  private final ContentCrew crew;

  /** Closes the storage with itself. */
  HookSeed(Storage storage) {
    this.storage = storage;
    crew =
        ContentCrew.builder()
            .storage(storage)
            .tiers(BenchTiers.load())
            .payments(sold(), stripe.paymentProvider())
            .idle()
            .build();
  }

  UserId plant(HookEvent event) {
    User user = crew.users().add("hook" + NUMBER + "@example.com", "Hook");
    Instant now = clock.instant();
    storage
        .transactions()
        .inTransaction(
            stores ->
                stores
                    .customers()
                    .link(PaymentProviderName.STRIPE, "cus_bench" + NUMBER, user.id(), now));
    // an hour ago, so that whatever is delivered from now on is newer
    Result result = deliver(event.of(NUMBER, now.minus(Duration.ofHours(1))));
    if (result != Result.APPLIED) {
      throw new IllegalStateException("the first delivery was not applied, but " + result);
    }
    return user.id();
  }

  /** Takes a delivery as a service does. */
  Result deliver(String body) {
    Outcome outcome =
        crew.billing()
            .receiveSubscriptionEvent()
            .receive(PaymentProviderName.STRIPE, signed(body, clock.instant()));
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted.result();
    }
    throw new IllegalStateException("a delivery was not accepted: " + outcome);
  }

  private static BillingSettings sold() {
    Plan plan = new Plan(TIER, BillingInterval.MONTH);
    return BillingSettings.of(
        new PriceList(
            List.of(new PriceList.Entry(PaymentProviderName.STRIPE, HookEvent.PRICE, plan))));
  }

  private static WebhookDelivery signed(String body, Instant at) {
    String signedText = at.getEpochSecond() + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signature =
          HexFormat.of().formatHex(mac.doFinal(signedText.getBytes(StandardCharsets.UTF_8)));
      return new WebhookDelivery(
          Map.of("Stripe-Signature", List.of("t=" + at.getEpochSecond() + ",v1=" + signature)),
          body.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public void close() {
    crew.close();
    stripe.close();
  }
}
