package io.contentcrew.app;

import com.google.common.primitives.Bytes;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose reads and writes are watched. All of it happens on the connection's own
 * thread.
 */
final class WatchedConnection implements ConnectionContext {
  private static final long NOT_BEGUN = Long.MIN_VALUE;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final ConnectionContext whole;
  private final Watchdog watchdog;
  private final Duration headerTimeout;
  private final DataReader reader = DataReader.create(this::more);
  private final WatchedWriter writer;
  private @Nullable InterruptableTask<?> connection;
  private long headDeadline = NOT_BEGUN;
  private boolean last;
  private boolean greeted;

  WatchedConnection(
      ConnectionContext whole, Watchdog watchdog, Duration headerTimeout, Duration writeTimeout) {
    this.whole = whole;
    this.watchdog = watchdog;
    this.headerTimeout = headerTimeout;
    this.writer = new WatchedWriter(whole.dataWriter(), watchdog, writeTimeout);
  }

  /** To be told first of all who serves it, and can say whether it waits for a request. */
  void serves(ServerConnection by) {
    connection = (InterruptableTask<?>) by;
  }

  /** The first line of a request is there; of its head more is to come. */
  void headIsBegun() {
    if (headDeadline == NOT_BEGUN) { // else it counts from the first byte
      headDeadline = deadline();
    }
  }

  /** The head of a request is complete. */
  void headIsRead() {
    headDeadline = NOT_BEGUN;
  }

  /** It has been said that the connection ends with this answer. */
  void closesAfterThis() {
    last = true;
  }

  void answersWithoutBody(boolean withoutBody) {
    writer.withoutBody(withoutBody);
  }

  // ---- reading

  /** The next bytes of the socket; null is not an answer here, the end is an exception. */
  private byte[] more() {
    if (headDeadline == NOT_BEGUN && waitsForRequest()) {
      if (last) {
        throw new CloseConnectionException("The last answer has been sent");
      }
      if (reader.available() == 0 && greeted) { // nobody is in a hurry before the next first byte
        byte[] first = readHead();
        headDeadline = deadline();
        return first;
      }
      greeted = true; // who connects and says nothing keeps a place from others
      headDeadline = deadline();
    }
    return headDeadline == NOT_BEGUN ? read() : readInTime();
  }

  private boolean waitsForRequest() {
    return connection != null && connection.canInterrupt();
  }

  private long deadline() {
    return System.nanoTime() + headerTimeout.toNanos();
  }

  private byte[] readInTime() {
    try (Watchdog.Watch watch = watchdog.watch()) {
      watch.begin(Duration.ofNanos(Math.max(0, headDeadline - System.nanoTime())));
      byte[] bytes = readHead();
      watch.end();
      if (watch.bitten()) { // just too late
        throw new CloseConnectionException("The head of a request took too long");
      }
      return bytes;
    }
  }

  /**
   * The server would take an end within a head for an error of its own, and stumbles over a piece
   * of one that ends between CR and LF.
   */
  private byte[] readHead() {
    try {
      byte[] piece = read();
      return endsWithinLineEnd(piece) ? Bytes.concat(piece, read()) : piece;
    } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException e) {
      throw new CloseConnectionException("The client has left, or was too slow", e);
    }
  }

  private static boolean endsWithinLineEnd(byte[] piece) {
    return piece.length > 0
        && piece[piece.length - 1] == '\r'
        && Bytes.indexOf(piece, END_OF_HEAD) < 0; // else it is the body's
  }

  private byte[] read() {
    DataReader socket = whole.dataReader();
    socket.ensureAvailable();
    return socket.readBytes(socket.available());
  }

  // ---- the rest as it is

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return whole.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return whole.executor();
  }

  @Override
  public Router router() {
    return whole.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return whole.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return whole.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return whole.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return whole.localPeer();
  }

  @Override
  public boolean isSecure() {
    return whole.isSecure();
  }

  @Override
  public String socketId() {
    return whole.socketId();
  }

  @Override
  public String childSocketId() {
    return whole.childSocketId();
  }
}
