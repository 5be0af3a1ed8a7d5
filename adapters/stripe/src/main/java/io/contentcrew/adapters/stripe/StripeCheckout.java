package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.stripe.RefusedException.Reason;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Checkout;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Has Stripe do things. Where the caller gives no idempotency key, each call has one of its own,
 * for its own retries: with one that can be guessed from what is asked, Stripe would answer a
 * second cancellation, after a resumption, with what it said to the first.
 */
final class StripeCheckout implements Checkout {
  /** Stripe wants 30 minutes at least; its clock and ours may differ. */
  private static final Duration SHORTEST = Duration.ofMinutes(31);

  /** In it, the same order ends at the same time, so that it is the same to Stripe. */
  private static final Duration SLOT = Duration.ofMinutes(10);

  private final Api api;
  private final InstantSource clock;

  StripeCheckout(Api api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public URI start(Order order) {
    Form form = form(order);
    Form byAddress = form.with("customer_email", order.email().value());
    if (order.customer().isEmpty()) {
      return begin(order, byAddress);
    }
    try {
      return begin(order, form.with("customer", order.customer().get()));
    } catch (RefusedException e) {
      if (e.reason() != Reason.NO_CUSTOMER) {
        throw e;
      }
      return begin(order, byAddress); // who was deleted there can buy as somebody new
    }
  }

  private Form form(Order order) {
    String user = order.user().toString();
    return Form.empty()
        .with("mode", "subscription")
        .with("line_items[0][price]", order.price())
        .with("line_items[0][quantity]", "1")
        .with("client_reference_id", user)
        .with("metadata[user_id]", user)
        .with("subscription_data[metadata][user_id]", user) // only this one is on the events
        .with("success_url", order.paid())
        .with("cancel_url", order.left())
        .with("expires_at", Long.toString(expiry().getEpochSecond()));
  }

  /** What nobody pays on soon is not to be paid on later, beside another one. */
  private Instant expiry() {
    long slot = SLOT.toSeconds();
    long begun = Math.floorDiv(clock.instant().getEpochSecond(), slot) * slot;
    return Instant.ofEpochSecond(begun).plus(SLOT).plus(SHORTEST);
  }

  /**
   * The key is of the form, too: Stripe would refuse it for another customer or price for as long
   * as it remembers it.
   */
  private URI begin(Order order, Form form) {
    String what = "start a checkout for price " + order.price();
    String given = order.idempotencyKey() + "\n" + form.text();
    return page(
        what, Question.post(what, "/v1/checkout/sessions", form, Question.key("start", given)));
  }

  @Override
  public URI manage(Subscription subscription, URI returnTo) {
    Paths.of(subscription.ref()); // one of another provider would name another customer
    Form form =
        Form.empty()
            .with("customer", subscription.snapshot().customer())
            .with("return_url", returnTo);
    String what = "open the customer portal";
    return page(what, Question.post(what, "/v1/billing_portal/sessions", form, once()));
  }

  private URI page(String what, Question question) {
    return Optional.ofNullable(api.ask(question).body().path("url").textValue())
        .flatMap(StripeCheckout::url)
        .filter(Urls::isPage)
        .orElseThrow(
            () ->
                new PortFailureException(
                    "Stripe's answer names no page to go to, asked to " + what, null));
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public void cancelAtPeriodEnd(Subscription subscription) {
    Form form = Form.empty().with("cancel_at_period_end", "true");
    update("cancel a subscription at the end of its period", subscription, form, once());
  }

  /**
   * Stripe refuses to be told of both ways to end in one request, and one does not undo the other.
   */
  @Override
  public void resume(Subscription subscription) {
    Term term = subscription.snapshot().term();
    boolean endsThen = term.cancelAt().isPresent() && !term.cancelsAtPeriodEnd();
    Form form =
        endsThen
            ? Form.empty().with("cancel_at", "")
            : Form.empty().with("cancel_at_period_end", "false");
    update("resume a subscription", subscription, form, once());
  }

  @Override
  public boolean canChange() {
    return true;
  }

  @Override
  public void change(Subscription subscription, String price, String idempotencyKey) {
    String what = "change a subscription to price " + price;
    JsonNode now = api.ask(Question.get(what, Paths.of(subscription.ref()), Form.empty())).body();
    String item =
        Json.list(now, "items")
            .flatMap(each -> Json.text(each, "id").stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new PortFailureException(
                        "Stripe says nothing of what was bought, asked to " + what, null));
    Form form =
        Form.empty()
            .with("items[0][id]", item) // without it, the new price would come beside the old one
            .with("items[0][price]", price)
            .with("proration_behavior", "always_invoice") // what is granted now is paid now
            .with("payment_behavior", "error_if_incomplete"); // else it is granted unpaid
    try {
      update(what, subscription, form, Question.key("change", idempotencyKey));
    } catch (RefusedException e) {
      if (e.reason() == Reason.DECLINED) {
        throw new DeclinedException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private void update(String what, Subscription subscription, Form form, String idempotencyKey) {
    api.ask(Question.post(what, Paths.of(subscription.ref()), form, idempotencyKey));
  }

  @Override
  public void end(Subscription subscription) {
    try {
      api.ask(Question.delete("end a subscription", Paths.of(subscription.ref())));
    } catch (RefusedException e) {
      if (e.reason()
          != Reason.MISSING) { // Stripe does not know those that have ended when it is to end them
        throw e;
      }
    }
  }

  private static String once() {
    return UUID.randomUUID().toString();
  }
}
