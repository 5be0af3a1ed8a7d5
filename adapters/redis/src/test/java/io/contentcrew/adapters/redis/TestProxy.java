package io.contentcrew.adapters.redis;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/** Stands before a Redis; can swallow what passes, as a network does that has lost its way. */
final class TestProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
  private volatile boolean swallowing;

  private TestProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  static TestProxy before(TestRedis redis) {
    try {
      return new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), redis.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Speaks TLS to those who connect. */
  static TestProxy encrypted(TestRedis redis, SSLContext tls) {
    try {
      ServerSocket server =
          tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      return new TestProxy(server, redis.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on nothing passes, either way, and nobody is told. */
  void swallow() {
    swallowing = true;
  }

  /** New connections pass again; of the old ones something was lost, and they stay as they are. */
  void heal() {
    swallowing = false;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(redis);
        boolean[] lost = new boolean[1];
        Thread.ofVirtual().start(() -> pump(client, redis, lost));
        Thread.ofVirtual().start(() -> pump(redis, client, lost));
      } catch (IOException e) {
        // closed, or a Redis that is away: the client sees for itself
      }
    }
  }

  private void pump(Socket from, Socket to, boolean[] lost) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        lost[0] |= swallowing;
        if (!lost[0]) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
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
