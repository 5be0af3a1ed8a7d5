package io.contentcrew.testkit;

import io.contentcrew.testkit.FaultProxy.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One connection through a {@link FaultProxy}: a thread for each direction. */
final class ProxiedConnection {
  private static final int CONNECT_MILLIS = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final Socket client;
  private final Socket upstream = new Socket();
  private final InetSocketAddress server;
  private Mode mode;
  private long left; // bytes to the client until it is cut
  private boolean lost; // something was swallowed, so what follows would make no sense
  private boolean ended; // the direction to the client
  private boolean closed;

  private enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  ProxiedConnection(Socket client, InetSocketAddress server, Mode mode) {
    this.client = client;
    this.server = server;
    this.mode = mode;
    this.left = mode instanceof Mode.CutAfter(long bytes) ? bytes : 0;
  }

  /** Carries bytes until both sides have closed, or a fault has ended it. */
  void serve() {
    try {
      if (!opened()) {
        return;
      }
      Thread back = Thread.ofVirtual().start(() -> carry(Direction.TO_CLIENT));
      carry(Direction.TO_SERVER);
      back.join();
    } catch (IOException e) {
      reset(); // the server is not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Connects to the server, as soon as the mode lets anything through. */
  private boolean opened() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && (mode instanceof Mode.Stall || mode instanceof Mode.Blackhole)) {
        lost |= mode instanceof Mode.Blackhole;
        change.await();
      }
      if (!closed && mode instanceof Mode.Reset) {
        reset();
      }
      if (closed) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    upstream.setTcpNoDelay(true);
    upstream.connect(
        new InetSocketAddress(server.getHostString(), server.getPort()), CONNECT_MILLIS);
    changed(currentMode()); // it may end or cut the new connection at once
    return true;
  }

  private Mode currentMode() {
    lock.lock();
    try {
      return mode;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a change of the mode. */
  void changed(Mode to) {
    lock.lock();
    try {
      mode = to;
      if (closed) {
        return;
      }
      if (to instanceof Mode.Reset || (lost && !(to instanceof Mode.Blackhole))) {
        reset();
      } else if (to instanceof Mode.CutAfter(long bytes)) {
        left = bytes;
        if (bytes == 0) {
          close();
        }
      } else if (to instanceof Mode.HalfClose && upstream.isConnected()) {
        endTowardsClient();
      }
      change.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- carrying

  private void carry(Direction direction) {
    Socket from = direction == Direction.TO_CLIENT ? upstream : client;
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      for (int count; (count = in.read(buffer)) >= 0; ) {
        if (!carry(direction, buffer, count)) {
          return;
        }
      }
      if (awaitLetThrough()) {
        end(direction);
      }
    } catch (IOException e) {
      broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there is any point in reading on. */
  private boolean carry(Direction direction, byte[] bytes, int count)
      throws IOException, InterruptedException {
    if (!awaitLetThrough()) {
      return currentMode() instanceof Mode.Blackhole;
    }
    if (currentMode() instanceof Mode.Delay(var time)) {
      Thread.sleep(time);
    }
    int allowed = direction == Direction.TO_CLIENT ? allowance(count) : count;
    if (allowed > 0) {
      Socket to = direction == Direction.TO_CLIENT ? client : upstream;
      to.getOutputStream().write(bytes, 0, allowed);
    }
    if (allowed < count && currentMode() instanceof Mode.CutAfter) {
      close();
      return false;
    }
    return true;
  }

  /** Waits while everything stalls; false if what came is lost, or the connection is gone. */
  private boolean awaitLetThrough() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && mode instanceof Mode.Stall) {
        change.await();
      }
      lost |= mode instanceof Mode.Blackhole;
      return !closed && !lost;
    } finally {
      lock.unlock();
    }
  }

  /** How much of what came from the server the client may have. */
  private int allowance(int count) {
    lock.lock();
    try {
      if (ended) {
        return 0;
      }
      if (!(mode instanceof Mode.CutAfter)) {
        return count;
      }
      int allowed = (int) Math.min(count, left);
      left -= allowed;
      return allowed;
    } finally {
      lock.unlock();
    }
  }

  // ---- endings

  /** One side has said that it sends no more: the other side is to hear that. */
  private void end(Direction direction) throws IOException {
    if (direction == Direction.TO_SERVER) {
      upstream.shutdownOutput();
      return;
    }
    lock.lock();
    try {
      endTowardsClient();
    } finally {
      lock.unlock();
    }
  }

  private void endTowardsClient() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      client.shutdownOutput();
    } catch (IOException e) {
      close(); // the client is gone already
    }
  }

  /** A side has reset the connection: so does the proxy, unless nobody may hear of it. */
  private void broken() {
    lock.lock();
    try {
      if (mode instanceof Mode.Blackhole || mode instanceof Mode.Stall) {
        lost = true;
      } else {
        reset();
      }
    } finally {
      lock.unlock();
    }
  }

  private void reset() {
    linger(client);
    linger(upstream);
    close();
  }

  /** Makes closing it a reset. */
  private static void linger(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      return; // it is closed already
    }
  }

  /** Closes both sides. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      change.signalAll();
      client.close();
      upstream.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket failed", e);
    } finally {
      lock.unlock();
    }
  }
}
