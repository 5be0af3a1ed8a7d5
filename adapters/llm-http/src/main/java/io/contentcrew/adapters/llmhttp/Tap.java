package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a connection on their way to the HTTP client. The client takes whatever has arrived,
 * up to 8 KiB, and hands it out one transport chunk at a time: only here one can see how much it
 * holds. And it keeps a buffer of 8 KiB for as long as it waits, or has the line end after a chunk
 * left over: so one waits here, with a small buffer, and that line end is held back. For one thread
 * at a time.
 */
final class Tap extends InputStream {
  /** Room for several tokens. */
  private static final int ROOM = 1_024;

  private final InputStream in;
  private final ChunkMeter meter = new ChunkMeter();
  private byte[] waiting = new byte[0];
  private int start;
  private int end;
  private boolean isHeldBack; // what is waiting is only that line end
  private boolean hasEnded;
  private int reads;

  Tap(InputStream in) {
    this.in = in;
  }

  /** A request goes out on the connection. */
  void restart() {
    meter.restart();
  }

  /** What the client has been given of the response. */
  ChunkMeter meter() {
    return meter;
  }

  /** How often the client was given something. */
  int reads() {
    return reads;
  }

  /**
   * Waits until there is something to read, or the connection has ended. Only to be called when the
   * client can do nothing without.
   */
  void await() throws IOException {
    if (hasEnded || (start < end && !isHeldBack)) {
      return;
    }
    if (waiting.length == 0) {
      waiting = new byte[ROOM];
    }
    System.arraycopy(waiting, start, waiting, 0, end - start);
    end -= start;
    start = 0;
    int count = in.read(waiting, end, waiting.length - end);
    if (count < 0) {
      hasEnded = true;
    } else {
      end += count;
      isHeldBack = false;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    reads++;
    if (start < end) {
      return readWaiting(bytes, offset, length);
    }
    int count = hasEnded ? -1 : in.read(bytes, offset, length);
    meter.pass(bytes, offset, offset + Math.max(0, count));
    return count;
  }

  private int readWaiting(byte[] bytes, int offset, int length) throws IOException {
    boolean wasFull = end == waiting.length;
    int count = Math.min(length, end - start);
    System.arraycopy(waiting, start, bytes, offset, count);
    start += count;
    if (count > 2 && start == end && !wasFull && endsLine(bytes, offset + count)) {
      meter.pass(bytes, offset, offset + count - 2);
      if (meter.isAfterData()) {
        start -= 2;
        isHeldBack = true;
        return count - 2;
      }
      meter.pass(bytes, offset + count - 2, offset + count);
      return count;
    }
    if (wasFull && start == end && count < length && in.available() > 0) {
      count += Math.max(0, in.read(bytes, offset + count, length - count));
    }
    meter.pass(bytes, offset, offset + count);
    return count;
  }

  private static boolean endsLine(byte[] bytes, int end) {
    return bytes[end - 2] == '\r' && bytes[end - 1] == '\n';
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int available() throws IOException {
    return end - start + in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
