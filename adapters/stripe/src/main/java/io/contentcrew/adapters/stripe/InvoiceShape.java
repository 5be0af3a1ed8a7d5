package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Invoice object in the shapes of all API versions: since 2025-03-31 (basil) {@code
 * subscription} has moved into {@code parent}, of the invoice and of its lines.
 */
final class InvoiceShape {
  private static final int LONGEST_URL = 2_048;

  private InvoiceShape() {}

  /** Which subscription it is a bill of, if of any. */
  static Optional<SubscriptionRef> subscription(JsonNode invoice) {
    return Json.id(invoice.path("parent").path("subscription_details"), "subscription")
        .or(() -> Json.id(invoice, "subscription"))
        .or(() -> firstOfLines(invoice))
        .map(SubscriptionShape::ref);
  }

  private static Optional<String> firstOfLines(JsonNode invoice) {
    return Json.list(invoice, "lines")
        .flatMap(line -> itemSubscription(line).stream())
        .findFirst()
        .or(
            () ->
                Json.list(invoice, "lines")
                    .flatMap(line -> Json.id(line, "subscription").stream())
                    .findFirst());
  }

  private static Optional<String> itemSubscription(JsonNode line) {
    return Json.id(line.path("parent").path("subscription_item_details"), "subscription");
  }

  /** It was paid. */
  static Paid paid(JsonNode invoice, SubscriptionRef subscription, Instant at) {
    return new Paid(
        subscription, id(invoice), Json.money(invoice, "amount_paid"), through(invoice), at);
  }

  /** It was not paid. */
  static PaymentFailed failed(
      JsonNode invoice, SubscriptionRef subscription, boolean actionRequired, Instant at) {
    return new PaymentFailed(
        subscription,
        id(invoice),
        Json.whole(invoice, "attempt_count")
            .filter(count -> count >= 0 && count <= Integer.MAX_VALUE)
            .map(Math::toIntExact)
            .orElse(0),
        Json.time(invoice, "next_payment_attempt"),
        page(invoice),
        actionRequired,
        at);
  }

  private static String id(JsonNode invoice) {
    return Json.text(invoice, "id")
        .orElseThrow(() -> new NotReadableException("an invoice has no id"));
  }

  /**
   * The invoice's own {@code period_end} is when it was written, not what it pays for. What
   * somebody put on the bill by hand may be for years to come, so it counts only where nothing else
   * is there.
   */
  private static Optional<Instant> through(JsonNode invoice) {
    List<JsonNode> lines = Json.list(invoice, "lines").toList();
    List<JsonNode> ours = lines.stream().filter(InvoiceShape::isOfSubscription).toList();
    return (ours.isEmpty() ? lines : ours)
        .stream()
            .flatMap(line -> Json.time(line.path("period"), "end").stream())
            .max(Comparator.naturalOrder());
  }

  private static boolean isOfSubscription(JsonNode line) {
    return Json.text(line.path("parent"), "type")
        .or(() -> Json.text(line, "type"))
        .filter(type -> type.equals("subscription_item_details") || type.equals("subscription"))
        .isPresent();
  }

  /** The page where it can be paid. */
  private static Optional<URI> page(JsonNode invoice) {
    return Optional.ofNullable(invoice.path("hosted_invoice_url").textValue())
        .filter(text -> text.length() <= LONGEST_URL)
        .flatMap(InvoiceShape::url)
        .filter(url -> "https".equals(url.getScheme()) && url.getHost() != null);
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty(); // a letter without a link is better than none
    }
  }
}
