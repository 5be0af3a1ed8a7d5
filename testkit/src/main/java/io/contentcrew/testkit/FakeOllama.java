package io.contentcrew.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that speaks Ollama's API and the chat completions of OpenAI, and that can
 * misbehave in every way that such servers do. Told nothing, it has the models of all tiers and
 * answers as a good model would. Safe for use by many threads.
 *
 * <pre>{@code
 * try (var ollama = FakeOllama.start()) {
 *   ollama.next(FakeAnswer.busy(), FakeAnswer.writing("Hello", " there"));
 * }
 * }</pre>
 */
public final class FakeOllama implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final Map<String, Deque<FakeAnswer>> next = new HashMap<>();
  private final Map<String, Function<FakeRequest, FakeAnswer>> always = new ConcurrentHashMap<>();
  private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
  private final Set<FakeConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong connectionNumbers = new AtomicLong();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final FakeModels models = new FakeModels();
  private volatile ServerSocket listener;
  private volatile Thread accepting;

  private FakeOllama(int port) {
    listener = listen(port);
    accepting = accept();
  }

  /** Starts on a free port. */
  public static FakeOllama start() {
    return start(0);
  }

  /** Starts on {@code port}, for example Ollama's own 11434. */
  public static FakeOllama start(int port) {
    return new FakeOllama(port);
  }

  private ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("no server on port " + port, e);
    }
  }

  private Thread accept() {
    ServerSocket socket = listener;
    return Thread.ofVirtual().start(() -> accept(socket));
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        if (socket.isClosed()) { // it came in at the last moment
          client.close();
          return;
        }
        FakeConnection connection =
            new FakeConnection(this, client, connectionNumbers.incrementAndGet());
        connections.add(connection);
        Thread.ofVirtual()
            .start(
                () -> {
                  connection.serve();
                  connections.remove(connection);
                });
      } catch (IOException e) {
        if (!socket.isClosed()) {
          broken(e);
          return;
        }
      }
    }
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Its address, for example {@code http://127.0.0.1:4711}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Stops listening and drops all connections, as a crash does. */
  public void stop() {
    try {
      listener.close();
      accepting.join(); // only then the port is free
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(FakeConnection::close);
  }

  /** Listens again on the same port. */
  public void restart() {
    int port = port();
    stop();
    listener = listen(port);
    accepting = accept();
  }

  /** Stops, and complains if something in the fake itself went wrong. */
  @Override
  public void close() {
    stop();
    if (!broken.isEmpty()) {
      throw new AssertionError("the fake server broke", broken.getFirst());
    }
  }

  // ---- what it is to do

  /** Answers the next chats so, one each. */
  public FakeOllama next(FakeAnswer... answers) {
    for (FakeAnswer answer : answers) {
      nextAt("/api/chat", answer);
    }
    return this;
  }

  /** Answers the next {@code count} chats so. */
  public FakeOllama next(int count, FakeAnswer answer) {
    for (int i = 0; i < count; i++) {
      next(answer);
    }
    return this;
  }

  /** Answers all chats so that are not spoken for. */
  public FakeOllama always(FakeAnswer answer) {
    return always(request -> answer);
  }

  /** Answers all chats so that are not spoken for. */
  public FakeOllama always(Function<FakeRequest, FakeAnswer> answers) {
    always.put("/api/chat", answers);
    return this;
  }

  /** Answers the next request for another path so; both dialects' chats count as one path. */
  public FakeOllama nextAt(String path, FakeAnswer answer) {
    lock.lock();
    try {
      next.computeIfAbsent(path, key -> new ArrayDeque<>()).add(answer);
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** Answers all requests for another path so that are not spoken for. */
  public FakeOllama alwaysAt(String path, FakeAnswer answer) {
    always.put(path, request -> answer);
    return this;
  }

  /** Has these models and no others. */
  public FakeOllama having(String... names) {
    models.having(names);
    return this;
  }

  /** Holds these models in memory and no others. */
  public FakeOllama warm(String... names) {
    models.warm(names);
    return this;
  }

  /** Says that {@code model} can do these things: {@code completion}, {@code thinking}, ... */
  public FakeOllama able(String model, String... capabilities) {
    models.able(model, capabilities);
    return this;
  }

  /** Wants this key as a bearer token for all requests in the dialect of OpenAI. */
  public FakeOllama wantingKey(String key) {
    models.wantingKey(key);
    return this;
  }

  // ---- what it got

  /** All requests so far. */
  public List<FakeRequest> requests() {
    return List.copyOf(requests);
  }

  /** The requests for that path so far. */
  public List<FakeRequest> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** The chats so far, in either dialect. */
  public List<FakeRequest> chats() {
    return requests.stream().filter(FakeOllama::isChat).toList();
  }

  /** Waits until there were {@code count} chats, and returns the last of these. */
  public FakeRequest awaitChat(int count) throws InterruptedException {
    long left = Duration.ofSeconds(30).toNanos();
    lock.lockInterruptibly();
    try {
      while (chats().size() < count) {
        if (left <= 0) {
          throw new AssertionError("waited 30 s for chat " + count + "; came: " + requests);
        }
        left = came.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return chats().get(count - 1);
  }

  private static boolean isChat(FakeRequest request) {
    return request.path().equals("/api/chat") || request.path().equals("/v1/chat/completions");
  }

  // ---- for its connections

  FakeAnswer take(FakeRequest request) {
    String path = isChat(request) ? "/api/chat" : request.path();
    @Nullable FakeAnswer scripted;
    lock.lock();
    try {
      requests.add(request);
      came.signalAll();
      Deque<FakeAnswer> queue = next.get(path);
      scripted = queue == null ? null : queue.poll();
    } finally {
      lock.unlock();
    }
    if (scripted != null) {
      return scripted;
    }
    Function<FakeRequest, FakeAnswer> otherwise = always.get(path);
    return otherwise != null ? otherwise.apply(request) : models.answer(request);
  }

  void broken(Throwable failure) {
    broken.add(failure);
  }
}
