package io.contentcrew.adapters.llmhttp;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What is to be known of the connection that a call got. */
final class Line extends EventListener {
  private boolean isNew;
  private boolean acquired;
  private boolean answered;
  private @Nullable TapSocket socket;

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    isNew = true;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    acquired = true;
    if (connection.socket() instanceof TapSocket tapped) {
      socket = tapped;
      tapped.tap().restart();
    }
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    answered = true;
  }

  /**
   * Whether the call failed on a connection that had been used before, and before any answer: most
   * likely the server had closed it in the meantime.
   */
  boolean wasStale() {
    return acquired && !isNew && !answered;
  }

  /** What comes on the connection; null where there is TLS around it. */
  @Nullable Tap tap() {
    return socket == null ? null : socket.tap();
  }
}
