package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that counts its reads. The HTTP client reads whatever has arrived, up to 8 KiB, and then
 * hands it out one transport chunk at a time; only here one can see how much it got, and so whether
 * more of the answer can be had without waiting.
 */
final class TapSocket extends Socket {
  private static final class Tap extends InputStream {
    private final InputStream in;
    private int reads;
    private int last;

    Tap(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      reads++;
      last = 1;
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      reads++;
      last = Math.max(0, count);
      return count;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private volatile Tap tap = new Tap(InputStream.nullInputStream());

  TapSocket() throws IOException {
    setTcpNoDelay(true); // a request must not wait for the acknowledgement of the one before
  }

  @Override
  public void connect(SocketAddress address, int timeout) throws IOException {
    if (address instanceof InetSocketAddress inet
        && inet.getAddress() != null
        && inet.getAddress().isLinkLocalAddress()) {
      throw new ConnectException("link-local addresses are not asked");
    }
    super.connect(address, timeout);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    Tap fresh = new Tap(super.getInputStream());
    tap = fresh;
    return fresh;
  }

  /** How many reads there were. Only for the thread that reads. */
  int reads() {
    return tap.reads;
  }

  /** How many bytes the last read brought. Only for the thread that reads. */
  int lastCount() {
    return tap.last;
  }
}
