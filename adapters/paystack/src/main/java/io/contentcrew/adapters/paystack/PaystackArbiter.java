package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks Paystack how a subscription is. */
final class PaystackArbiter implements SubscriptionArbiter {
  private static final String WHAT = "how a subscription is";

  private final PaystackApi api;
  private final InstantSource clock;

  PaystackArbiter(PaystackApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public Optional<Stated> ask(SubscriptionRef subscription) {
    if (!subscription.provider().equals(PaymentProviderName.PAYSTACK)) {
      throw new IllegalArgumentException(subscription + " is not Paystack's");
    }
    Instant at = clock.instant(); // before it is asked: what it says may be no newer
    return find(api, subscription).map(found -> stated(subscription, found, at));
  }

  /** Paystack's object for that subscription; empty if it has none. */
  static Optional<JsonNode> find(PaystackApi api, SubscriptionRef subscription) {
    if (!PaystackApi.CODE.matcher(subscription.id()).matches()) {
      return Optional.empty();
    }
    return switch (api.get(WHAT, "subscription", subscription.id())) {
      case Answer.Done(JsonNode data) -> {
        if (!Snapshots.ref(data).equals(Optional.of(subscription))) {
          throw PaystackApi.nonsense(WHAT);
        }
        yield Optional.of(data);
      }
      case Answer.Refused refused -> {
        if (!refused.isNotFound()) {
          throw new PortFailureException(
              "Paystack refused to say " + WHAT + " (" + refused + ")", null);
        }
        yield Optional.empty();
      }
    };
  }

  private static Stated stated(SubscriptionRef ref, JsonNode data, Instant at) {
    PaystackStatus status =
        status(data)
            .orElseThrow(
                () ->
                    new PortFailureException(
                        ref + " is in a status that we do not know: look at it at Paystack", null));
    return new Stated(Snapshots.of(ref, data, Fields.customer(data), status), new Order.Asked(at));
  }

  static Optional<PaystackStatus> status(JsonNode data) {
    return Snapshots.word(data).flatMap(PaystackStatus::of);
  }

  /** Paystack keeps no list of what it could not deliver. */
  @Override
  public List<byte[]> undelivered(Instant since, int limit) {
    return List.of();
  }
}
