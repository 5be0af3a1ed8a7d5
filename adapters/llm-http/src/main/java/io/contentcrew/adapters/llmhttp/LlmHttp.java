package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Completion;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextSink;
import java.net.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Generates at servers of one dialect. Safe for use by many threads. */
public final class LlmHttp implements AutoCloseable {
  /** Connections that are kept for the next call: few, for each one keeps a place at the server. */
  private static final int IDLE_CONNECTIONS = 32;

  private static final long IDLE_SECONDS = 30;

  private final Shared shared;
  private volatile boolean closed;

  private LlmHttp(Shared shared) {
    this.shared = shared;
  }

  /** Gets ready; asks nobody yet. */
  public static LlmHttp open(LlmHttpConfig config, Dialect dialect, InstantSource clock) {
    OkHttpClient client = client(config);
    Watch watch = new Watch(shortest(config.timeouts()));
    List<Endpoint> endpoints =
        config.baseUrls().stream()
            .map(url -> new Endpoint(url, client, watch, clock, dialect.headers(), config))
            .toList();
    List<String> secrets =
        dialect.headers().values().stream()
            .flatMap(value -> Stream.of(value.split(" ", -1)))
            .filter(part -> part.length() >= 8)
            .toList();
    Pool pool = new Pool(endpoints, dialect, clock);
    ReadPacing pacing = new ReadPacing(config.pacing());
    return new LlmHttp(new Shared(config, dialect, client, watch, pacing, pool, secrets));
  }

  private static OkHttpClient client(LlmHttpConfig config) {
    Duration none = Duration.ZERO; // the watch keeps all times but that of connecting
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1)) // one connection a call: closing it stops the model
        .proxy(Proxy.NO_PROXY)
        .socketFactory(new TapSocketFactory())
        .dns(new InterruptibleDns())
        .eventListenerFactory(LlmHttp::listener)
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS))
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false) // it would ask, and pay, twice
        .fastFallback(false) // it connects on other threads, which cost more than they save
        .connectTimeout(config.timeouts().connect())
        .readTimeout(none)
        .writeTimeout(none)
        .callTimeout(none)
        .build();
  }

  private static EventListener listener(Call call) {
    Line line = call.request().tag(Line.class);
    return line == null ? EventListener.NONE : line;
  }

  private static Duration shortest(LlmHttpConfig.Timeouts timeouts) {
    return Stream.of(timeouts.firstToken(), timeouts.tokenGap(), timeouts.total())
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /** See {@link io.contentcrew.ports.generation.TextGenerator#generate}. */
  public Completion generate(Prompt prompt, TextSink sink) throws InterruptedException {
    checkOpen();
    return new Generation(shared, prompt, sink).run();
  }

  /** See {@link io.contentcrew.ports.generation.TextGenerator#readiness}. */
  public Readiness readiness(ModelName model) {
    checkOpen();
    return shared.pool().readiness(model);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the adapter is closed");
    }
  }

  /** Cuts off all calls and lets go of all connections. Idempotent. */
  @Override
  public void close() {
    closed = true;
    shared.watch().close();
    shared.pacing().close();
    shared.client().connectionPool().evictAll();
  }
}
