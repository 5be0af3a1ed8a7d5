package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.user.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Picks out of Paystack's objects what they hold in one version, state or language of theirs and
 * not in another. What is not there, or makes no sense, is empty.
 */
final class Fields {
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Fields() {}

  /** A name that Paystack has given to something: a text, or a whole number. */
  static Optional<String> name(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return Optional.of(value)
        .filter(one -> one.isTextual() || one.isIntegralNumber())
        .map(JsonNode::asText)
        .filter(text -> NAME.matcher(text).matches());
  }

  /** The first time of those names that is there. */
  static Optional<Instant> time(JsonNode object, String... fields) {
    for (String field : fields) {
      Optional<Instant> time = Optional.of(object.path(field)).flatMap(Fields::time);
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> time(JsonNode value) {
    if (!value.isTextual() || value.textValue().length() > 40) {
      return Optional.empty();
    }
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              value.textValue().strip().replace(' ', 'T'),
              OffsetDateTime::from,
              LocalDateTime::from);
      Instant instant =
          time instanceof OffsetDateTime exact
              ? exact.toInstant()
              : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
      return Optional.of(instant)
          .filter(one -> !one.isBefore(EARLIEST) && one.isBefore(LATEST)); // stores take no more
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** An amount in the smallest unit, which is a number in some places and a text in others. */
  static Optional<Money> money(JsonNode object, String field, Optional<Currency> currency) {
    JsonNode value = object.path(field);
    return Optional.of(value)
        .filter(one -> one.isTextual() || one.isIntegralNumber())
        .map(JsonNode::asText)
        .filter(text -> WHOLE.matcher(text).matches())
        .map(Long::parseLong)
        .flatMap(minor -> currency.map(known -> new Money(known, minor)));
  }

  /** The currency of the first of those objects that names one. */
  static Optional<Currency> currency(JsonNode... objects) {
    for (JsonNode object : objects) {
      Optional<String> code = name(object, "currency");
      if (code.isPresent()) {
        return code.flatMap(Fields::currency);
      }
    }
    return Optional.empty();
  }

  private static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code));
    } catch (IllegalArgumentException e) { // no such currency
      return Optional.empty();
    }
  }

  /** What the customer of that object is called. */
  static Optional<String> customer(JsonNode object) {
    return name(object.path("customer"), "customer_code");
  }

  /** The plan's code. {@code plan} is an object, an empty one, nothing, or the code itself. */
  static Optional<String> plan(JsonNode object) {
    JsonNode plan = object.path("plan");
    Optional<String> code = plan.isTextual() ? name(object, "plan") : name(plan, "plan_code");
    return code.or(() -> name(object.path("plan_object"), "plan_code"));
  }

  /**
   * Whose it is, as we have said in the metadata: an object, or one as a text; where nothing was
   * said, Paystack puts a 0, an empty text or nothing.
   */
  static Optional<UserId> user(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    Optional<JsonNode> known =
        metadata.isTextual() ? Json.object(metadata.textValue()) : Optional.of(metadata);
    return known
        .flatMap(one -> name(one, "user_id"))
        .filter(text -> UUID_SHAPE.matcher(text).matches())
        .map(text -> new UserId(UUID.fromString(text)));
  }

  /** Whether it is said to be so. */
  static boolean isTrue(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isBoolean() ? value.booleanValue() : value.isInt() && value.intValue() == 1;
  }
}
