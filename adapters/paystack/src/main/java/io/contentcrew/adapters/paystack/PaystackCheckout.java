package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Checkout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Has Paystack begin, end and resume subscriptions. */
final class PaystackCheckout implements Checkout {
  private static final String PAYING = "to begin a payment";
  private static final String PRICING = "what a plan costs";
  private static final String MANAGING = "for the page of a subscription";
  private static final int REFERENCE_BYTES = 20;
  private static final int REFERENCES = 3;

  private final PaystackApi api;
  private final boolean plainIsGood;

  /**
   * A checkout.
   *
   * @param plainIsGood whether pages may be plain http, as those of a server on this machine
   */
  PaystackCheckout(PaystackApi api, boolean plainIsGood) {
    this.api = api;
    this.plainIsGood = plainIsGood;
  }

  @Override
  public URI start(Order order) {
    Money amount = price(order.price()); // our tiers may be priced in another currency
    Answer answer = begin(order, amount, reference(order));
    for (int tried = 1; isTaken(answer) && tried < REFERENCES; tried++) {
      answer = begin(order, amount, fresh());
    }
    return switch (answer) {
      case Answer.Done(JsonNode data) -> page(data, "authorization_url", PAYING);
      case Answer.Refused refused -> throw notBegun(order, amount, refused);
    };
  }

  private Answer begin(Order order, Money amount, String reference) {
    ObjectNode body = Json.fresh();
    body.put("email", order.email().value());
    body.put("amount", amount.minor()); // has to be there, and what the plan costs is charged
    body.put("currency", amount.currency().getCurrencyCode());
    body.put("plan", order.price());
    body.put("reference", reference);
    body.put("callback_url", order.paid().toString());
    body.putObject("metadata")
        .put("user_id", order.user().toString())
        .put("cancel_action", order.left().toString());
    return api.make(PAYING, body, "transaction", "initialize");
  }

  /**
   * Whether something was begun under that reference: by the same order before, or by this one if
   * an answer was lost. Its page is not shown again. What is never paid costs nothing, so there is
   * no harm in beginning anew.
   */
  private static boolean isTaken(Answer answer) {
    return answer instanceof Answer.Refused refused
        && (refused.says("duplicate") || refused.code().equals(Optional.of("duplicate_reference")));
  }

  private static String fresh() {
    return "ccrew-" + UUID.randomUUID();
  }

  /** Of the same user and key the same, for those who look for an order at Paystack. */
  private static String reference(Order order) {
    String name = order.user() + "\n" + order.idempotencyKey();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return "ccrew-" + HexFormat.of().formatHex(digest, 0, REFERENCE_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Money price(String plan) {
    if (!PaystackApi.CODE.matcher(plan).matches()) {
      throw noPlan(plan);
    }
    return switch (api.get(PRICING, "plan", plan)) {
      case Answer.Done(JsonNode data) ->
          Fields.money(data, "amount", Fields.currency(data))
              .orElseThrow(() -> PaystackApi.nonsense(PRICING));
      case Answer.Refused refused -> {
        if (refused.isNotFound() || refused.says("plan")) {
          throw noPlan(plan);
        }
        throw refused("to say " + PRICING, refused);
      }
    };
  }

  private static PortException noPlan(String plan) {
    return new PortFailureException(
        "Paystack knows of no plan %s: correct the price of the tier, or look whether the key is of the account (test or live) that has it"
            .formatted(plan),
        null);
  }

  private static PortException notBegun(Order order, Money amount, Answer.Refused refused) {
    if (refused.says("currency")) {
      return new PortFailureException(
          "the account at Paystack takes no %s: correct the price of the tier, or have the currency enabled"
              .formatted(amount.currency()),
          null);
    }
    if (refused.says("plan")) {
      return noPlan(order.price());
    }
    return refused(PAYING, refused);
  }

  private static PortException refused(String what, Answer.Refused refused) {
    return new PortFailureException("Paystack refused " + what + " (" + refused + ")", null);
  }

  private URI page(JsonNode data, String field, String what) {
    return Optional.of(data.path(field))
        .filter(JsonNode::isTextual)
        .flatMap(text -> Urls.page(text.textValue(), plainIsGood))
        .orElseThrow(() -> PaystackApi.nonsense(what));
  }

  /** Paystack's page leads nowhere when the owner is done. */
  @Override
  public URI manage(Subscription subscription, URI returnTo) {
    return switch (api.get(MANAGING, "subscription", code(subscription), "manage", "link")) {
      case Answer.Done(JsonNode data) -> page(data, "link", MANAGING);
      case Answer.Refused refused ->
          throw refused.isNotFound()
              ? Switch.missing(subscription.ref())
              : refused("to give the page of a subscription", refused);
    };
  }

  @Override
  public void cancelAtPeriodEnd(Subscription subscription) {
    end(subscription);
  }

  @Override
  public void resume(Subscription subscription) {
    new Switch(api, subscription.ref(), Switch.Way.ON).turn(subscription.snapshot().manageToken());
  }

  @Override
  public boolean canChange() {
    return false;
  }

  @Override
  public void change(Subscription subscription, String price, String idempotencyKey) {
    throw new PortFailureException(
        "Paystack cannot change what a subscription is for: cancel it, and subscribe anew when its"
            + " period is over",
        null);
  }

  /** To Paystack that is the same as to let it end: nothing is charged any more. */
  @Override
  public void end(Subscription subscription) {
    code(subscription);
    if (subscription.snapshot().status().isFinal()) {
      return;
    }
    new Switch(api, subscription.ref(), Switch.Way.OFF).turn(subscription.snapshot().manageToken());
  }

  private static String code(Subscription subscription) {
    if (!subscription.ref().provider().equals(PaymentProviderName.PAYSTACK)) {
      throw new IllegalArgumentException(subscription.ref() + " is not Paystack's");
    }
    if (!PaystackApi.CODE.matcher(subscription.ref().id()).matches()) {
      throw Switch.missing(subscription.ref());
    }
    return subscription.ref().id();
  }
}
