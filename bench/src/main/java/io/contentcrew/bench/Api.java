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

/** The few requests that come before the streams. */
final class Api implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 8;

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Api(URI url) {
    this.url = url;
  }

  /** Makes so many users; returns their access tokens. */
  List<String> signUp(int users) throws InterruptedException {
    return forAll(
        users,
        i -> {
          Map<String, String> user =
              Map.of(
                  "email", "load" + i + "-" + System.nanoTime() + "@example.com",
                  "password", "a-password-for-measuring",
                  "name", "Load");
          return post("/v1/auth/signup", user, "").path("access_token").asText();
        });
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

  private interface Asking {
    String ask(int index) throws IOException, InterruptedException;
  }

  private static List<String> forAll(int count, Asking asking) throws InterruptedException {
    List<Callable<String>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      all.add(() -> asking.ask(index));
    }
    List<String> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<String> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the service did not do what the load needs", e.getCause());
    }
    return answers;
  }

  private JsonNode post(String path, Object body, String accessToken)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
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

  @Override
  public void close() {
    client.close();
  }
}
