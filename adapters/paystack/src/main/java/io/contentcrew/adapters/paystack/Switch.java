package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import java.util.Optional;

/**
 * Turns the renewal of a subscription on or off. Paystack wants a token for that, which may have
 * changed since we saw it, and refuses to turn what is turned already; so a refusal is looked into.
 */
record Switch(PaystackApi api, SubscriptionRef subscription, Way way) {
  /** Which way. */
  enum Way {
    /** It goes on. */
    ON("enable", "to resume a subscription"),
    /** It ends with what was paid for. */
    OFF("disable", "to cancel a subscription");

    private final String path;
    private final String what;

    Way(String path, String what) {
      this.path = path;
      this.what = what;
    }

    private boolean isReached(PaystackStatus status) {
      boolean isOn = status == PaystackStatus.ACTIVE || status == PaystackStatus.ATTENTION;
      return isOn == (this == ON);
    }
  }

  /**
   * Turns it.
   *
   * @param known the token, where we have seen it
   */
  void turn(Optional<String> known) {
    if (known.isPresent() && send(known.get()).isEmpty()) {
      return;
    }
    JsonNode now = PaystackArbiter.find(api, subscription).orElseThrow(() -> missing(subscription));
    Optional<PaystackStatus> status = PaystackArbiter.status(now);
    if (status.filter(way::isReached).isPresent()) {
      return;
    }
    if (way == Way.ON && status.filter(PaystackStatus::isFinal).isPresent()) {
      throw new PortFailureException(
          "what has ended at Paystack cannot be resumed: subscribe anew", null);
    }
    String token =
        Fields.name(now, "email_token").orElseThrow(() -> PaystackApi.nonsense(way.what));
    send(token)
        .ifPresent(
            refused -> {
              throw new PortFailureException(
                  "Paystack refused %s (%s): look at it there".formatted(way.what, refused), null);
            });
  }

  /** What Paystack says against it; empty if it is done. */
  private Optional<Answer.Refused> send(String token) {
    JsonNode body = Json.fresh().put("code", subscription.id()).put("token", token);
    return switch (api.set(way.what, body, "subscription", way.path)) {
      case Answer.Done done -> Optional.empty();
      case Answer.Refused refused -> Optional.of(refused);
    };
  }

  static PortException missing(SubscriptionRef subscription) {
    return new PortFailureException(
        "Paystack knows of no "
            + subscription
            + ": look whether the key is of the account (test or live) in which it was made",
        null);
  }
}
