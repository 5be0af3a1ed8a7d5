package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Understands Paystack's webhooks: {@code {"event": ..., "data": ...}}. They have no name of their
 * own and mostly no time; what tells them apart is what they say, byte for byte.
 */
final class PaystackEvents implements SubscriptionEvents {
  private static final int MOST_BYTES = 4 << 20;
  private static final int LONGEST_TYPE = 100;

  private final Signatures signatures;

  PaystackEvents(Signatures signatures) {
    this.signatures = signatures;
  }

  @Override
  public Verdict verify(WebhookDelivery delivery) {
    return signatures.verify(delivery);
  }

  @Override
  public WebhookEvent read(byte[] body) {
    String hash = hash(body);
    if (body.length > MOST_BYTES) {
      return unreadable(hash, "it is longer than 4 MiB");
    }
    Optional<JsonNode> envelope = Json.object(body);
    if (envelope.isEmpty()) {
      return unreadable(hash, "it is no JSON object in UTF-8 with each member once");
    }
    return Fields.name(envelope.get(), "event")
        .filter(type -> type.length() <= LONGEST_TYPE)
        .map(type -> understood(type, envelope.get().path("data"), hash))
        .orElseGet(() -> unreadable(hash, "it does not name its event"));
  }

  private static WebhookEvent understood(String type, JsonNode data, String hash) {
    return new WebhookEvent(
        type + ":" + naturalId(type, data).orElse("") + ":" + hash,
        false,
        type,
        Optional.empty(),
        Fields.customer(data),
        Translation.at(type, data),
        Translation.events(type, data));
  }

  private static WebhookEvent unreadable(String hash, String why) {
    return new WebhookEvent(
        "sha256:" + hash,
        false,
        "unreadable",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(new SubscriptionEvent.Unreadable(why)));
  }

  /** What the event is about: for people, who read the key; the hash tells events apart. */
  private static Optional<String> naturalId(String type, JsonNode data) {
    if (type.startsWith("subscription.")) {
      return Fields.name(data, "subscription_code");
    }
    if (type.startsWith("invoice.")) {
      return Fields.name(data, "invoice_code");
    }
    if (type.startsWith("refund.")) {
      return Translation.refund(data);
    }
    return type.startsWith("charge.dispute.")
        ? Fields.name(data, "id")
        : Fields.name(data, "reference").or(() -> Fields.name(data, "id"));
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
