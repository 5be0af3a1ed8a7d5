package io.contentcrew.adapters.memory;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names and values, written as a web form is ({@code application/x-www-form-urlencoded}). For one
 * thread.
 */
final class TestPaymentsForm {
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds one; an empty value is the same as none. */
  TestPaymentsForm put(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Adds one if it is there. */
  TestPaymentsForm put(String name, Optional<?> value) {
    value.ifPresent(there -> put(name, there.toString()));
    return this;
  }

  /** A value; empty where there is none. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** All that begin so, without that beginning. */
  Map<String, String> under(String prefix) {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  byte[] bytes() {
    return values.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What was written; empty if it was not written so, or names something twice. */
  static Optional<TestPaymentsForm> read(byte[] bytes) {
    try {
      String text =
          StandardCharsets.US_ASCII.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return read(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<TestPaymentsForm> read(String text) {
    TestPaymentsForm form = new TestPaymentsForm();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        return Optional.empty();
      }
      Optional<String> name = decoded(pair.substring(0, equals));
      Optional<String> value = decoded(pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty() || form.values.containsKey(name.get())) {
        return Optional.empty();
      }
      form.put(name.get(), value.get());
    }
    return Optional.of(form);
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) { // a percent sign without two digits
      return Optional.empty();
    }
  }
}
