package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.user.UserId;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads what Stripe writes. What is not of the expected kind is as if it were not there, and names
 * are visible ASCII, so that whatever comes out of here can be stored and shown.
 */
final class Json {
  /** Deeper than Stripe goes with everything expanded. */
  private static final int DEEPEST = 64;

  /** The last second of the year 9999: what comes later is no time of Stripe's. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");
  private static final Pattern UUID_SHAPE = // UUID.fromString takes shorter ones, too
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  // strangers choose the names: they must not fill tables that live on
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * The object that the bytes are.
   *
   * @throws NotReadableException if they are none, or say something twice
   */
  static JsonNode parse(byte[] bytes) {
    try {
      // Jackson itself would take UTF-16 and some of what is no UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new NotReadableException("it is no JSON object");
    } catch (CharacterCodingException e) {
      throw new NotReadableException("it is no UTF-8");
    } catch (JsonProcessingException e) {
      throw new NotReadableException("it is no JSON, says a thing twice, or goes too deep");
    }
  }

  /** The bytes of an object. */
  static byte[] bytes(JsonNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // cannot happen: it was read before
    }
  }

  /** A text of 1 to 255 visible characters. */
  static Optional<String> text(JsonNode object, String name) {
    return Optional.ofNullable(object.path(name).textValue())
        .filter(text -> ID.matcher(text).matches());
  }

  /** The name of something, which may be there whole instead of only its name. */
  static Optional<String> id(JsonNode object, String name) {
    return object.path(name).isObject() ? text(object.path(name), "id") : text(object, name);
  }

  /** A whole number. */
  static Optional<Long> whole(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.of(value.longValue())
        : Optional.empty();
  }

  /** A time, in seconds since 1970. */
  static Optional<Instant> time(JsonNode object, String name) {
    return whole(object, name)
        .filter(seconds -> seconds >= 0 && seconds <= LAST_SECOND)
        .map(Instant::ofEpochSecond);
  }

  /** Whether it can be a time of Stripe's. */
  static boolean isTime(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() <= LAST_SECOND;
  }

  /** An amount in minor units; its currency is another member of the object. */
  static Optional<Money> money(JsonNode object, String name) {
    return whole(object, name)
        .flatMap(minor -> currency(object).map(currency -> new Money(currency, minor)));
  }

  private static Optional<Currency> currency(JsonNode object) {
    return text(object, "currency")
        .filter(code -> CURRENCY.matcher(code).matches())
        .flatMap(Json::of);
  }

  private static Optional<Currency> of(String code) {
    try {
      return Optional.of(Currency.getInstance(code.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a stablecoin, or one that is newer than this Java
    }
  }

  /** A user whom we told Stripe, and whom it repeats. */
  static Optional<UserId> user(JsonNode object, String name) {
    return text(object, name)
        .filter(text -> UUID_SHAPE.matcher(text).matches())
        .map(text -> new UserId(UUID.fromString(text)));
  }

  /** The objects of a list. */
  static Stream<JsonNode> list(JsonNode object, String name) {
    return list(object.path(name));
  }

  /** Its objects. */
  static Stream<JsonNode> list(JsonNode list) {
    return StreamSupport.stream(list.path("data").spliterator(), false).filter(JsonNode::isObject);
  }
}
