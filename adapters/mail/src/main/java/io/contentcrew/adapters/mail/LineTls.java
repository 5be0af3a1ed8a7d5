package io.contentcrew.adapters.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Protects connections by TLS, and makes what is beneath belong to a line: to close that is enough,
 * and does not wait to say goodbye to the other side.
 */
final class LineTls extends SSLSocketFactory {
  private final SSLSocketFactory tls;
  private final Line line;

  LineTls(SSLSocketFactory tls, Line line) {
    this.tls = tls;
    this.line = line;
  }

  @Override
  public Socket createSocket(Socket beneath, String host, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(line.add(beneath), host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return line.add(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return line.add(tls.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return line.add(tls.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return line.add(tls.createSocket(host, port, local, localPort));
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }
}
