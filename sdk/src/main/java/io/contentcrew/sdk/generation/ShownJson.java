package io.contentcrew.sdk.generation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows the texts of a JSON answer while it is being written: string values come out as they grow,
 * under headings by their keys. It never needs the answer to be complete, or right; whatever it
 * cannot make sense of is left out. For one answer and one thread.
 */
final class ShownJson {
  /** What goes before a value, by its key; {@code %d} is how often the key has come. */
  private static final Map<String, String> BEFORE =
      Map.ofEntries(
          Map.entry("linkedin", "\n\n## LinkedIn\n\n"),
          Map.entry("x", "\n\n## X\n\n"),
          Map.entry("facebook", "\n\n## Facebook\n\n"),
          Map.entry("instagram", "\n\n## Instagram\n\n"),
          Map.entry("hashtags", "\n\n## Hashtags\n\n"),
          Map.entry("call_to_action", "\n\n## Call to action\n\n"),
          Map.entry("intro_hook", "\n\n## Hook\n\n"),
          Map.entry("hook", "\n\n## Hook\n\n"),
          Map.entry("heading", "\n\n## "),
          Map.entry("text", "\n\n"),
          Map.entry("narration", "\n\n## Scene %d\n\n"),
          Map.entry("visual_cue", "\n\n- Picture: "),
          Map.entry("on_screen_text", "\n- On screen: "),
          Map.entry("conclusion", "\n\n## Closing\n\n"),
          Map.entry("pacing_notes", "\n\n> "));

  /** Where in the grammar the next character stands. */
  private enum At {
    KEY,
    COLON,
    VALUE,
    AFTER_VALUE
  }

  private final Deque<Boolean> objects =
      new ArrayDeque<>(); // for each open bracket, whether it is an object's
  private final Map<String, Integer> seen = new HashMap<>();
  private final StringBuilder shown = new StringBuilder();
  private final StringBuilder key = new StringBuilder();
  private At at = At.VALUE;
  private boolean begun;
  private boolean ended;
  private boolean inString;
  private boolean inKey;
  private boolean escaped;
  private int hexLeft;
  private int hex;
  private boolean anythingShown;

  /**
   * Takes the next piece of the answer and returns what it adds to the shown text; often nothing.
   */
  String feed(String piece) {
    shown.setLength(0);
    for (int i = 0; i < piece.length() && !ended; i++) {
      next(piece.charAt(i));
    }
    return shown.toString();
  }

  private void next(char c) {
    if (inString) {
      inString(c);
    } else if (!begun) {
      if (c == '{') {
        begun = true;
        open(true);
      }
    } else {
      between(c);
    }
  }

  private void between(char c) {
    switch (c) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '}', ']' -> close();
      case '"' -> {
        inString = true;
        inKey = at == At.KEY;
        if (inKey) {
          key.setLength(0);
        } else {
          heading();
        }
      }
      case ':' -> at = At.VALUE;
      case ',' -> at = Boolean.TRUE.equals(objects.peek()) ? At.KEY : At.VALUE;
      default -> {}
    }
  }

  private void open(boolean object) {
    objects.push(object);
    at = object ? At.KEY : At.VALUE;
  }

  private void close() {
    objects.poll();
    at = At.AFTER_VALUE;
    ended = objects.isEmpty();
  }

  /**
   * A value begins: says which one it is. Further values of an array follow the first one after a
   * blank.
   */
  private void heading() {
    String name = key.toString();
    int times = seen.merge(name, 1, Integer::sum);
    String before;
    if (Boolean.FALSE.equals(objects.peek()) && times > 1) {
      before = " ";
    } else {
      before = BEFORE.getOrDefault(name, "\n\n").replace("%d", String.valueOf(times));
    }
    shown.append(anythingShown ? before : before.stripLeading());
    anythingShown = true;
  }

  private void inString(char c) {
    if (hexLeft > 0) {
      int digit = Character.digit(c, 16);
      hex = hex << 4 | (digit < 0 ? 0 : digit);
      if (--hexLeft == 0) {
        put((char) hex);
      }
    } else if (escaped) {
      escaped = false;
      switch (c) {
        case 'n' -> put('\n');
        case 't' -> put('\t');
        case 'r', 'b', 'f' -> {} // nothing a reader would miss
        case 'u' -> {
          hexLeft = 4;
          hex = 0;
        }
        default -> put(c);
      }
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      inString = false;
      at = inKey ? At.COLON : At.AFTER_VALUE;
    } else {
      put(c);
    }
  }

  private void put(char c) {
    (inKey ? key : shown).append(c);
  }
}
