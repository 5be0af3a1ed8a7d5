package io.contentcrew.adapters.memory;

import java.util.List;

/** Writes the little JSON that an answer needs, without a blank more than that. */
final class OfflineWriterJson {
  private final StringBuilder out = new StringBuilder("{");

  /** Adds a text. */
  OfflineWriterJson add(String name, String text) {
    name(name);
    string(text);
    return this;
  }

  /** Adds a list of texts. */
  OfflineWriterJson addTexts(String name, List<String> texts) {
    name(name);
    out.append('[');
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : ",");
      string(texts.get(i));
    }
    out.append(']');
    return this;
  }

  /** Adds a list of objects. */
  OfflineWriterJson addObjects(String name, List<OfflineWriterJson> objects) {
    name(name);
    out.append('[')
        .append(String.join(",", objects.stream().map(OfflineWriterJson::toString).toList()))
        .append(']');
    return this;
  }

  private void name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    string(name);
    out.append(':');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The whole object. */
  @Override
  public String toString() {
    return out + "}";
  }
}
