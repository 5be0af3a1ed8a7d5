package io.contentcrew.ports.subscription;

import io.contentcrew.domain.subscription.SubscriptionEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Understands what a provider tells by webhooks. Safe for use by many threads. */
public interface SubscriptionEvents {
  /**
   * Finds out whether the provider has sent it. Looks at nothing but the signature and the bytes,
   * whatever they are; keeps secrets secret also by the time it takes.
   */
  Verdict verify(WebhookDelivery delivery);

  /**
   * Says what the bytes of a genuine delivery mean. Never fails: what cannot be read is {@link
   * SubscriptionEvent.Unreadable}. Of the same bytes it says the same again.
   */
  WebhookEvent read(byte[] body);

  /** Whether a delivery is genuine. */
  sealed interface Verdict {
    /** The provider has sent it. */
    record Genuine() implements Verdict {}

    /**
     * Nobody can tell that the provider has sent it.
     *
     * @param why for the sender and the log, without anything that was sent
     */
    record Forged(String why) implements Verdict {}

    /** There is no secret to tell it by. */
    record NoSecret() implements Verdict {}
  }

  /**
   * What a delivery means.
   *
   * @param key of two with the same key one is the other again; at most 500 characters
   * @param hasOwnId whether the provider itself has given it that key; otherwise it stands for what
   *     was said, which may be said again and mean it
   * @param type the provider's word for what has happened
   * @param apiVersion of the form it has, where the provider says so
   * @param customer whom it is about, where it says so
   * @param at when it happened, by the provider's clock
   * @param events what happened, in the order in which it is to be applied; at least one
   */
  record WebhookEvent(
      String key,
      boolean hasOwnId,
      String type,
      Optional<String> apiVersion,
      Optional<String> customer,
      Optional<Instant> at,
      List<SubscriptionEvent> events) {
    public WebhookEvent {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(apiVersion, "apiVersion");
      Objects.requireNonNull(customer, "customer");
      Objects.requireNonNull(at, "at");
      events = List.copyOf(events);
      if (key.isEmpty() || key.length() > 500) {
        throw new IllegalArgumentException("a key has 1 to 500 characters");
      }
      if (events.isEmpty()) {
        throw new IllegalArgumentException("a delivery means something, if only nothing to us");
      }
    }
  }
}
