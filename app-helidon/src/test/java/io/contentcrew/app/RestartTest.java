package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import io.contentcrew.testkit.FakeOllama;
import io.contentcrew.testkit.FakeRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as people start it, with its own database, stopped and killed and started again. */
@Timeout(400)
class RestartTest {
  private static final String SLEEPER = "Why octopuses sleep";

  private final FakeOllama ollama = FakeOllama.start();
  @TempDir private Path dataDir;

  @AfterEach
  void stopOllama() {
    ollama.close();
  }

  private ServiceProcess start() {
    return ServiceProcess.run(
        Map.of(
            "DATA_DIR", dataDir.toString(),
            "PORT", "0",
            "BCRYPT_COST", "4",
            "OLLAMA_BASE_URL", ollama.url().toString(),
            "JOB_HEARTBEAT", "1s",
            "JOB_DEAD_AFTER", "4s"));
  }

  @Test
  void a_killed_service_goes_on_with_the_task_it_was_at_and_readers_miss_nothing()
      throws Exception {
    Reader reader = new Reader();
    String token;
    String id;
    ProcessHandle orphan;
    ollama.next(
        FakeAnswer.ofTheModel(),
        FakeAnswer.ofTheModel(),
        FakeAnswer.writing("# Half an", " article").thenStalling());
    try (ServiceProcess first = start()) {
      Client ada = first.clientOfModel().signedUp();
      token = ada.token();
      id = ada.submit(SLEEPER, "blog", "social");
      try (Client.Stream stream = ada.stream(id)) {
        Event last;
        do {
          last = stream.next().orElseThrow();
          reader.take(last);
        } while (!last.data().path("text").asText().endsWith("article"));
        assertThat(reader.texts()).containsEntry("edit", "# Half an article");
        JsonNode usage = ada.get("/v1/usage").json();
        assertThat(usage.at("/formats/blog/reserved").intValue()).isEqualTo(1);
        first.kill();
      }
      orphan = ServiceProcess.databaseServer(dataDir).orElseThrow();
      assertThat(orphan.isAlive()).as("the database server outlives a killed service").isTrue();

      try (ServiceProcess second = start()) {
        Client again = second.client().with(token);
        assertThat(orphan.isAlive()).as("the next start stops it").isFalse();
        reader.takeAll(again.watch(id, "Last-Event-ID", String.valueOf(reader.lastId())));
        assertThat(reader.types().getLast()).isEqualTo("complete");
        assertWhole(again, id, reader);
        assertThat(second.stop()).isEqualTo(143);
      }
    }
  }

  private void assertWhole(Client ada, String id, Reader reader) throws Exception {
    JsonNode job = ada.job(id);
    assertThat(job.get("status").textValue()).isEqualTo("completed");
    assertThat(job.get("attempt").intValue()).isEqualTo(2);
    assertThat(job.get("tasks").findValuesAsText("state")).containsOnly("done");

    Reader newcomer = new Reader();
    newcomer.takeAll(ada.watch(id));
    assertThat(newcomer.texts()).isEqualTo(reader.texts());
    assertThat(newcomer.lastId()).isEqualTo(reader.lastId());
    assertThat(reader.types()).containsOnlyOnce("job_started").containsOnlyOnce("complete");
    assertThat(reader.types().stream().filter("artifact_ready"::equals)).hasSize(2);
    assertThat(reader.texts().get("edit")).doesNotContain("Half an article");

    assertThat(ollama.chats()).as("research and the draft are kept").hasSize(5);
    assertThat(messages(ollama.chats().get(3)))
        .as("the task that was under way is asked for again")
        .isEqualTo(messages(ollama.chats().get(2)));

    for (String format : List.of("blog", "social")) {
      JsonNode usage = ada.get("/v1/usage").json().at("/formats/" + format);
      assertThat(usage.get("used").intValue()).as(format).isEqualTo(1);
      assertThat(usage.get("reserved").intValue()).as(format).isZero();
    }
  }

  private static JsonNode messages(FakeRequest chat) {
    return chat.body().get("messages");
  }

  @Test
  void a_stopped_service_finds_everything_again_and_goes_on_with_what_was_under_way()
      throws Exception {
    String token;
    String finished;
    String underWay;
    JsonNode job;
    JsonNode artifact;
    List<Event> history;
    try (ServiceProcess first = start()) {
      Client ada = first.clientOfModel().signedUp();
      token = ada.token();
      finished = ada.submit(SLEEPER, "social");
      history = ada.watch(finished);
      job = ada.job(finished);
      artifact = ada.get("/v1/content/jobs/" + finished + "/artifacts/social").json();
      int before = ollama.chats().size();
      ollama.next(FakeAnswer.writing("- half a", " note").thenStalling());
      underWay = ada.submit("Tea", "social");
      ollama.awaitChat(before + 1);
      assertThat(first.stop()).as("ended by the signal").isEqualTo(143);
      assertThat(ServiceProcess.databaseServer(dataDir))
          .as("the database server ends with its service")
          .isEqualTo(Optional.empty());
    }
    try (ServiceProcess second = start()) {
      Client ada = second.client().with(token);
      assertThat(ada.job(finished)).isEqualTo(job);
      assertThat(ada.get("/v1/content/jobs/" + finished + "/artifacts/social").json())
          .isEqualTo(artifact);
      assertThat(withoutTimesOfText(ada.watch(finished))).isEqualTo(withoutTimesOfText(history));

      Reader reader = new Reader();
      reader.takeAll(ada.watch(underWay));
      assertThat(reader.types().getLast()).isEqualTo("complete");
      assertThat(ada.get("/v1/content/jobs").json().get("data").findValuesAsText("id"))
          .containsExactly(underWay, finished);
      JsonNode usage = ada.get("/v1/usage").json().at("/formats/social");
      assertThat(usage.get("used").intValue()).isEqualTo(2);
      assertThat(usage.get("reserved").intValue()).isZero();
    }
  }

  @Test
  void a_revision_of_a_killed_service_becomes_one_version_and_its_log_keeps_it() throws Exception {
    try (ServiceProcess first = start()) {
      Client ada = first.clientOfModel().signedUp();
      String id = ada.submit(SLEEPER, "social");
      ada.watch(id);
      String path = "/v1/content/jobs/" + id + "/artifacts/social";
      JsonNode written = ada.get(path).json();
      ollama.next(FakeAnswer.writing("{\"linkedin\": \"Half a").thenStalling());
      String revision =
          ada.post(path + "/regenerate", Map.of("note", "Again")).json().get("id").textValue();
      try (Client.Stream stream = ada.stream(revision)) {
        stream.until("text_delta");
        first.kill();
      }
      try (ServiceProcess second = start()) {
        Client again = second.client().with(ada.token());
        List<Event> events = again.watch(revision);
        assertThat(events.getLast().type()).isEqualTo("complete");
        assertThat(again.job(revision).get("attempt").intValue()).isEqualTo(2);
        JsonNode revised = again.get(path).json();
        assertThat(revised.get("version").intValue()).isEqualTo(2);
        assertThat(again.get(path + "?version=1").json()).isEqualTo(written);
        assertThat(again.get(path + "/versions").json().get("data")).hasSize(2);
        JsonNode usage = again.get("/v1/usage").json().at("/formats/social");
        assertThat(usage.get("used").intValue()).isEqualTo(2);
        assertThat(usage.get("reserved").intValue()).isZero();
        assertThat(withoutTimesOfText(again.watch(revision)))
            .as("told again from the store")
            .isEqualTo(withoutTimesOfText(events));
      }
    }
  }

  /** The pieces that were stored together share a time. */
  private static List<Event> withoutTimesOfText(List<Event> events) {
    events.stream()
        .filter(event -> event.type().equals("text_delta"))
        .forEach(event -> ((ObjectNode) event.data()).remove("at"));
    return events;
  }
}
