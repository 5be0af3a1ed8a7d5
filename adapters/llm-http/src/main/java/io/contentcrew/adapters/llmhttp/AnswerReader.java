package io.contentcrew.adapters.llmhttp;

import io.contentcrew.ports.generation.ModelFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one answer and passes its text on. Whatever has arrived already leaves as one
 * piece; what has not is never waited for with text in hand. For one thread.
 */
final class AnswerReader {
  private static final int FIRST_BUFFER = 2_048;

  /** A run of white space longer than this means that the model has lost its thread. */
  private static final int MAX_BLANKS = 200;

  private final LineDecoder decoder;
  private final Answer answer;
  private final Consumer<String> sink;
  private final Watched watched;
  private final ReadPacing pacing;
  private final LlmHttpConfig config;
  private final ReadAhead ahead;

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
      ReadAhead ahead) {
    this.decoder = decoder;
    this.answer = answer;
    this.sink = sink;
    this.watched = watched;
    this.pacing = pacing;
    this.config = config;
    this.ahead = ahead;
  }

  /** Reads until the answer is over, or the body ends. */
  void read(InputStream body) throws IOException, InterruptedException, AnswerException {
    try {
      boolean more = false;
      while (!answer.isOver()) {
        if (!more) {
          passOn();
          waitAsLongAsOneMay();
        }
        if (end == buffer.length) {
          grow();
        }
        int count = body.read(buffer, end, buffer.length - end);
        if (count < 0) {
          lastLine();
          break;
        }
        more = ahead.hasMoreAfter(count, answer.hasText(), body.available() > 0);
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

  /** Gets ready for a read that may block. */
  private void waitAsLongAsOneMay() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long now = System.nanoTime();
    if (!hasToken) {
      return; // the limit of the first token stands since the request
    }
    if (lastTokenAt == 0) {
      lastTokenAt = now;
    }
    if (ahead.takeRead()) {
      pace(now);
    }
    Duration gap = config.timeouts().tokenGap();
    watched.awaitUntil(lastTokenAt + gap.toNanos(), Watched.Cut.NO_FURTHER_TOKEN);
  }

  private void pace(long now) throws InterruptedException {
    long left = lastReadAt == 0 ? 0 : lastReadAt + pacing.pause() - now;
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      now = System.nanoTime();
    }
    lastReadAt = now;
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

  /** What is known of bytes that have arrived, but were not handed out yet. */
  static final class ReadAhead {
    /** The smallest transport chunk there is. */
    private static final int CHUNK = 6;

    private static final int WRONG_TOO_OFTEN = 3;

    private final @Nullable TapSocket socket;
    private int seen;
    private int taken;
    private int buffered;
    private boolean expected;
    private int wrong;

    /**
     * For an answer that is about to be read.
     *
     * @param socket null where one cannot look, as under TLS
     * @param chunked whether it comes in transport chunks; else a read hands out all there is
     */
    ReadAhead(@Nullable TapSocket socket, boolean chunked) {
      this.socket = chunked ? socket : null;
      if (socket != null) {
        seen = socket.reads();
        taken = seen;
      }
    }

    /**
     * Whether the next read brings something without waiting.
     *
     * @param count bytes that the last read brought, of one chunk
     * @param textInHand whether text is being held back
     * @param rest whether a part of the chunk is left
     */
    boolean hasMoreAfter(int count, boolean textInHand, boolean rest) {
      if (socket == null) {
        return rest;
      }
      if (socket.reads() != seen) {
        if (expected && textInHand) {
          wrong++; // the server frames its chunks otherwise than most, and we waited in vain
        }
        seen = socket.reads();
        buffered = socket.lastCount();
      }
      buffered -= count + framing(count);
      expected = wrong < WRONG_TOO_OFTEN && buffered >= CHUNK;
      return rest || expected;
    }

    /** The bytes around a chunk: its length in hexadecimal, and two line ends. */
    private static int framing(int count) {
      return (35 - Integer.numberOfLeadingZeros(count)) / 4 + 4;
    }

    /** Whether the socket was read since the last time this was asked. */
    boolean takeRead() {
      boolean read = socket != null && socket.reads() != taken;
      taken = socket == null ? 0 : socket.reads();
      return read;
    }
  }
}
