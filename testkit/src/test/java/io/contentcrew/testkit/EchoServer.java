package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Sends back what it gets, and ends a connection when its client does. */
final class EchoServer implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final ServerSocket listener;
  private final List<Socket> open = new ArrayList<>();
  private final StringBuilder heard = new StringBuilder();

  private EchoServer(ServerSocket listener) {
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  static EchoServer start() {
    try {
      return new EchoServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        changing(() -> open.add(socket));
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        assertThat(listener.isClosed()).as("%s", e).isTrue();
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int count; (count = in.read(buffer)) >= 0; ) {
        String text = new String(buffer, 0, count, StandardCharsets.UTF_8);
        changing(() -> heard.append(text));
        socket.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      // the client has reset the connection, which is an end as well
    } finally {
      changing(() -> open.remove(socket));
    }
  }

  private void changing(Runnable what) {
    lock.lock();
    try {
      what.run();
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all clients have left. */
  void awaitGone() throws InterruptedException {
    await(open::isEmpty, "all have left");
  }

  /** Waits until it has got that from its clients. */
  void awaitHeard(String text) throws InterruptedException {
    await(() -> heard.indexOf(text) >= 0, "heard " + text);
  }

  private void await(BooleanSupplier holds, String what) throws InterruptedException {
    long left = Duration.ofSeconds(20).toNanos();
    lock.lock();
    try {
      while (!holds.getAsBoolean()) {
        assertThat(left).as(what).isPositive();
        left = change.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(20)));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      listener.close();
      for (Socket socket : List.copyOf(open)) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
