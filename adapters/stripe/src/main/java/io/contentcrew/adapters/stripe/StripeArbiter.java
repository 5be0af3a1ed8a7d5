package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Asks Stripe how things are. */
final class StripeArbiter implements SubscriptionArbiter {
  private static final int PAGE = 100; // the most that Stripe gives

  /** Stripe keeps events for 30 days; whoever has missed more than this reads no list of them. */
  private static final int MOST_PAGES = 500;

  /**
   * What endpoints are registered for, as docs/subscriptions.md has it. Stripe takes 20 at most,
   * and no patterns.
   */
  private static final List<String> TYPES =
      List.of(
          "checkout.session.completed",
          "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.deleted",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.pending_update_applied",
          "customer.subscription.pending_update_expired",
          "customer.subscription.trial_will_end",
          "customer.deleted",
          "invoice.paid",
          "invoice.payment_failed",
          "invoice.payment_action_required",
          "charge.refunded",
          "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.closed",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.funds_reinstated");

  private final Api api;

  StripeArbiter(Api api) {
    this.api = api;
  }

  @Override
  public Optional<Stated> ask(SubscriptionRef subscription) {
    String what = "say how a subscription is";
    try {
      Api.Answer answer = api.ask(Question.get(what, Paths.of(subscription), Form.empty()));
      return Optional.of(stated(subscription, answer));
    } catch (RefusedException e) {
      if (e.reason() == RefusedException.Reason.MISSING) {
        return Optional.empty();
      }
      throw e;
    } catch (NotReadableException e) {
      throw new PortFailureException(
          "Stripe gave an answer that makes no sense, asked to " + what + ": " + e.why(), null);
    }
  }

  private static Stated stated(SubscriptionRef asked, Api.Answer answer) {
    StripeStatus status =
        StripeStatus.of(SubscriptionShape.status(answer.body()))
            .orElseThrow(() -> new NotReadableException("it is in a status that we do not know"));
    Stated stated =
        new Stated(SubscriptionShape.snapshot(answer.body(), status), new Order.Asked(answer.at()));
    if (!stated.subscription().equals(asked)) {
      throw new NotReadableException("it is about another subscription");
    }
    return stated;
  }

  /** Stripe lists the latest first, so the earliest are the last of all pages. */
  @Override
  public List<byte[]> undelivered(Instant since, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one event is to be listed, not " + limit);
    }
    Deque<byte[]> earliest = new ArrayDeque<>(); // never more than are wanted
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = page(since, after);
      Optional<String> last = Optional.empty();
      for (JsonNode event : Json.list(answer).toList()) {
        last = Json.text(event, "id");
        earliest.addFirst(Json.bytes(event));
        if (earliest.size() > limit) {
          earliest.removeLast();
        }
      }
      if (!answer.path("has_more").booleanValue() || last.isEmpty()) {
        return List.copyOf(earliest);
      }
      after = last;
    }
    throw new PortFailureException(
        "Stripe has more than "
            + PAGE * MOST_PAGES
            + " events that it could not deliver: ask for those since a later time",
        null);
  }

  private JsonNode page(Instant since, Optional<String> after) {
    Form form =
        Form.empty()
            .with("delivery_success", "false")
            .with("created[gte]", Long.toString(since.getEpochSecond()))
            .with("limit", Integer.toString(PAGE));
    for (int i = 0; i < TYPES.size(); i++) {
      form = form.with("types[" + i + "]", TYPES.get(i)); // else those of other products come, too
    }
    if (after.isPresent()) {
      form = form.with("starting_after", after.get());
    }
    return api.ask(Question.get("list what it could not deliver", "/v1/events", form)).body();
  }
}
