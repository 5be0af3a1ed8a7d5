package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads answers; what they say wrong is empty, for its text must not get into a message. */
final class Json {
  private Json() {}

  /** The object that the text is. */
  static Optional<Map<String, Object>> object(String text) {
    try {
      // the parser takes lists of pairs for objects, too
      return text.stripLeading().startsWith("{")
          ? Optional.ofNullable(JSONObjectUtils.parse(text))
          : Optional.empty();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /** The array that the text is. */
  static Optional<List<Object>> array(String text) {
    try {
      return Optional.ofNullable(JSONArrayUtils.parse(text));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /** A text that is not blank. */
  static Optional<String> text(Map<?, ?> object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank());
  }

  /** A whole number. */
  static Optional<Long> whole(Map<?, ?> object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(Long.class::isInstance)
        .map(Long.class::cast);
  }

  /** Whether it is said to be so; anything but {@code true} says that it is not. */
  static boolean isTrue(Map<?, ?> object, String name) {
    return Boolean.TRUE.equals(object.get(name));
  }
}
