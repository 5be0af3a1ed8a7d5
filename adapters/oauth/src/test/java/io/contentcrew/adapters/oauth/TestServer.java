package io.contentcrew.adapters.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on this machine that answers as it is told, also badly. */
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** A request. */
  record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    Map<String, String> form() {
      return Form.parse(body);
    }

    Map<String, String> query() {
      return Form.parse(uri.getRawQuery());
    }
  }

  /** What is done about a request. */
  interface Answer {
    void to(HttpExchange exchange, Asked asked) throws IOException, InterruptedException;
  }

  TestServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** An address on this machine where nobody listens. */
  static URI nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers so at that path. */
  TestServer on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  /** Answers with JSON at that path. */
  TestServer json(String path, int status, Function<Asked, String> body) {
    return on(path, (exchange, asked) -> send(exchange, status, body.apply(asked)));
  }

  /** What was asked at that path so far. */
  List<Asked> asked(String path) {
    return asked.stream().filter(request -> request.uri().getPath().equals(path)).toList();
  }

  static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  // ---- bad manners

  /** Says nothing until the server ends. */
  Answer silence() {
    return (exchange, asked) -> over.await();
  }

  /** Says a blank every 20 ms, for as long as somebody listens and the server is there. */
  Answer dripping() {
    return (exchange, asked) -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      while (!over.await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    };
  }

  /** Goes on and on with a valid beginning. */
  static Answer huge(long bytes) {
    return (exchange, asked) -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        byte[] blanks = " ".repeat(8_192).getBytes(StandardCharsets.US_ASCII);
        body.write('{');
        for (long sent = 0; sent < bytes; sent += blanks.length) {
          body.write(blanks);
        }
      }
    };
  }

  /** Sends whoever asks elsewhere. */
  static Answer redirect(URI target) {
    return (exchange, asked) -> {
      exchange.getResponseHeaders().set("Location", target.toString());
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    };
  }

  private void handle(HttpExchange exchange) {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body);
      asked.add(request);
      answers
          .getOrDefault(
              request.uri().getPath(),
              (missing, it) -> send(missing, 404, "{\"error\":\"Not Found\"}"))
          .to(exchange, request);
    } catch (IOException e) {
      exchange.close(); // whoever asked has left
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
