package io.contentcrew.domain.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The big list of naughty strings, and some of our own. */
final class NaughtyStrings {
  private NaughtyStrings() {}

  static List<String> all() {
    List<String> all = read();
    all.addAll(Texts.hostile(200));
    return all;
  }

  /** Reads an array of strings, which is all the JSON there is in the list. */
  static List<String> read() {
    String json;
    try (InputStream in = NaughtyStrings.class.getResourceAsStream("blns/blns.json")) {
      json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> strings = new ArrayList<>();
    StringBuilder string = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (string == null) {
        string = c == '"' ? new StringBuilder() : null;
      } else if (c == '"') {
        strings.add(string.toString());
        string = null;
      } else if (c != '\\') {
        string.append(c);
      } else if (json.charAt(++i) == 'u') {
        string.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        int at = "bfnrt".indexOf(json.charAt(i));
        string.append(at < 0 ? json.charAt(i) : "\b\f\n\r\t".charAt(at));
      }
    }
    return strings;
  }
}
