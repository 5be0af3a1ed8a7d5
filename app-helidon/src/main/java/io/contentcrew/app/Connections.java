package io.contentcrew.app;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * The server's HTTP/1.1 connections, with what they lack (4.5.0): a limit of time for the head of a
 * request, whose bytes may drip for ever otherwise, and for a client to take its answer; closing
 * what was announced to be closed, where the server would read on; and no body after the head of an
 * answer to HEAD. Bodies are watched by {@link Bodies}, who knows better what they are. Safe for
 * use by many threads.
 */
final class Connections implements ServerConnectionSelector {
  private final Duration headerTimeout;
  private final Duration writeTimeout;
  private final Watchdog watchdog;
  private final Http1ConnectionSelector http =
      Http1ConnectionSelector.builder()
          .config(
              Http1Config.builder()
                  .addReceiveListener(new Requests())
                  .addSendListener(new Answers())
                  .build())
          .build();

  Connections(Duration headerTimeout, Duration writeTimeout, Watchdog watchdog) {
    this.headerTimeout = headerTimeout;
    this.writeTimeout = writeTimeout;
    this.watchdog = watchdog;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    WatchedConnection watched =
        new WatchedConnection(context, watchdog, headerTimeout, writeTimeout);
    ServerConnection connection = http.connection(watched);
    watched.serves(connection);
    return connection;
  }

  /** Tells a connection what has come in. */
  private static final class Requests implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      of(context).headIsBegun();
      of(context).answersWithoutBody(prologue.method().equals(Method.HEAD));
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      of(context).headIsRead();
      if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
        of(context).closesAfterThis();
      }
    }
  }

  /** Tells a connection what goes out. */
  private static final class Answers implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext context, Headers headers) {
      if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
        of(context).closesAfterThis();
      }
    }
  }

  private static WatchedConnection of(ConnectionContext context) {
    return (WatchedConnection) context;
  }
}
