package io.contentcrew.adapters.llmhttp;

/**
 * Follows a chunked HTTP response as its bytes go by, and knows how many of them are data and
 * whether the end has come. Gives up on what it does not understand, which is for others to judge.
 */
final class ChunkMeter {
  private enum State {
    HEAD,
    SIZE,
    EXTENSION,
    DATA,
    DATA_END,
    TRAILER,
    DONE,
    UNKNOWN
  }

  private static final int MAX_DIGITS = 7;

  private State state = State.HEAD;
  private boolean lineIsEmpty;
  private int digits;
  private long left;
  private long data;

  /** A new response begins. */
  void restart() {
    state = State.HEAD;
    lineIsEmpty = false;
    data = 0;
  }

  /** These bytes go by. */
  void pass(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && state != State.UNKNOWN) {
      if (state == State.DATA) {
        int count = (int) Math.min(left, to - i);
        data += count;
        left -= count;
        i += count;
        if (left == 0) {
          state = State.DATA_END;
        }
      } else {
        frame(bytes[i++]);
      }
    }
  }

  private void frame(byte b) {
    if (b == '\r') {
      return;
    }
    switch (state) {
      case HEAD, TRAILER -> blankLine(b);
      case SIZE -> size(b);
      case EXTENSION -> {
        if (b == '\n') {
          sizeEnds();
        }
      }
      case DATA_END -> {
        if (b == '\n') {
          sizeBegins();
        } else {
          state = State.UNKNOWN;
        }
      }
      case DATA, DONE, UNKNOWN -> state = State.UNKNOWN;
    }
  }

  private void blankLine(byte b) {
    if (b != '\n') {
      lineIsEmpty = false;
    } else if (!lineIsEmpty) {
      lineIsEmpty = true;
    } else if (state == State.HEAD) {
      sizeBegins();
    } else {
      state = State.DONE;
    }
  }

  private void sizeBegins() {
    state = State.SIZE;
    digits = 0;
    left = 0;
  }

  private void size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0 && digits < MAX_DIGITS) {
      left = left * 16 + digit;
      digits++;
    } else if (b == '\n' && digits > 0) {
      sizeEnds();
    } else if ((b == ';' || b == ' ' || b == '\t') && digits > 0) {
      state = State.EXTENSION;
    } else {
      state = State.UNKNOWN;
    }
  }

  private void sizeEnds() {
    lineIsEmpty = true;
    state = left == 0 ? State.TRAILER : State.DATA;
  }

  /** Whether all that went by was understood. */
  boolean isKnown() {
    return state != State.UNKNOWN;
  }

  /** Whether the end of the response went by. */
  boolean isDone() {
    return state == State.DONE;
  }

  /** Whether the data of a chunk went by, but not the line end after it. */
  boolean isAfterData() {
    return state == State.DATA_END;
  }

  /** Bytes of data that went by. */
  long data() {
    return data;
  }
}
