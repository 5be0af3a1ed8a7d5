package io.contentcrew.adapters.oauth;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names and values as forms and queries have them. */
final class Form {
  private Form() {}

  static Map<String, String> parse(@Nullable String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String part : (text == null ? "" : text).split("&", -1)) {
      String[] pair = part.split("=", 2);
      String value = pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "";
      if (form.put(URLDecoder.decode(pair[0], StandardCharsets.UTF_8), value) != null) {
        throw new IllegalStateException("sent twice: " + pair[0]);
      }
    }
    return form;
  }

  static String of(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
