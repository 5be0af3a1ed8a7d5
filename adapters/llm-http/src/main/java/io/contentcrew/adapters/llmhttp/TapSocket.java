package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket whose reads can be watched, and waited for without the client's large buffers. */
final class TapSocket extends Socket {
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

  /** What is read from this socket. */
  Tap tap() {
    return tap;
  }
}
