package io.contentcrew.adapters.postgres;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.contentcrew.ports.PortFailureException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values in columns of type jsonb, in snake case. Members that are not known are passed over. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          // Instances of this and of the next version run side by side while one is rolled out.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addSerializer(new StorableText()))
          .build();

  private Json() {}

  /** Writes texts as {@link Values#storable} says; jsonb refuses NUL too. */
  private static final class StorableText extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    StorableText() {
      super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Values.storable(text));
    }
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(
          "a %s is plain data (%s)"
              .formatted(value.getClass().getSimpleName(), e.getClass().getSimpleName()));
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw unreadable(type.getSimpleName());
    }
  }

  static <T> List<T> readList(String json, Class<T> type) {
    try {
      return MAPPER.readerForListOf(type).readValue(json);
    } catch (JsonProcessingException e) {
      throw unreadable("list of " + type.getSimpleName());
    }
  }

  static <T> Map<String, T> readMap(String json, Class<T> type) {
    try {
      return MAPPER.readerForMapOf(type).readValue(json);
    } catch (JsonProcessingException e) {
      throw unreadable("map of " + type.getSimpleName());
    }
  }

  static Optional<URI> maybeUri(@Nullable String uri, String of) {
    try {
      return Optional.ofNullable(uri).map(URI::create);
    } catch (IllegalArgumentException e) {
      throw unreadable(of);
    }
  }

  /**
   * Without a cause: Jackson's messages hold what could not be read, which users may have written.
   */
  static PortFailureException unreadable(String what) {
    return new PortFailureException(
        "the database holds a %s that this version cannot read; was it written by a newer one?"
            .formatted(what),
        null);
  }
}
