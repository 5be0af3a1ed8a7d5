package io.contentcrew.adapters.oauth;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks servers that are not trusted to be quick, brief or polite: an exchange ends in time whatever
 * the server does, its answer is cut, and nobody is sent elsewhere.
 */
final class Http implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final OAuthConfig config;
  private volatile boolean closed;

  /** An answer; {@code tooLong} if it went on where the body ends. */
  record Reply(int status, HttpHeaders headers, String body, boolean tooLong) {
    boolean isOk() {
      return status == 200;
    }

    @Override
    public String toString() {
      return "Reply[" + status + "]"; // the body may hold a token
    }
  }

  Http(OAuthConfig config) {
    this.config = config;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY) // else system properties would decide
            .connectTimeout(config.timeout())
            .executor(threads)
            .build();
  }

  /** The client's own timeouts end before the body, so it is waited for from outside. */
  Reply send(HttpRequest request) throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the adapter is closed");
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, head -> new CappedBody(config.answerBytes()));
    try {
      return reply(exchange.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + config.timeout());
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      exchange.cancel(true); // closes the connection of an exchange that is not over
    }
  }

  private Reply reply(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    return new Reply(
        response.statusCode(),
        response.headers(),
        new String(body, StandardCharsets.UTF_8),
        body.length > config.answerBytes());
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    threads.shutdownNow();
  }
}
