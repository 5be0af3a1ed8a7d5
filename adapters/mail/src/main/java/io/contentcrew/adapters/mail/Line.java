package io.contentcrew.adapters.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sockets of one attempt to send, so that they can be closed from outside: the timeouts of a
 * socket begin anew with each byte, and a server that sends one now and then would hold us for
 * ever.
 */
final class Line {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Socket> sockets = new ArrayList<>();
  private boolean cut;

  /** Keeps {@code socket} for {@link #cut}. */
  <T extends Socket> T add(T socket) throws IOException {
    lock.lock();
    try {
      if (cut) {
        socket.close();
        throw new SocketException("the time for sending is over");
      }
      sockets.add(socket);
      return socket;
    } finally {
      lock.unlock();
    }
  }

  /** Closes all that were added, and those that will be. */
  void cut() {
    lock.lock();
    try {
      cut = true;
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
