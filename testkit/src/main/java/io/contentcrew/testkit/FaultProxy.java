package io.contentcrew.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on 127.0.0.1 that spoils a connection in every way that a network does. Put it
 * between a program and a server that it talks to, and change what it does while connections are
 * open. It begins with letting everything pass. Safe for use by many threads.
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.to("127.0.0.1", 5432)) {
 *   connect("127.0.0.1", proxy.port());
 *   proxy.blackhole();
 *   // ... the program must notice by itself
 *   proxy.pass();
 * }
 * }</pre>
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 512;

  /** What is done to what comes by. */
  sealed interface Mode {
    record Pass() implements Mode {}

    record Delay(Duration time) implements Mode {}

    record Stall() implements Mode {}

    record Blackhole() implements Mode {}

    record Reset() implements Mode {}

    record Refuse() implements Mode {}

    record HalfClose() implements Mode {}

    record CutAfter(long bytes) implements Mode {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final InetSocketAddress server;
  private final int port;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = new Mode.Pass();
  private ServerSocket listener;
  private Thread accepting;
  private boolean closed;

  private FaultProxy(InetSocketAddress server) {
    this.server = server;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    this.accepting = accept(listener);
  }

  /** A proxy for the server at that address, which need not run yet, on a free port. */
  public static FaultProxy to(String host, int port) {
    return new FaultProxy(new InetSocketAddress(requireNonNull(host, "host"), port));
  }

  /** The port it listens on; the same for as long as it lives. */
  public int port() {
    return port;
  }

  /** How many connections are open now, dead ones that nobody has closed yet included. */
  public int connections() {
    return connections.size();
  }

  // ---- what it is to do

  /** Lets everything pass, at once. Connections that lost something before are reset. */
  public FaultProxy pass() {
    return to(new Mode.Pass());
  }

  /**
   * Holds back everything that comes by for {@code time}, in both directions. What comes next waits
   * behind it, so it also narrows a busy connection.
   */
  public FaultProxy delay(Duration time) {
    return to(new Mode.Delay(requireNonNull(time, "time")));
  }

  /**
   * Nothing passes, and nothing is lost: what comes by waits until the mode changes, as packets do
   * that are sent again until a broken link is mended.
   */
  public FaultProxy stall() {
    return to(new Mode.Stall());
  }

  /**
   * Swallows everything, also that a side has closed its connection; new connections are accepted
   * and get no answer. A connection that lost something is never whole again: at the next change of
   * the mode it is reset, as by a router that has forgotten it.
   */
  public FaultProxy blackhole() {
    return to(new Mode.Blackhole());
  }

  /** Resets the connections there are, and every new one. */
  public FaultProxy reset() {
    return to(new Mode.Reset());
  }

  /**
   * Does not listen, so that new connections are refused; those there are go on. Nobody else should
   * take free ports in the meantime: {@link #pass} throws if the port is gone.
   */
  public FaultProxy refuse() {
    return to(new Mode.Refuse());
  }

  /** Ends the direction from the server to the client; the other one goes on. */
  public FaultProxy halfClose() {
    return to(new Mode.HalfClose());
  }

  /**
   * Closes each connection after {@code bytes} more bytes from the server to the client; new
   * connections count from their beginning.
   */
  public FaultProxy cutAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a connection is cut after 0 bytes or more");
    }
    return to(new Mode.CutAfter(bytes));
  }

  private FaultProxy to(Mode changed) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the proxy is closed");
      }
      boolean listens = !(mode instanceof Mode.Refuse);
      if (listens && changed instanceof Mode.Refuse) {
        stopListening();
      } else if (!listens && !(changed instanceof Mode.Refuse)) {
        listener = listen(port);
        accepting = accept(listener);
      }
      mode = changed;
      connections.forEach(connection -> connection.changed(changed));
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Stops listening and closes all connections. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        stopListening();
        connections.forEach(ProxiedConnection::close);
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- listening

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("no proxy on port " + port, e);
    }
  }

  private void stopListening() {
    try {
      listener.close();
      accepting.join(); // only then the port is free
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread accept(ServerSocket socket) {
    return Thread.ofVirtual().name("fault-proxy-" + port).start(() -> acceptFrom(socket));
  }

  private void acceptFrom(ServerSocket socket) {
    while (true) {
      try {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        if (socket.isClosed()) {
          return; // else a client has left before it was accepted
        }
      }
    }
  }

  private void serve(Socket client) {
    ProxiedConnection connection;
    lock.lock(); // so that no change of the mode passes a connection by
    try {
      connection = new ProxiedConnection(client, server, mode);
      connections.add(connection);
      if (closed) {
        connection.close();
      }
    } finally {
      lock.unlock();
    }
    try {
      connection.serve();
    } finally {
      connections.remove(connection);
    }
  }
}
