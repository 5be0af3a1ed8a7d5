package io.contentcrew.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The few requests that come before the streams, and sign-ins. */
final class Api implements AutoCloseable {
  /** Of every user. */
  static final String PASSWORD = "a-password-for-measuring";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 8;

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Of one user. */
  record Account(String email, String accessToken) {}

  Api(URI url) {
    this.url = url;
  }

  /** Makes so many users; returns their access tokens. */
  List<String> signUp(int users) throws InterruptedException {
    return register(users).stream().map(Account::accessToken).toList();
  }

  /** Makes so many users. */
  List<Account> register(int users) throws InterruptedException {
    return forAll(
        users,
        i -> {
          String email = "load" + i + "-" + System.nanoTime() + "@example.com";
          Map<String, String> user = Map.of("email", email, "password", PASSWORD, "name", "Load");
          String token = post("/v1/auth/signup", user, "").path("access_token").asText();
          return new Account(email, token);
        });
  }

  /** Signs in; returns the status of the answer. */
  int signIn(Account account) throws IOException, InterruptedException {
    HttpRequest request =
        request("/v1/auth/login", Map.of("email", account.email(), "password", PASSWORD)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Submits a job for each stream, each by a user of its own; returns the jobs' ids. */
  List<String> submit(Round round, List<String> accessTokens) throws InterruptedException {
    return submit(round, 0, accessTokens.subList(0, round.streams()));
  }

  /** Likewise for the streams from {@code first} on, one for each token. */
  List<String> submit(Round round, int first, List<String> accessTokens)
      throws InterruptedException {
    return forAll(
        accessTokens.size(),
        i -> {
          Map<String, Object> brief =
              Map.of(
                  "topic", round.topic(first + i), "formats", List.of("blog"), "length", "short");
          return post("/v1/content/generate", brief, accessTokens.get(i)).path("id").asText();
        });
  }

  private interface Asking<T> {
    T ask(int index) throws IOException, InterruptedException;
  }

  private static <T> List<T> forAll(int count, Asking<T> asking) throws InterruptedException {
    List<Callable<T>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      all.add(() -> asking.ask(index));
    }
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<T> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the service did not do what the load needs", e.getCause());
    }
    return answers;
  }

  private JsonNode post(String path, Object body, String accessToken)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, body);
    if (!accessToken.isEmpty()) {
      request.header("Authorization", "Bearer " + accessToken);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private HttpRequest.Builder request(String path, Object body) throws IOException {
    return HttpRequest.newBuilder(url.resolve(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
  }

  @Override
  public void close() {
    client.close();
  }
}
