package io.contentcrew.app;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;

/**
 * Writes to a client that must take each piece in time, and leaves out bodies where none may go
 * out.
 */
final class WatchedWriter implements DataWriter {
  /** A slow client that takes this much in time is let live. */
  private static final int PIECE = 64 * 1024;

  /** The end of a head: CR LF CR LF, as the bytes read so far in an int. */
  private static final int END_OF_HEAD = 0x0D0A0D0A;

  private final DataWriter socket;
  private final Watchdog watchdog;
  private final Duration timeout;
  private boolean withoutBody;
  private int lastBytes;

  WatchedWriter(DataWriter socket, Watchdog watchdog, Duration timeout) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.timeout = timeout;
  }

  /** Whether the next answer ends with its head. */
  void withoutBody(boolean without) {
    withoutBody = without;
    lastBytes = 0;
  }

  @Override
  public void write(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      writeNow(buffer);
    }
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      writeNow(buffer);
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    BufferData wanted = withoutBody ? head(buffer) : buffer;
    while (wanted.available() > PIECE) {
      byte[] piece = new byte[PIECE];
      wanted.read(piece);
      writeInTime(BufferData.create(piece));
    }
    if (wanted.available() > 0) {
      writeInTime(wanted);
    }
  }

  private void writeInTime(BufferData piece) {
    try (Watchdog.Watch watch = watchdog.watch()) {
      watch.begin(timeout);
      try {
        socket.writeNow(piece);
      } finally {
        watch.end();
      }
    }
  }

  /** What of the buffer belongs to the head; the rest is dropped. */
  private BufferData head(BufferData buffer) {
    byte[] all = new byte[buffer.available()];
    buffer.read(all);
    int length = 0;
    while (length < all.length && lastBytes != END_OF_HEAD) {
      lastBytes = (lastBytes << Byte.SIZE) | (all[length++] & 0xFF);
    }
    return BufferData.create(all, 0, length);
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void close() {
    socket.close();
  }
}
