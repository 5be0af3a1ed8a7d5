package io.contentcrew.adapters.llmhttp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One server. Safe for use by many threads. */
public final class Endpoint {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MAX_REPLY = 8 << 20;
  private static final long MAX_LINE = 1 << 20;

  private final URI url;
  private final OkHttpClient client;
  private final Watch watch;
  private final InstantSource clock;
  private final Map<String, String> headers;
  private final Gate gate;
  private final Breaker breaker;

  Endpoint(
      URI url,
      OkHttpClient client,
      Watch watch,
      InstantSource clock,
      Map<String, String> headers,
      LlmHttpConfig config) {
    this.url = url;
    this.client = client;
    this.watch = watch;
    this.clock = clock;
    this.headers = Map.copyOf(headers);
    this.gate = new Gate(config.parallel());
    this.breaker = new Breaker(clock, config.breakerPause());
  }

  /** Its base URL. */
  public URI url() {
    return url;
  }

  Gate gate() {
    return gate;
  }

  Breaker breaker() {
    return breaker;
  }

  /**
   * Asks by GET, in {@code timeout} at most.
   *
   * @throws SocketTimeoutException if the answer had not come by then
   */
  public Reply get(String path, Duration timeout) throws IOException {
    return ask(request(path, null), timeout);
  }

  /**
   * Asks by POST with a body of JSON, in {@code timeout} at most.
   *
   * @throws SocketTimeoutException if the answer had not come by then
   */
  public Reply post(String path, String json, Duration timeout) throws IOException {
    return ask(request(path, json.getBytes(StandardCharsets.UTF_8)), timeout);
  }

  private Reply ask(Request request, Duration timeout) throws IOException {
    Call call = client.newCall(request);
    Watched watched = watch.begin(call, System.nanoTime() + timeout.toNanos());
    try (Response response = call.execute()) {
      return reply(response, MAX_REPLY);
    } catch (IOException e) {
      if (call.isCanceled()) {
        SocketTimeoutException late =
            new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
        late.initCause(e);
        throw late;
      }
      throw e;
    } finally {
      watched.close();
    }
  }

  /**
   * Asks by POST with a body of JSON, and passes on the lines of the answer.
   *
   * @param silence how long the server may say nothing
   * @return the reply without a body when all lines have come; a reply with a body when the status
   *     was not 200
   */
  public Reply stream(String path, String json, Duration silence, Consumer<String> lines)
      throws IOException {
    Call call = client.newCall(request(path, json.getBytes(StandardCharsets.UTF_8)));
    long never = System.nanoTime() + Long.MAX_VALUE / 2;
    try (Watched watched = watch.begin(call, never)) {
      watched.awaitUntil(System.nanoTime() + silence.toNanos(), Watched.Cut.NO_FIRST_TOKEN);
      try (Response response = call.execute()) {
        if (response.code() != 200) {
          return reply(response, MAX_REPLY);
        }
        BufferedSource body = response.body().source();
        while (!body.exhausted()) {
          lines.accept(body.readUtf8LineStrict(MAX_LINE));
          watched.awaitUntil(System.nanoTime() + silence.toNanos(), Watched.Cut.NO_FURTHER_TOKEN);
        }
        return reply(response, 0);
      }
    }
  }

  /** A request to this server; by POST if there is a body. */
  Request request(String path, byte @Nullable [] body) {
    Request.Builder request =
        new Request.Builder()
            .url(Objects.requireNonNull(HttpUrl.parse(url + path), "an address"))
            .header("User-Agent", "contentcrew")
            .header("Accept-Encoding", "identity"); // compression would hold tokens back
    headers.forEach(request::header);
    if (body != null) {
      request.post(RequestBody.create(body, JSON));
    }
    return request.build();
  }

  /** What the response says, up to {@code maxBytes} of its body. */
  Reply reply(Response response, long maxBytes) throws IOException {
    String body = "";
    if (maxBytes > 0) {
      response.body().source().request(maxBytes);
      Buffer buffer = response.body().source().getBuffer();
      body = buffer.readString(Math.min(buffer.size(), maxBytes), StandardCharsets.UTF_8);
    }
    String type = response.header("Content-Type", "");
    return new Reply(
        response.code(),
        (type == null ? "" : type).toLowerCase(Locale.ROOT),
        body,
        RetryAfter.parse(response.header("Retry-After"), clock.instant()));
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
