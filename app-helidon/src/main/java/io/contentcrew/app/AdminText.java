package io.contentcrew.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How {@code admin} answers: lines for people, or one JSON object for programs. */
final class AdminText {
  private AdminText() {}

  static void json(PrintStream out, Map<String, ?> view) {
    out.println(new String(Json.write(view), StandardCharsets.UTF_8));
  }

  /** A line for each member that has a value. */
  static void lines(PrintStream out, Map<String, ? extends @Nullable Object> view) {
    view.forEach((name, value) -> line(out, name, value));
  }

  private static void line(PrintStream out, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> inner) {
      inner.forEach((key, one) -> line(out, name + "." + key, one));
    } else if (value != null) {
      out.printf("%-24s %s%n", name, value);
    }
  }

  /** One thing. */
  static void say(PrintStream out, boolean json, String member, String text) {
    if (json) {
      json(out, Map.of(member, text));
    } else {
      out.println(text);
    }
  }
}
