package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What owners do with finished pieces, over HTTP, and that the API document says so. */
@Timeout(60)
class ArtifactRoutesTest extends ServiceHarness {
  private static final String POSTS =
      """
      {"linkedin": "%s", "x": "Tea, once more, and in other words.", "facebook": "%s",
       "instagram": "Tea is a pause that one can hold in the hand. It begins with cold water and \
      with patience, and it ends with a cup that is warm for as long as a good talk.",
       "hashtags": ["#tea", "#pause", "#cup"], "call_to_action": "Put the kettle on."}
      """
          .formatted(words(100), words(80));

  private static String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append("tea").append((char) ('a' + i % 26)).append("or");
      text.append((char) ('a' + i / 26));
    }
    return text.append('.').toString();
  }

  private Client ada;
  private String id;

  private void written(String... formats) throws Exception {
    ada = start().signedUp();
    id = ada.submit("Tea", formats);
    ada.watch(id);
  }

  private static String pieces(String id, String rest) {
    return "/v1/content/jobs/" + id + "/artifacts/" + rest;
  }

  private Answer send(String method, String path, Object body) {
    return ada.send(
        ada.request(path, "Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(Json.write(body))));
  }

  private static JsonNode shaped(String operation, int status, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    ApiDocument.assertShape(ApiDocument.operation(operation), answer);
    return answer.json();
  }

  private JsonNode piece(String format) {
    return shaped("readArtifact", 200, ada.get(pieces(id, format)));
  }

  private JsonNode edit(int status, Object body) {
    return shaped("editArtifact", status, send("PUT", pieces(id, "social"), body));
  }

  private static Map<String, Object> change(int base, JsonNode artifact) {
    Map<String, Object> body = new HashMap<>();
    body.put("base_version", base);
    body.put("artifact", artifact);
    return body;
  }

  private static List<String> pointers(JsonNode problem) {
    List<String> pointers = new ArrayList<>();
    problem.get("errors").forEach(error -> pointers.add(error.get("pointer").textValue()));
    return pointers;
  }

  @Test
  void one_piece_is_written_anew_live_and_the_others_stay_as_they_are() throws Exception {
    written("blog", "social");
    JsonNode blog = piece("blog");
    ollama.next(FakeAnswer.writing(POSTS));
    Answer submitted =
        ada.post(
            pieces(id, "social/regenerate"), Map.of("note", "Shorter"), "Idempotency-Key", "k");
    JsonNode job = shaped("regenerateArtifact", 201, submitted);
    String revision = job.get("id").textValue();
    assertThat(submitted.header("Location")).contains("/v1/content/jobs/" + revision);
    assertThat(job.at("/revises/job_id").textValue()).isEqualTo(id);
    assertThat(job.at("/revises/format").textValue()).isEqualTo("social");
    assertThat(job.at("/revises/version").intValue()).isEqualTo(1);
    assertThat(job.at("/revises/note").textValue()).isEqualTo("Shorter");
    assertThat(job.get("formats").toString()).isEqualTo("[\"social\"]");
    assertThat(job.get("tasks").findValuesAsText("task")).containsExactly("social");

    List<Event> events = ada.watch(revision);
    events.forEach(
        event -> ApiDocument.assertValid(event.type(), ApiDocument.schema("Event"), event.data()));
    assertThat(events.getLast().type()).isEqualTo("complete");
    JsonNode ready =
        events.stream()
            .filter(event -> event.type().equals("artifact_ready"))
            .findFirst()
            .orElseThrow()
            .data();
    assertThat(ready.get("version").intValue()).isEqualTo(2);
    assertThat(ready.get("origin").textValue()).isEqualTo("revised");
    assertThat(ready.get("note").textValue()).isEqualTo("Shorter");
    assertThat(piece("social").at("/artifact/x").textValue()).startsWith("Tea, once more");
    assertThat(piece("blog")).isEqualTo(blog);

    Answer again =
        ada.post(
            pieces(id, "social/regenerate"), Map.of("note", "Shorter"), "Idempotency-Key", "k");
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    JsonNode replayed = shaped("regenerateArtifact", 201, again);
    assertThat(replayed.get("id").textValue()).isEqualTo(revision);
    assertThat(replayed.get("artifacts")).isEmpty();
    assertThat(ada.get(pieces(revision, "social")).json().get("detail").textValue()).contains(id);
    JsonNode usage = ada.get("/v1/usage").json();
    assertThat(usage.at("/formats/social/used").intValue()).isEqualTo(2);
    assertThat(usage.at("/formats/blog/used").intValue()).isEqualTo(1);
  }

  @Test
  void a_revision_waits_for_nobody_and_is_alone() throws Exception {
    written("social");
    ollama.next(FakeAnswer.writing("{\"linkedin\": \"Tea").thenStalling());
    String path = pieces(id, "social/regenerate");
    String revision = ada.post(path, Map.of()).json().get("id").textValue();
    try (Client.Stream stream = ada.stream(revision)) {
      stream.until("text_delta");
    }
    JsonNode second = shaped("regenerateArtifact", 409, ada.post(path, Map.of("note", "x")));
    assertThat(second.get("revision").textValue()).isEqualTo(revision);
    edit(409, change(1, ((ObjectNode) piece("social").get("artifact")).put("x", "Mine")));
    shaped("deleteJob", 409, ada.method("DELETE", "/v1/content/jobs/" + id));
    ada.post("/v1/content/jobs/" + revision + "/cancel", Map.of());
    assertThat(ada.watch(revision).getLast().type()).isEqualTo("cancelled");
    shaped("regenerateArtifact", 409, ada.post(pieces(revision, "social/regenerate"), Map.of()));
    Map<String, Object> change =
        change(1, ((ObjectNode) piece("social").get("artifact")).put("x", "Mine"));
    JsonNode elsewhere =
        shaped("editArtifact", 409, send("PUT", pieces(revision, "social"), change));
    assertThat(elsewhere.get("detail").textValue()).contains(id);
    edit(200, change(1, ((ObjectNode) piece("social").get("artifact")).put("x", "Mine")));
    assertThat(ada.method("DELETE", "/v1/content/jobs/" + id).status()).isEqualTo(204);
    assertThat(ada.get("/v1/content/jobs/" + revision).status()).isEqualTo(404);
  }

  @Test
  void a_piece_is_changed_listed_and_taken_up_again() throws Exception {
    written("social");
    ObjectNode posts = (ObjectNode) piece("social").get("artifact");
    JsonNode edited = edit(200, change(1, posts.deepCopy().put("x", "y".repeat(281))));
    assertThat(edited.get("version").intValue()).isEqualTo(2);
    assertThat(edited.get("origin").textValue()).isEqualTo("edited");
    assertThat(edited.at("/notes/0/check").textValue()).isEqualTo("social.x");
    assertThat(edit(409, change(1, posts)).get("newest_version").intValue()).isEqualTo(2);
    JsonNode restored =
        shaped("restoreVersion", 200, ada.post(pieces(id, "social/restore"), Map.of("version", 1)));
    assertThat(restored.get("version").intValue()).isEqualTo(3);
    assertThat(restored.get("artifact")).isEqualTo(posts);
    shaped("restoreVersion", 404, ada.post(pieces(id, "social/restore"), Map.of("version", 9)));
    JsonNode versions = shaped("listVersions", 200, ada.get(pieces(id, "social/versions")));
    assertThat(versions.get("data").findValuesAsText("origin"))
        .containsExactly("restored", "edited", "written");
    JsonNode second = shaped("readArtifact", 200, ada.get(pieces(id, "social?version=2")));
    assertThat(second).isEqualTo(edited);
    shaped("readArtifact", 404, ada.get(pieces(id, "social?version=9")));
    shaped("readArtifact", 422, ada.get(pieces(id, "social?version=0")));
    shaped("listVersions", 404, ada.get(pieces(id, "blog/versions")));
    JsonNode kept = ada.get("/v1/account/export").json().at("/jobs/0/artifacts");
    assertThat(kept.findValuesAsText("version")).containsExactly("1", "2", "3");
  }

  @Test
  void what_is_wrong_with_a_change_is_told_with_its_place() throws Exception {
    written("social");
    ObjectNode posts = (ObjectNode) piece("social").get("artifact");
    ObjectNode wrong = posts.deepCopy();
    wrong.remove("linkedin");
    wrong.put("x", 7).putNull("facebook").put("tiktok", "x");
    wrong.putArray("hashtags").add("#a").add(1);
    assertThat(pointers(edit(422, change(1, wrong))))
        .containsExactlyInAnyOrder(
            "/artifact/linkedin",
            "/artifact/x",
            "/artifact/facebook",
            "/artifact/tiktok",
            "/artifact/hashtags/1");
    assertThat(pointers(edit(422, Map.of("artifact", "x", "more", 1))))
        .containsExactlyInAnyOrder("/base_version", "/artifact", "/more");
    assertThat(pointers(edit(422, change(1, posts.deepCopy().put("x", "y".repeat(70_000))))))
        .containsExactly("/artifact");
    ObjectNode many = posts.deepCopy();
    many.putArray("hashtags").add("#" + "a".repeat(600));
    assertThat(pointers(edit(422, change(1, many)))).containsExactly("/artifact/hashtags/0");
    assertThat(
            pointers(
                shaped(
                    "regenerateArtifact",
                    422,
                    ada.post(
                        pieces(id, "social/regenerate"),
                        Map.of("note", "x".repeat(1_001), "a", 1)))))
        .containsExactlyInAnyOrder("/note", "/a");
    assertThat(
            pointers(
                shaped(
                    "restoreVersion",
                    422,
                    ada.post(pieces(id, "social/restore"), Map.of("version", "1")))))
        .containsExactly("/version");
    assertThat(piece("social").get("version").intValue()).isEqualTo(1);
  }

  @Test
  void jobs_are_named_and_found_by_words_format_and_what_they_revise() throws Exception {
    written("social");
    String milk = ada.submit("Milk and honey", "social");
    ada.watch(milk);
    JsonNode named =
        shaped(
            "renameJob",
            200,
            send("PATCH", "/v1/content/jobs/" + id, Map.of("title", " \u00C9t\u00E9 ")));
    assertThat(named.get("title").textValue()).isEqualTo("\u00C9t\u00E9");
    String revision =
        ada.post(pieces(id, "social/regenerate"), Map.of()).json().get("id").textValue();
    ada.watch(revision);
    assertThat(found("?q=%C3%A9T%C3%A9+tea")).containsExactly(id);
    assertThat(found("?q=HONEY%20milk&format=social&status=completed")).containsExactly(milk);
    assertThat(found("?q=tea+milk")).isEmpty();
    assertThat(found("?format=video")).isEmpty();
    assertThat(found("")).containsExactly(milk, id);
    assertThat(found("?revises=" + id)).containsExactly(revision);
    for (String wrong : List.of("?q=" + "x".repeat(201), "?format=x", "?revises=x")) {
      shaped("listJobs", 422, ada.get("/v1/content/jobs" + wrong));
    }
    Map<String, Object> none = new HashMap<>();
    none.put("title", null);
    assertThat(
            shaped("renameJob", 200, send("PATCH", "/v1/content/jobs/" + id, none))
                .get("title")
                .isNull())
        .isTrue();
    for (Object wrong :
        List.of(
            Map.of(),
            Map.of("title", ""),
            Map.of("title", "a\nb"),
            Map.of("title", 1),
            Map.of("title", "x".repeat(201)))) {
      JsonNode problem = shaped("renameJob", 422, send("PATCH", "/v1/content/jobs/" + id, wrong));
      assertThat(pointers(problem)).containsExactly("/title");
    }
  }

  private List<String> found(String query) {
    return shaped("listJobs", 200, ada.get("/v1/content/jobs" + query))
        .get("data")
        .findValuesAsText("id");
  }

  @Test
  void the_offline_writer_writes_another_sample() throws Exception {
    ada = start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    id = ada.submit("Solar power for small shops", "blog", "social", "audio", "video");
    ada.watch(id);
    for (String format : List.of("blog", "social", "audio", "video")) {
      JsonNode before = piece(format);
      String revision =
          ada.post(pieces(id, format + "/regenerate"), Map.of("note", "Funnier"))
              .json()
              .get("id")
              .textValue();
      assertThat(ada.watch(revision).getLast().type()).isEqualTo("complete");
      JsonNode after = piece(format);
      assertThat(after.get("version").intValue()).isEqualTo(2);
      assertThat(after.get("demo").booleanValue()).isTrue();
      assertThat(after.get("artifact")).isNotEqualTo(before.get("artifact"));
    }
  }
}
