package io.contentcrew.adapters.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object: texts as {@link String}, whole numbers as {@link Long}, anything
 * else as {@link #OTHER}.
 */
final class FlatJson {
  /** Stands for a member that is neither a text nor a whole number. */
  static final Object OTHER = new Object();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(100).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // a stranger chooses the names: they must not fill tables that live on
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  private FlatJson() {}

  /**
   * The members; empty if the bytes are not exactly one JSON object in UTF-8, if a name occurs
   * twice in it or in what it holds, or if it is nested more than 16 deep.
   */
  static Optional<Map<String, Object>> parse(byte[] json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      try (JsonParser parser = FACTORY.createParser(text)) {
        return parser.nextToken() == JsonToken.START_OBJECT
            ? Optional.of(members(parser))
            : Optional.empty();
      }
    } catch (IOException e) { // malformed JSON or UTF-8
      return Optional.empty();
    }
  }

  private static Map<String, Object> members(JsonParser parser) throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser));
    }
    if (parser.nextToken() != null) {
      throw new IOException("something follows the object");
    }
    return members;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? OTHER
              : Long.valueOf(parser.getLongValue());
      default -> {
        parser.skipChildren();
        yield OTHER;
      }
    };
  }
}
