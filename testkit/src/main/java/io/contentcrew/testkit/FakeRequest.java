package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that {@link FakeOllama} got, and what became of its connection. */
public final class FakeRequest {
  private final String method;
  private final String path;
  private final Map<String, String> headers;
  private final JsonNode body;
  private final long connection;
  private final long cameAt = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long closedAt;

  FakeRequest(
      String method, String path, Map<String, String> headers, JsonNode body, long connection) {
    this.method = method;
    this.path = path;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.connection = connection;
  }

  /** The method, for example {@code POST}. */
  public String method() {
    return method;
  }

  /** The path, for example {@code /api/chat}. */
  public String path() {
    return path;
  }

  /** The body; a missing node when there was none. */
  public JsonNode body() {
    return body;
  }

  /** The header of that name, in whatever case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The number of the connection it came on, to see which are used again. */
  public long connection() {
    return connection;
  }

  /**
   * Waits until the client has closed the connection before the answer had ended.
   *
   * @return whether it did so in time
   */
  public boolean awaitClosedByClient(Duration atMost) throws InterruptedException {
    return closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How long after the request the client closed the connection; empty when it has not. */
  public Optional<Duration> closedByClientAfter() {
    return closed.getCount() > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(closedAt - cameAt));
  }

  void clientClosed() {
    closedAt = System.nanoTime();
    closed.countDown();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
