package io.contentcrew.adapters.redis;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/** Speaks TLS before a Redis that does not. */
final class TlsProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();

  private TlsProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static TlsProxy before(TestRedis redis, SSLContext tls) {
    try {
      ServerSocket server =
          tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      return new TlsProxy(server, redis.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(redis);
        Thread.ofVirtual().start(() -> pump(client, redis));
        Thread.ofVirtual().start(() -> pump(redis, client));
      } catch (IOException e) {
        // closed, or a Redis that is away: the client sees for itself
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side has gone
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Closeable socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
