package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.domain.generation.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a decoder finds in an answer. The text is gathered as UTF-8 until somebody takes it,
 * so that tokens that came together leave as one piece. For one thread.
 */
public final class Answer {
  private byte[] text = new byte[128];
  private int length;
  private char half; // the first half of a character whose second half has not come yet
  private long totalBytes;
  private long line;
  private boolean hasToken;
  private boolean over;
  private @Nullable Finish finish;
  private @Nullable String model;
  private TokenUsage tokens = TokenUsage.NONE;
  private Duration load = Duration.ZERO;
  private Duration prefill = Duration.ZERO;
  private Duration decode = Duration.ZERO;

  /** An answer of which nothing has come yet. */
  public Answer() {}

  /** More text, as UTF-8. */
  public void text(byte[] utf8, int from, int to) {
    if (to > from) {
      endHalf();
      room(to - from);
      System.arraycopy(utf8, from, text, length, to - from);
      length += to - from;
    }
  }

  /** More text. */
  public void text(String more) {
    for (int i = 0; i < more.length(); i++) {
      text(more.charAt(i));
    }
  }

  /** More text: a unit of UTF-16, which may be half a character. */
  public void text(char unit) {
    if (half != 0 && Character.isLowSurrogate(unit)) {
      int codePoint = Character.toCodePoint(half, unit);
      half = 0;
      put(codePoint);
      return;
    }
    endHalf();
    if (Character.isHighSurrogate(unit)) {
      half = unit;
      hasToken = true;
    } else {
      put(Character.isLowSurrogate(unit) ? '\uFFFD' : unit);
    }
  }

  private void endHalf() {
    if (half != 0) {
      half = 0;
      put('\uFFFD');
    }
  }

  private void put(int cp) {
    room(4);
    if (cp < 0x80) {
      text[length++] = (byte) cp;
    } else if (cp < 0x800) {
      text[length++] = (byte) (0xC0 | (cp >> 6));
      text[length++] = (byte) (0x80 | (cp & 0x3F));
    } else if (cp < 0x10000) {
      text[length++] = (byte) (0xE0 | (cp >> 12));
      text[length++] = (byte) (0x80 | ((cp >> 6) & 0x3F));
      text[length++] = (byte) (0x80 | (cp & 0x3F));
    } else {
      text[length++] = (byte) (0xF0 | (cp >> 18));
      text[length++] = (byte) (0x80 | ((cp >> 12) & 0x3F));
      text[length++] = (byte) (0x80 | ((cp >> 6) & 0x3F));
      text[length++] = (byte) (0x80 | (cp & 0x3F));
    }
  }

  private void room(int more) {
    hasToken = true;
    if (text.length - length < more) {
      text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
    }
  }

  /** A token came that is no part of the text: the model thinks. */
  public void thought() {
    hasToken = true;
  }

  /** The model has stopped writing; counts may still come. */
  public void finished(Finish why) {
    finish = why;
  }

  /** Nothing more will come. */
  public void over() {
    over = true;
  }

  /** The name by which the server calls the model. */
  public void model(String name) {
    model = name;
  }

  /** Tokens read and written, as the server counts. */
  public void tokens(int input, int output) {
    tokens = new TokenUsage(Math.max(0, input), Math.max(0, output));
  }

  /** Where the server's time went. */
  public void spent(Duration loading, Duration prefilling, Duration decoding) {
    load = loading;
    prefill = prefilling;
    decode = decoding;
  }

  /** The number of the line that is being decoded, from 1. */
  public long line() {
    return line;
  }

  // ---- for the reader

  void nextLine() {
    line++;
  }

  /** The text since the last time; empty when there is none. */
  public String take() {
    if (finish != null) {
      endHalf();
    }
    if (length == 0) {
      return "";
    }
    totalBytes += length;
    String piece = new String(text, 0, length, StandardCharsets.UTF_8);
    length = 0;
    return piece;
  }

  /** Whether there was a token since the last time it was asked. */
  boolean takeToken() {
    boolean had = hasToken;
    hasToken = false;
    return had;
  }

  /** Bytes of text so far. */
  long bytes() {
    return totalBytes + length;
  }

  boolean isOver() {
    return over;
  }

  @Nullable Finish finish() {
    return finish;
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  TokenUsage tokens() {
    return tokens;
  }

  Duration load() {
    return load;
  }

  Duration prefill() {
    return prefill;
  }

  Duration decode() {
    return decode;
  }
}
