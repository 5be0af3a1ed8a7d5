package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Changed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Understands events of Stripe's API v2: they name what has changed, and do not say how it is. */
final class ThinEvent {
  private ThinEvent() {}

  static WebhookEvent read(String id, String type, JsonNode event) {
    return new WebhookEvent(
        id,
        true,
        type,
        Optional.empty(),
        Optional.empty(),
        time(event),
        List.of(meaning(event.path("related_object"))));
  }

  private static SubscriptionEvent meaning(JsonNode related) {
    if (!Json.text(related, "type").orElse("").equals("subscription")) {
      return new Irrelevant();
    }
    return Json.text(related, "id")
        .<SubscriptionEvent>map(name -> new Changed(SubscriptionShape.ref(name)))
        .orElseGet(() -> new Unreadable("a subscription has no id"));
  }

  private static Optional<Instant> time(JsonNode event) {
    try {
      return Json.text(event, "created").map(Instant::parse).filter(Json::isTime);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
