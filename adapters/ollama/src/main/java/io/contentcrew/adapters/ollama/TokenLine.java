package io.contentcrew.adapters.ollama;

import io.contentcrew.adapters.llmhttp.Answer;
import java.nio.charset.StandardCharsets;

/**
 * The line by which Ollama sends a token, in the one shape it has:
 *
 * <pre>{@code
 * {"model":"..","created_at":"..","message":{"role":"assistant","content":".."},"done":false}
 * }</pre>
 *
 * Whatever differs from it in a single byte is left to the JSON parser.
 */
final class TokenLine {
  private static final byte[] MODEL = bytes("{\"model\":\"");
  private static final byte[] CREATED = bytes(",\"created_at\":\"");
  private static final byte[] CONTENT =
      bytes(",\"message\":{\"role\":\"assistant\",\"content\":\"");
  private static final byte[] TAIL = bytes("\"},\"done\":false}");

  private TokenLine() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Adds the token to the answer; false, and nothing added, when the line has another shape. */
  static boolean read(byte[] line, int from, int to, Answer answer) {
    int at = after(MODEL, line, from, to);
    at = after(CREATED, line, plainString(line, at, to), to);
    int start = after(CONTENT, line, plainString(line, at, to), to);
    if (start < 0) {
      return false;
    }
    int end = to - TAIL.length;
    if (end < start || after(TAIL, line, end, to) < 0) {
      return false;
    }
    int escape = firstEscape(line, start, end);
    if (escape == end) {
      answer.text(line, start, end);
      return true;
    }
    if (escape < 0 || !isSound(line, escape, end)) {
      return false;
    }
    answer.text(line, start, escape);
    unescape(line, escape, end, answer);
    return true;
  }

  /** The place after {@code expected}, if that stands at {@code at}; else -1. */
  private static int after(byte[] expected, byte[] line, int at, int to) {
    if (at < 0 || to - at < expected.length) {
      return -1;
    }
    for (int i = 0; i < expected.length; i++) {
      if (line[at + i] != expected[i]) {
        return -1;
      }
    }
    return at + expected.length;
  }

  /** The place after the quote that ends a string without escapes; -1 if it has some. */
  private static int plainString(byte[] line, int at, int to) {
    if (at < 0) {
      return -1;
    }
    for (int i = at; i < to; i++) {
      if (line[i] == '"') {
        return i + 1;
      }
      if (line[i] == '\\' || (line[i] >= 0 && line[i] < 0x20)) {
        return -1;
      }
    }
    return -1;
  }

  /** Where the first backslash stands, {@code end} if nowhere; -1 if the string is none. */
  private static int firstEscape(byte[] line, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = line[i];
      if (b == '\\') {
        return i;
      }
      if (b == '"' || (b >= 0 && b < 0x20)) {
        return -1;
      }
    }
    return end;
  }

  /** Whether all escapes are known ones, and nothing else is amiss. */
  private static boolean isSound(byte[] line, int start, int end) {
    int i = start;
    while (i < end) {
      byte b = line[i];
      if (b == '"' || (b >= 0 && b < 0x20)) {
        return false;
      }
      if (b == '\\') {
        int length = escapeLength(line, i, end);
        if (length < 0) {
          return false;
        }
        i += length;
      } else {
        i++;
      }
    }
    return true;
  }

  /** The length of the escape that begins at {@code at}; -1 if it is none. */
  private static int escapeLength(byte[] line, int at, int end) {
    if (at + 1 >= end || "\"\\/bfnrtu".indexOf(line[at + 1]) < 0) {
      return -1;
    }
    if (line[at + 1] != 'u') {
      return 2;
    }
    return at + 6 <= end && hex(line, at + 2) >= 0 ? 6 : -1;
  }

  private static void unescape(byte[] line, int start, int end, Answer answer) {
    int plain = start;
    int i = start;
    while (i < end) {
      if (line[i] != '\\') {
        i++;
        continue;
      }
      answer.text(line, plain, i);
      byte kind = line[i + 1];
      switch (kind) {
        case 'b' -> answer.text('\b');
        case 'f' -> answer.text('\f');
        case 'n' -> answer.text('\n');
        case 'r' -> answer.text('\r');
        case 't' -> answer.text('\t');
        case 'u' -> answer.text((char) hex(line, i + 2));
        default -> answer.text((char) kind);
      }
      i += kind == 'u' ? 6 : 2;
      plain = i;
    }
    answer.text(line, plain, end);
  }

  /** Four hexadecimal digits; -1 if they are none. */
  private static int hex(byte[] line, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = Character.digit(line[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
