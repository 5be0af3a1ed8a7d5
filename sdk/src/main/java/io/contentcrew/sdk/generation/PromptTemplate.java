package io.contentcrew.sdk.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A text with named holes, {@code {{name}}}, kept in a resource file whose first line is {@code
 * version: N}. What goes into a hole is not looked at again, so a value that looks like a hole
 * stays text.
 */
final class PromptTemplate {
  private final String name;
  private final String version;
  private final List<String> parts; // text, hole, text, hole, ..., text
  private final Set<String> holes;

  private PromptTemplate(String name, String version, List<String> parts) {
    this.name = name;
    this.version = version;
    this.parts = parts;
    this.holes = new LinkedHashSet<>();
    for (int i = 1; i < parts.size(); i += 2) {
      holes.add(parts.get(i));
    }
  }

  /** The template in the resource {@code prompts/NAME.md}. */
  static PromptTemplate load(String name) {
    return parse(name, Resources.text("prompts/" + name + ".md"));
  }

  static PromptTemplate parse(String name, String text) {
    int line = text.indexOf('\n');
    String head = line < 0 ? text : text.substring(0, line);
    if (!head.matches("version: \\d+")) {
      throw new IllegalArgumentException("prompt " + name + " must begin with a line 'version: N'");
    }
    List<String> parts = new ArrayList<>();
    String rest = text.substring(line + 1).strip();
    while (true) {
      int open = rest.indexOf("{{");
      int close = rest.indexOf("}}");
      if (open < 0 || close < open) {
        parts.add(rest);
        return new PromptTemplate(
            name, name + "@" + head.substring("version: ".length()), List.copyOf(parts));
      }
      parts.add(rest.substring(0, open));
      parts.add(rest.substring(open + 2, close));
      rest = rest.substring(close + 2);
    }
  }

  /** The name and version, for example {@code write@1}. */
  String version() {
    return version;
  }

  /**
   * The text with every hole filled.
   *
   * @throws IllegalArgumentException if a value is missing, or one is given that the template does
   *     not use
   */
  String fill(Map<String, String> values) {
    if (!holes.equals(values.keySet())) {
      Set<String> missing = new TreeSet<>(holes);
      missing.removeAll(values.keySet());
      Set<String> unused = new TreeSet<>(values.keySet());
      unused.removeAll(holes);
      throw new IllegalArgumentException(
          "prompt " + name + ": missing " + missing + ", unused " + unused);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(i % 2 == 0 ? parts.get(i) : values.get(parts.get(i)));
    }
    return text.toString().strip();
  }

  /** Files that come with this package. */
  static final class Resources {
    private Resources() {}

    static String text(String path) {
      try (InputStream in = PromptTemplate.class.getResourceAsStream(path)) {
        if (in == null) {
          throw new IllegalStateException("the resource " + path + " is missing");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
