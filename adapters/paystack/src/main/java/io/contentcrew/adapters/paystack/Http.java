package io.contentcrew.adapters.paystack;

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
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks a server that is not trusted to be quick or brief: an exchange is one request, it ends in
 * time, its answer is cut, and nobody is sent elsewhere.
 */
final class Http implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;
  private static final int IDLE_CONNECTIONS = 8;
  private static final long IDLE_SECONDS = 20;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient client;
  private final Duration timeout;
  private volatile boolean closed;

  /** An answer; {@code tooLong} if it went on where the body ends. */
  @SuppressWarnings("ArrayRecordComponent") // read, and never compared
  record Reply(int status, Optional<Duration> retryAfter, byte[] body, boolean tooLong) {
    @Override
    public String toString() {
      return "Reply[" + status + "]"; // the body may hold whatever
    }
  }

  /** No answer came, and the server has not seen any of the request. */
  static final class UnsentException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsentException(IOException cause) {
      super("the request was not sent", cause);
    }
  }

  /** Sees when the first byte goes out, and what comes back. */
  private static final class Seen extends EventListener {
    private volatile boolean begun;
    private volatile int status;

    @Override
    public void requestHeadersStart(Call call) {
      begun = true;
    }
  }

  Http(PaystackConfig config) {
    timeout = config.timeout();
    client =
        new OkHttpClient.Builder()
            .dispatcher(new Dispatcher(threads))
            .protocols(List.of(Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY) // else system properties would decide
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false) // what may be sent twice is decided elsewhere
            .addNetworkInterceptor(Http::hideStatus)
            .fastFallback(false) // it connects on threads of its own
            .eventListenerFactory(Http::listener)
            .connectTimeout(config.connectTimeout())
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .callTimeout(timeout)
            .build();
  }

  private static EventListener listener(Call call) {
    return seen(call.request());
  }

  private static Seen seen(Request request) {
    Seen seen = request.tag(Seen.class);
    if (seen == null) {
      throw new IllegalStateException("a request that was not sent from here");
    }
    return seen;
  }

  /**
   * The client would send anew what a 503 with a {@code Retry-After} of 0 answers, would stumble
   * over a greater one than an {@code int} holds, and takes a 407 for a broken connection; so it
   * gets to see none of them.
   */
  private static Response hideStatus(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    seen(chain.request()).status = response.code();
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
      call.cancel(); // before it is looked at: from here on nothing goes out
      throw failure(seen, new InterruptedIOException("no whole answer within " + timeout));
    } catch (ExecutionException e) {
      throw failure(seen, e.getCause() instanceof IOException io ? io : new IOException(e));
    } finally {
      if (!reply.isDone()) {
        call.cancel();
      }
    }
  }

  private static IOException failure(Seen seen, IOException cause) {
    return seen.begun ? cause : new UnsentException(cause);
  }

  private Future<Reply> begin(Call call, Seen seen) throws IOException {
    try {
      return threads.submit(() -> exchange(call, seen));
    } catch (RejectedExecutionException e) {
      throw new IOException("the adapter was closed", e);
    }
  }

  private static Reply exchange(Call call, Seen seen) throws IOException {
    try (Response response = call.execute()) {
      byte[] body = response.body().byteStream().readNBytes(MOST_BYTES + 1);
      boolean tooLong = body.length > MOST_BYTES;
      if (tooLong) {
        call.cancel(); // before it is closed, which would read on for a while
      }
      return new Reply(seen.status, retryAfter(response), body, tooLong);
    }
  }

  private static Optional<Duration> retryAfter(Response response) {
    return Optional.ofNullable(response.header("Retry-After"))
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(time -> time.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : time);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
