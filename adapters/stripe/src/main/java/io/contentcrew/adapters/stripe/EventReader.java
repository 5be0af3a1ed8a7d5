package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerDeleted;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionEvent.TrialEnding;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Understands the Event object, with the object within it in the shape of any API version. */
final class EventReader {
  /** More than Stripe has ever sent. */
  private static final int LONGEST = 4 << 20;

  private final String id;
  private final String type;
  private final JsonNode event;
  private final JsonNode object;
  private final JsonNode previous;

  private EventReader(String id, String type, JsonNode event) {
    this.id = id;
    this.type = type;
    this.event = event;
    this.object = event.path("data").path("object");
    this.previous = event.path("data").path("previous_attributes");
  }

  static WebhookEvent read(byte[] body) {
    try {
      if (body.length > LONGEST) {
        throw new NotReadableException("it is longer than " + LONGEST + " bytes");
      }
      return read(Json.parse(body));
    } catch (NotReadableException e) {
      return new WebhookEvent(
          "sha256:" + Digests.sha256(body),
          false,
          "unreadable",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(new Unreadable(e.why())));
    }
  }

  private static WebhookEvent read(JsonNode event) {
    String id =
        Json.text(event, "id").orElseThrow(() -> new NotReadableException("the event has no id"));
    String type =
        Json.text(event, "type")
            .orElseThrow(() -> new NotReadableException("the event has no type"));
    return switch (Json.text(event, "object").orElse("")) {
      case "event" -> new EventReader(id, type, event).whole();
      case "v2.core.event" -> ThinEvent.read(id, type, event);
      default -> throw new NotReadableException("it is no event");
    };
  }

  private WebhookEvent whole() {
    return new WebhookEvent(
        id,
        true,
        type,
        Json.text(event, "api_version"),
        customer(),
        Json.time(event, "created"),
        events());
  }

  /** Of {@code customer.*} some are about the customer, and others about what is the customer's. */
  private Optional<String> customer() {
    return Json.text(object, "id")
        .filter(name -> type.startsWith("customer.") && name.startsWith("cus_"))
        .or(() -> Json.id(object, "customer"));
  }

  private List<SubscriptionEvent> events() {
    try {
      return meaning();
    } catch (NotReadableException e) {
      return List.of(new Unreadable(e.why()));
    }
  }

  private List<SubscriptionEvent> meaning() {
    return switch (type) {
      case "customer.subscription.created" -> stated(Step.CREATED);
      case "customer.subscription.updated",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.pending_update_applied",
          "customer.subscription.pending_update_expired",
          "customer.subscription.trial_will_end" ->
          stated(Step.UPDATED);
      case "customer.subscription.deleted" -> List.of(ended());
      case "checkout.session.completed" -> List.of(session());
      case "invoice.paid", "invoice.payment_succeeded" ->
          List.of(
              InvoiceShape.subscription(object)
                  .<SubscriptionEvent>map(ref -> InvoiceShape.paid(object, ref, at()))
                  .orElseGet(Irrelevant::new));
      case "invoice.payment_failed" -> List.of(unpaid(false));
      case "invoice.payment_action_required" -> List.of(unpaid(true));
      case "customer.deleted" -> List.of(customerDeleted());
      case "charge.refunded" -> List.of(MoneyShape.refunded(object, previous, at()));
      case "charge.refund.updated" -> List.of(returned(MoneyReturned.Kind.REFUND));
      default -> List.of(other());
    };
  }

  private SubscriptionEvent other() {
    if (type.startsWith("refund.")) {
      return returned(MoneyReturned.Kind.REFUND);
    }
    return type.startsWith("charge.dispute.")
        ? returned(MoneyReturned.Kind.DISPUTE)
        : new Irrelevant();
  }

  private SubscriptionEvent returned(MoneyReturned.Kind kind) {
    return MoneyShape.returned(kind, object, at());
  }

  private List<SubscriptionEvent> stated(Step step) {
    String word = SubscriptionShape.status(object);
    Optional<StripeStatus> status = StripeStatus.of(word);
    if (status.isEmpty()) {
      return List.of(new StatusUnknown(SubscriptionShape.ref(object), word));
    }
    Snapshot snapshot = SubscriptionShape.snapshot(object, status.get());
    Stated stated = new Stated(snapshot, order(step));
    Optional<Instant> trialEnd =
        snapshot.term().trialEnd().filter(end -> type.endsWith(".trial_will_end"));
    return trialEnd
        .<List<SubscriptionEvent>>map(end -> List.of(stated, new TrialEnding(snapshot.ref(), end)))
        .orElseGet(() -> List.of(stated));
  }

  /** Whatever status the object has: it is over. */
  private SubscriptionEvent ended() {
    Snapshot last = SubscriptionShape.snapshot(object, StripeStatus.CANCELED);
    Snapshot snapshot =
        last.term().endedAt().isPresent()
            ? last
            : last.withTerm(last.term().withEndedAt(at())); // the oldest versions do not say
    return new Stated(snapshot, order(Step.DELETED));
  }

  private Order order(Step step) {
    return new Order.Dated(at(), id, step, SubscriptionShape.previous(previous));
  }

  /** It says who the customer is; how the subscription is, others tell. */
  private SubscriptionEvent session() {
    if (!Json.text(object, "mode").orElse("").equals("subscription")) {
      return new Irrelevant();
    }
    return new CustomerKnown(
        PaymentProviderName.STRIPE,
        customer(Json.id(object, "customer")),
        Json.user(object, "client_reference_id")
            .or(() -> Json.user(object.path("metadata"), "user_id")));
  }

  private SubscriptionEvent unpaid(boolean actionRequired) {
    return InvoiceShape.subscription(object)
        .<SubscriptionEvent>map(ref -> InvoiceShape.failed(object, ref, actionRequired, at()))
        .orElseGet(Irrelevant::new);
  }

  private SubscriptionEvent customerDeleted() {
    return new CustomerDeleted(
        PaymentProviderName.STRIPE, customer(Json.text(object, "id")), id, at());
  }

  private static String customer(Optional<String> name) {
    return name.orElseThrow(() -> new NotReadableException("the event has no customer"));
  }

  private Instant at() {
    return Json.time(event, "created")
        .orElseThrow(() -> new NotReadableException("the event has no time"));
  }
}
