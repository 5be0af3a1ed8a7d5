package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads JSON strictly; what it says wrong is empty, for its text must not get into a message. */
final class Json {
  private static final int MAX_DEPTH = 64;

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(100)
                          .build())
                  // strangers choose the names: they must not fill tables that live on
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  /**
   * The object that the bytes are; empty if they are not exactly one in UTF-8, if a member is named
   * twice in it or in what it holds, or if it is nested too deep.
   */
  static Optional<JsonNode> object(byte[] bytes) {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IOException e) { // not UTF-8
      return Optional.empty();
    }
  }

  /** The object that the text is; empty as above. */
  static Optional<JsonNode> object(String text) {
    try {
      return Optional.of(STRICT.readTree(text)).filter(JsonNode::isObject);
    } catch (IOException e) { // malformed
      return Optional.empty();
    }
  }

  /** An object to be filled. */
  static ObjectNode fresh() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Its bytes. */
  static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
