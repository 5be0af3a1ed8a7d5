package io.contentcrew.adapters.llmhttp;

import io.contentcrew.ports.generation.ModelFault;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads the lines of one answer and passes its text on. Whatever has arrived already leaves as one
 * piece; what has not is never waited for with text in hand. For one thread.
 */
final class AnswerReader {
  private static final int FIRST_BUFFER = 512;

  /** A run of white space longer than this means that the model has lost its thread. */
  private static final int MAX_BLANKS = 200;

  private final LineDecoder decoder;
  private final Answer answer;
  private final Consumer<String> sink;
  private final Watched watched;
  private final ReadPacing pacing;
  private final LlmHttpConfig config;
  private final ReadAhead body;

  private byte[] buffer = new byte[FIRST_BUFFER];
  private int end;
  private int blanks;
  private boolean hasToken;
  private boolean isBlank = true;
  private long firstTokenAt;
  private long lastTokenAt;
  private long lastReadAt;

  AnswerReader(
      LineDecoder decoder,
      Answer answer,
      Consumer<String> sink,
      Watched watched,
      ReadPacing pacing,
      LlmHttpConfig config,
      ReadAhead body) {
    this.decoder = decoder;
    this.answer = answer;
    this.sink = sink;
    this.watched = watched;
    this.pacing = pacing;
    this.config = config;
    this.body = body;
  }

  /** Reads until the answer is over, or the body ends. */
  void read() throws IOException, InterruptedException, AnswerException {
    try {
      while (!answer.isOver()) {
        if (!body.hasMore()) {
          passOn();
          getReadyToWait();
        }
        if (end == buffer.length) {
          grow();
        }
        int count = body.read(buffer, end, buffer.length - end);
        if (count < 0) {
          lastLine();
          break;
        }
        lines(end + count);
      }
    } finally {
      passOn(); // also when it fails: what came is passed on
    }
  }

  private void lines(int newEnd) throws AnswerException {
    int start = 0;
    for (int i = end; i < newEnd && !answer.isOver(); i++) {
      if (buffer[i] == '\n') {
        line(start, i);
        start = i + 1;
      }
    }
    if (start > 0 && start < newEnd) {
      System.arraycopy(buffer, start, buffer, 0, newEnd - start);
    }
    end = newEnd - start;
    if (answer.bytes() > config.limits().answerBytes()) {
      throw new AnswerException(
          ModelFault.TOO_LARGE,
          "The answer is longer than "
              + config.limits().answerBytes()
              + " bytes, which no sensible answer is. Ask for less, or raise the limit");
    }
  }

  private void line(int from, int to) throws AnswerException {
    answer.nextLine();
    int last = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    decoder.line(buffer, from, last, answer);
  }

  /** A line that the body's end has ended, or cut off. */
  private void lastLine() throws AnswerException {
    if (end > 0) {
      try {
        line(0, end);
      } catch (AnswerException e) {
        if (e.fault() != ModelFault.PROTOCOL) {
          throw e;
        }
        return; // cut off in the middle: the answer stays without its sign of the end
      }
    }
    decoder.end(answer);
  }

  private void grow() throws AnswerException {
    int max = config.limits().lineBytes();
    if (buffer.length >= max) {
      throw new AnswerException(
          ModelFault.TOO_LARGE,
          "Line " + (answer.line() + 1) + " of the answer is longer than " + max + " bytes");
    }
    buffer = Arrays.copyOf(buffer, Math.min(max, buffer.length * 2));
  }

  private void passOn() throws AnswerException {
    if (answer.takeToken()) {
      lastTokenAt = 0; // to be taken when the sink is done: its time is not the server's
      if (!hasToken) {
        hasToken = true;
        firstTokenAt = System.nanoTime();
      }
    }
    String piece = answer.take();
    if (!piece.isEmpty()) {
      watched.rest(System.nanoTime());
      sink.accept(piece);
      countBlanks(piece);
    }
  }

  private void countBlanks(String piece) throws AnswerException {
    int trailing = 0;
    while (trailing < piece.length()
        && Character.isWhitespace(piece.charAt(piece.length() - 1 - trailing))) {
      trailing++;
    }
    isBlank &= trailing == piece.length();
    blanks = trailing == piece.length() ? blanks + trailing : trailing;
    if (blanks > MAX_BLANKS) {
      throw new AnswerException(
          ModelFault.TOO_LARGE,
          "The model wrote more than "
              + MAX_BLANKS
              + " blanks in a row: it has lost its thread. Ask again, or ask a larger model");
    }
  }

  /** Before a read that may have to wait. */
  private void getReadyToWait() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long now = System.nanoTime();
    if (hasToken) { // else the limit of the first token stands since the request
      if (lastTokenAt == 0) {
        lastTokenAt = now;
      }
      if (body.wasRead()) {
        pace(now);
      }
      long gap = config.timeouts().tokenGap().toNanos();
      watched.awaitUntil(lastTokenAt + gap, Watched.Cut.NO_FURTHER_TOKEN);
    }
  }

  private void pace(long now) throws InterruptedException {
    lastReadAt = lastReadAt == 0 ? now : pacing.pause(lastReadAt, now);
  }

  boolean hasToken() {
    return hasToken;
  }

  /** Whether there was nothing but white space, or nothing at all. */
  boolean isBlank() {
    return isBlank;
  }

  /** When the first token came, by {@link System#nanoTime()}. */
  long firstTokenAt() {
    return firstTokenAt;
  }
}
