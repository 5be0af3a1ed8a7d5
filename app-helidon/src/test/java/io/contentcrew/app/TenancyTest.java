package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.app.ApiDocument.Operation;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.testkit.FakeAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is somebody else's is not there, in every operation that can name it. Who adds an operation
 * with something in its path adds it to {@link #OWNED} or, with the reason, to {@link #NOT_OWNED}.
 */
@Timeout(60)
class TenancyTest extends ServiceHarness {
  /** What the paths of these operations name belongs to a user. */
  private enum Owned {
    JOB,
    SESSION,
    API_KEY
  }

  private static final Map<String, Owned> OWNED =
      Map.ofEntries(
          Map.entry("showJob", Owned.JOB),
          Map.entry("renameJob", Owned.JOB),
          Map.entry("deleteJob", Owned.JOB),
          Map.entry("cancelJob", Owned.JOB),
          Map.entry("retryJob", Owned.JOB),
          Map.entry("streamJob", Owned.JOB),
          Map.entry("readArtifact", Owned.JOB),
          Map.entry("editArtifact", Owned.JOB),
          Map.entry("exportJob", Owned.JOB),
          Map.entry("listVersions", Owned.JOB),
          Map.entry("restoreVersion", Owned.JOB),
          Map.entry("regenerateArtifact", Owned.JOB),
          Map.entry("endSession", Owned.SESSION),
          Map.entry("revokeApiKey", Owned.API_KEY));

  /** Operations whose paths name what belongs to nobody, and what that is. */
  private static final Map<String, String> NOT_OWNED =
      Map.of(
          "startProviderVisit", "a provider",
          "endProviderVisit", "a provider",
          "linkIdentity", "a provider, at which the caller's own identity is",
          "unlinkIdentity", "a provider, of which the caller's own identity is taken");

  private static final String MISSING = "01a00000-0000-7000-8000-000000000000";

  private Client ada;
  private Client eve;

  /** Things of Ada's, by what they are. */
  private Map<Owned, List<String>> things() throws Exception {
    String finished = ada.submit("Tea", "blog", "social", "audio", "video");
    assertThat(ada.watch(finished).getLast().type()).isEqualTo("complete");
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    String running = ada.submit("Coffee", "social");
    try (Client.Stream stream = ada.stream(running)) {
      stream.until("text_delta");
    }
    await() // the stream is ahead of what is stored
        .atMost(Duration.ofSeconds(20))
        .until(() -> ada.job(running).at("/tasks/0/state").asText().equals("running"));
    return Map.of(
        Owned.JOB, List.of(finished, running),
        Owned.SESSION, List.of(ada.get("/v1/auth/sessions").json().at("/data/0/id").textValue()),
        Owned.API_KEY, List.of(apiKey()));
  }

  private String apiKey() {
    grantPro(ada);
    return ada.post("/v1/api-keys", Map.of("name", "CI", "scopes", List.of("content:read")))
        .json()
        .get("id")
        .textValue();
  }

  /** All that Ada can see of hers. */
  private List<JsonNode> state(Map<Owned, List<String>> things) {
    List<JsonNode> state = new ArrayList<>();
    state.add(ada.get("/v1/auth/me").json());
    state.add(ada.get("/v1/usage").json());
    state.add(ada.get("/v1/auth/sessions").json());
    state.add(ada.get("/v1/api-keys").json());
    state.add(ada.get("/v1/content/jobs").json());
    for (String job : things.get(Owned.JOB)) {
      state.add(ada.job(job));
      for (String format : List.of("blog", "social", "audio", "video")) {
        Answer piece = ada.get("/v1/content/jobs/" + job + "/artifacts/" + format);
        state.add(comparable(piece));
      }
    }
    return state;
  }

  private static JsonNode comparable(Answer answer) {
    JsonNode body = answer.json();
    if (body instanceof ObjectNode object) {
      object.remove(List.of("instance", "request_id"));
    }
    return body;
  }

  private static boolean names(Operation operation) {
    return operation.path().contains("{");
  }

  @Test
  void every_operation_that_names_something_says_whose_it_is() {
    Set<String> naming = new TreeSet<>();
    ApiDocument.operations().stream()
        .filter(TenancyTest::names)
        .forEach(operation -> naming.add(operation.id()));
    Set<String> known = new TreeSet<>(OWNED.keySet());
    known.addAll(NOT_OWNED.keySet());
    assertThat(naming).isEqualTo(known).doesNotContain("");
    assertThat(OWNED.keySet()).noneMatch(NOT_OWNED::containsKey);
  }

  @Test
  void what_is_somebody_elses_is_answered_like_what_is_not_there_and_stays_as_it_is()
      throws Exception {
    Client nobody = start();
    ada = nobody.signedUp();
    eve = nobody.signedUp();
    grantPro(eve); // who asks for so much is over the rate of others
    Map<Owned, List<String>> things = things();
    List<JsonNode> before = state(things);
    for (Operation operation : ApiDocument.operations()) {
      if (OWNED.containsKey(operation.id())) {
        for (String theirs : things.get(OWNED.get(operation.id()))) {
          assertNotThere(operation, theirs);
        }
      }
    }
    assertThat(state(things)).isEqualTo(before);
    assertThat(eve.get("/v1/content/jobs").json().get("data")).isEmpty();
  }

  private void assertNotThere(Operation operation, String theirs) {
    List<String> paths = paths(operation);
    assertThat(paths).isNotEmpty();
    for (String path : paths) {
      Answer answer = send(eve, operation, path.replace("{id}", theirs));
      Answer missing = send(eve, operation, path.replace("{id}", MISSING));
      assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(404);
      assertThat(missing.status()).isEqualTo(404);
      assertThat(comparable(answer)).as(operation.toString()).isEqualTo(comparable(missing));
      assertThat(answer.headers().keySet()).isEqualTo(missing.headers().keySet());
      assertThat(answer.header("Content-Length")).isEqualTo(missing.header("Content-Length"));
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }
  }

  /** The operation's path with all but the id filled in, in every way that the document names. */
  private static List<String> paths(Operation operation) {
    List<String> paths = new ArrayList<>(List.of(operation.path()));
    for (JsonNode parameter : operation.parameters("path")) {
      String name = "{" + parameter.get("name").asText() + "}";
      JsonNode values = ApiDocument.resolved(parameter.get("schema")).path("enum");
      if (!values.isEmpty()) {
        List<String> filled = new ArrayList<>();
        paths.forEach(
            path -> values.forEach(value -> filled.add(path.replace(name, value.asText()))));
        paths = filled;
      }
    }
    assertThat(paths).allMatch(path -> path.replace("{id}", "").indexOf('{') < 0);
    return paths;
  }

  private static Answer send(Client client, Operation operation, String path) {
    byte[] body = operation.bodyExample().map(Json::write).orElse(new byte[0]);
    return client.send(
        client
            .request(path, "Content-Type", "application/json")
            .method(operation.method(), BodyPublishers.ofByteArray(body)));
  }

  @Test
  void a_page_that_begins_at_somebody_elses_job_shows_nothing_of_theirs() throws Exception {
    Client nobody = start();
    ada = nobody.signedUp();
    eve = nobody.signedUp();
    String first = ada.submit("Tea", "social");
    ada.watch(first);
    String own = eve.submit("Coffee", "social");
    eve.watch(own);
    String second = ada.submit("Milk", "social");
    ada.watch(second);
    JsonNode page = eve.get("/v1/content/jobs?cursor=" + second).json();
    assertThat(page.get("data").findValuesAsText("id")).containsExactly(own);
    assertThat(eve.get("/v1/content/jobs?cursor=" + first).json().get("data")).isEmpty();
  }

  @Test
  void a_key_that_somebody_else_used_is_as_new() {
    Client nobody = start();
    ada = nobody.signedUp();
    eve = nobody.signedUp();
    Map<String, Object> brief = Map.of("topic", "Tea", "formats", List.of("social"));
    Answer hers = ada.post("/v1/content/generate", brief, "Idempotency-Key", "same");
    Answer own = eve.post("/v1/content/generate", brief, "Idempotency-Key", "same");
    assertThat(own.status()).isEqualTo(201);
    assertThat(own.header("Idempotent-Replayed")).isEmpty();
    assertThat(own.json().get("id")).isNotEqualTo(hers.json().get("id"));
    Answer other =
        eve.post(
            "/v1/content/generate",
            Map.of("topic", "Milk", "formats", List.of("social")),
            "Idempotency-Key",
            "same");
    assertThat(other.status()).isEqualTo(422); // by her own use of it, not by Ada's
  }
}
