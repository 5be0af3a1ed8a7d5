package io.contentcrew.adapters.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes plain sockets that belong to a line. */
final class LineSockets extends SocketFactory {
  private final SocketFactory sockets = SocketFactory.getDefault();
  private final Line line;

  LineSockets(Line line) {
    this.line = line;
  }

  @Override
  public Socket createSocket() throws IOException {
    return line.add(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return line.add(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return line.add(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return line.add(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return line.add(sockets.createSocket(host, port, local, localPort));
  }
}
