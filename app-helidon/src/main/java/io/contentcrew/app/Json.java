package io.contentcrew.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as the API reads and writes it: strictly in, snake_case out. */
final class Json {
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private static final ObjectMapper WRITER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IOException with a place and a reason, if the bytes are none, name a member twice, or
   *     nest too deep
   */
  static JsonNode read(byte[] bytes) throws IOException {
    return STRICT.readTree(bytes);
  }

  /**
   * Writes to a stream, which is left open; what was not finished is not made to look as if it
   * were.
   */
  static JsonGenerator generator(OutputStream out) throws IOException {
    return WRITER
        .createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** Writes maps, lists, texts, numbers and records. */
  static byte[] write(Object value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view cannot be written as JSON", e);
    }
  }
}
