package io.contentcrew.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Takes an HTTP response with a chunked body apart into lines. For one connection and thread. */
final class HttpAnswer {
  /** What is told of a response. */
  interface Sink {
    /** The head has come, with status 200. */
    void head();

    /** A line of the body, without its end. */
    void line(byte[] bytes, int from, int to);

    /** The body is complete. */
    void end();

    /** The response is not what was asked for. */
    void refused(String statusLine);
  }

  private enum At {
    HEAD,
    SIZE,
    DATA,
    AFTER_DATA
  }

  private final Sink sink;
  private final StringBuilder head = new StringBuilder();
  private byte[] line = new byte[256];
  private int length;
  private At at = At.HEAD;
  private int left;
  private boolean sized;

  HttpAnswer(Sink sink) {
    this.sink = sink;
  }

  void feed(byte[] bytes, int count) {
    int i = 0;
    while (i < count) {
      switch (at) {
        case HEAD -> head(bytes[i++]);
        case SIZE -> size(bytes[i++]);
        case DATA -> {
          int end = Math.min(count, i + left);
          data(bytes, i, end);
          left -= end - i;
          i = end;
          if (left == 0) {
            at = At.AFTER_DATA;
          }
        }
        case AFTER_DATA -> {
          if (bytes[i++] == '\n') {
            at = At.SIZE;
          }
        }
      }
    }
  }

  private void head(byte b) {
    head.append((char) b);
    int size = head.length();
    if (b == '\n' && size >= 4 && head.charAt(size - 3) == '\n') {
      String text = head.toString();
      head.setLength(0);
      boolean chunked = text.toLowerCase(Locale.ROOT).contains("chunked");
      if (!text.startsWith("HTTP/1.1 200") || !chunked) {
        sink.refused(text.substring(0, text.indexOf('\r')));
        return;
      }
      at = At.SIZE;
      sink.head();
    }
  }

  private void size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      left = left * 16 + digit;
      sized = true;
    } else if (b == '\n' && sized) {
      sized = false;
      if (left > 0) {
        at = At.DATA;
      }
    } else if (b == '\n') { // the empty line after the last chunk
      at = At.HEAD;
      sink.end();
    }
  }

  private void data(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        if (length == 0) {
          sink.line(bytes, start, i);
        } else {
          keep(bytes, start, i);
          int whole = length;
          length = 0;
          sink.line(line, 0, whole);
        }
        start = i + 1;
      }
    }
    keep(bytes, start, to);
  }

  private void keep(byte[] bytes, int from, int to) {
    int more = to - from;
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
    }
    System.arraycopy(bytes, from, line, length, more);
    length += more;
  }

  /** The bytes of a line as text; what is beyond ASCII comes out as several characters. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
