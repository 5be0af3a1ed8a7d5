package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Someone who uses the service over HTTP, signed in or not. */
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final AtomicLong COUNTER = new AtomicLong();

  private final URI base;
  private final Optional<String> token;

  private Client(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  static Client of(int port) {
    return new Client(URI.create("http://127.0.0.1:" + port), Optional.empty());
  }

  /** The same, with that token. */
  Client with(String accessToken) {
    return new Client(base, Optional.of(accessToken));
  }

  int port() {
    return base.getPort();
  }

  String token() {
    return token.orElseThrow();
  }

  /** A new user of the service. */
  Client signedUp() {
    Answer answer =
        signUp(
            "user" + COUNTER.incrementAndGet() + "-" + System.nanoTime() + "@example.com",
            "correct horse battery");
    assertThat(answer.status).as(answer.text()).isEqualTo(201);
    return with(answer.json().get("access_token").textValue());
  }

  Answer signUp(String email, String password) {
    return post("/v1/auth/signup", Map.of("email", email, "password", password, "name", "Ada"));
  }

  /** What came back. */
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      byName.putAll(headers);
      return Optional.ofNullable(byName.get(name)).map(List::getFirst);
    }

    String code() {
      return json().path("code").asText();
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  Answer post(String path, Object body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(body))));
  }

  /** Sends bytes as they are. */
  Answer postRaw(String path, String type, byte[] body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  Answer postText(String path, String body) {
    return postRaw(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  Answer method(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- jobs

  /** Submits a brief that must be taken on, and returns the job's id. */
  String submit(String topic, String... formats) {
    Answer answer =
        post(
            "/v1/content/generate",
            Map.of("topic", topic, "formats", List.of(formats), "length", "short"));
    assertThat(answer.status).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").textValue();
  }

  JsonNode job(String id) {
    return get("/v1/content/jobs/" + id).json();
  }

  /** An event of a stream. */
  record Event(long id, String type, JsonNode data) {}

  /** A stream being read. */
  final class Stream implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    final List<String> comments = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    private String retry = "";

    Stream(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
      return response.statusCode();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    String retry() {
      return retry;
    }

    /** The next event; empty when the stream has ended. */
    Optional<Event> next() throws IOException {
      long id = 0;
      String type = "message";
      String data = "";
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.isEmpty() && !data.isEmpty()) {
          Event event = new Event(id, type, JSON.readTree(data));
          events.add(event);
          return Optional.of(event);
        } else if (line.startsWith(":")) {
          comments.add(line.substring(1).strip());
        } else if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith("retry: ")) {
          retry = line.substring(7);
        }
      }
      return Optional.empty();
    }

    /** Reads until an event fits, and returns it. */
    Event until(Predicate<Event> fits) throws IOException {
      for (Optional<Event> event; (event = next()).isPresent(); ) {
        if (fits.test(event.get())) {
          return event.get();
        }
      }
      throw new AssertionError("the stream ended after " + events);
    }

    Event until(String type) throws IOException {
      return until(event -> event.type.equals(type));
    }

    /** Reads to the end and returns all events. */
    List<Event> all() throws IOException {
      while (next().isPresent()) {
        // reads on
      }
      return events;
    }

    @Override
    public void close() {
      try {
        response.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Stream stream(String id, String... headers) {
    try {
      return new Stream(
          HTTP.send(
              request("/v1/content/jobs/" + id + "/stream", headers).GET().build(),
              BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All events of a job, to its end. */
  List<Event> watch(String id, String... headers) throws IOException {
    try (Stream stream = stream(id, headers)) {
      return stream.all();
    }
  }
}
