package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes the sockets of the HTTP client, so that their reads can be watched. */
final class TapSocketFactory extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    return new TapSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw notAsked();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw notAsked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw notAsked();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw notAsked();
  }

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("the HTTP client connects its sockets itself");
  }
}
