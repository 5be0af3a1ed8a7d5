package io.contentcrew.adapters.stripe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server that is not trusted to be quick or brief: an exchange is one request, it ends in
 * time, its answer is cut, and nobody is sent elsewhere.
 */
final class Http implements AutoCloseable {
  private static final int IDLE_CONNECTIONS = 8;
  private static final long IDLE_SECONDS = 20;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient client;
  private final Duration timeout;
  private final int answerBytes;
  private volatile boolean closed;

  /** An answer; {@code tooLong} if it went on where the body ends. */
  @SuppressWarnings("ArrayRecordComponent") // read once, and never compared
  record Reply(int status, Headers headers, byte[] body, boolean tooLong) {
    /** The first header of that name. */
    Optional<String> header(String name) {
      return headers.values(name).stream().findFirst();
    }

    @Override
    public String toString() {
      return "Reply[" + status + "]"; // the body may hold an e-mail address
    }
  }

  /** There was no whole answer in time. */
  static final class LateException extends IOException {
    private static final long serialVersionUID = 1L;

    LateException(Duration timeout, Throwable cause) {
      super("no whole answer within " + timeout, cause);
    }
  }

  /** What was seen of an exchange. */
  private static final class Seen {
    private volatile int status;
  }

  Http(StripeConfig config) {
    timeout = config.timeout();
    answerBytes = config.answerBytes();
    client =
        new OkHttpClient.Builder()
            .dispatcher(new Dispatcher(threads))
            .protocols(List.of(Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY) // else system properties would decide
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
            .followRedirects(false) // the key would go along
            .followSslRedirects(false)
            .retryOnConnectionFailure(false) // what is sent again is decided elsewhere
            .addNetworkInterceptor(Http::hideStatus)
            .fastFallback(false) // it connects on threads of its own
            .connectTimeout(timeout)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(timeout)
            .build();
  }

  /**
   * The client would send anew what a 503 with a {@code Retry-After} of 0 answers, would stumble
   * over a greater one than an {@code int} holds, and takes a 407 for a broken connection; so it
   * gets to see none of them.
   */
  private static Response hideStatus(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Seen seen = chain.request().tag(Seen.class);
    if (seen == null) {
      throw new IllegalStateException("a request that was not sent from here");
    }
    seen.status = response.code();
    return response.newBuilder().code(200).build();
  }

  /**
   * Sends it, once, on another thread: a caller who is interrupted need not be on a virtual thread,
   * and is not kept by the look-up of an address either, which nothing ends.
   */
  Reply send(Request request) throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the adapter is closed");
    }
    Seen seen = new Seen();
    Call call = client.newCall(request.newBuilder().tag(Seen.class, seen).build());
    Future<Reply> reply = begin(call, seen);
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new LateException(timeout, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (!reply.isDone()) {
        call.cancel();
      }
    }
  }

  private Future<Reply> begin(Call call, Seen seen) throws IOException {
    try {
      return threads.submit(() -> exchange(call, seen));
    } catch (RejectedExecutionException e) {
      throw new IOException("the adapter was closed", e);
    }
  }

  private Reply exchange(Call call, Seen seen) throws IOException {
    try (Response response = call.execute()) {
      byte[] body = response.body().byteStream().readNBytes(answerBytes + 1);
      boolean tooLong = body.length > answerBytes;
      if (tooLong) {
        call.cancel(); // before it is closed, which would read on for a while
      }
      return new Reply(seen.status, response.headers(), body, tooLong);
    }
  }

  private IOException failure(@Nullable Throwable cause) {
    if (cause instanceof InterruptedIOException && !closed) {
      return new LateException(timeout, cause);
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }

  /** Whether nobody is asked any more. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
