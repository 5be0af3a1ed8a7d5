package io.contentcrew.adapters.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server, and can swallow all that goes to and fro, as a broken network does. */
final class SwallowProxy implements AutoCloseable {
  private final ServerSocket front;
  private final PostgresConfig.Server server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean swallowing;

  SwallowProxy(PostgresConfig.Server server) {
    this.server = server;
    try {
      front = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The same database by way of this. */
  PostgresConfig before(PostgresConfig config) {
    PostgresConfig.Server direct = config.server();
    return new PostgresConfig(
        new PostgresConfig.Server(
            "127.0.0.1",
            front.getLocalPort(),
            direct.database(),
            direct.user(),
            direct.password(),
            direct.tls(),
            direct.applicationName()),
        config.pool(),
        config.migrateOnStart(),
        config.pollingInterval());
  }

  /** Swallows everything; what is swallowed once never arrives. */
  void swallow() {
    swallowing = true;
  }

  /** Lets new connections through; those in which something was swallowed stay dead. */
  void heal() {
    swallowing = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = front.accept();
        sockets.add(client);
        if (swallowing) {
          Thread.ofVirtual().start(() -> drop(client));
        } else {
          Socket behind = new Socket(server.host(), server.port());
          sockets.add(behind);
          boolean[] dead = new boolean[1];
          Thread.ofVirtual().start(() -> pass(client, behind, dead));
          Thread.ofVirtual().start(() -> pass(behind, client, dead));
        }
      }
    } catch (IOException e) {
      close();
    }
  }

  private static void drop(Socket client) {
    try (client) {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // the client has gone
    }
  }

  private void pass(Socket from, Socket to, boolean[] dead) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        dead[0] |= swallowing;
        if (!dead[0]) {
          out.write(bytes, 0, read);
        }
      }
      while (dead[0]) {
        Thread.sleep(100); // nor does the end of a connection arrive
        dead[0] = !front.isClosed();
      }
    } catch (IOException e) {
      return; // one side has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      front.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
