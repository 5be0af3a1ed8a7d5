package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.contentcrew.testkit.FakeAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExportRoutesTest extends ServiceHarness {
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private static final String TOPIC = "Tea \u201Ef\u00FCr alle\u201C; \"now\"";

  private Client ada;
  private String job;

  private void written() {
    ada = start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    job = "/v1/content/jobs/" + ada.submit(TOPIC, "blog", "social", "audio", "video");
    assertThat(ada.get(job + "/stream").text()).contains("complete");
  }

  @Test
  void a_piece_can_be_had_in_every_form_by_name_and_by_media_type() {
    written();
    Map<String, String> begins =
        Map.of("md", "# ", "html", "<!doctype html>\n<html lang=\"en\">", "docx", "PK", "txt", "");
    Map<String, String> types =
        Map.of("md", "text/markdown", "html", "text/html", "docx", DOCX, "txt", "text/plain");
    for (String format : List.of("blog", "social", "audio", "video")) {
      String piece = job + "/artifacts/" + format;
      for (String as : begins.keySet()) {
        Answer named = ada.get(piece + "?as=" + as);
        assertThat(named.status()).isEqualTo(200);
        assertThat(named.header("Content-Type").orElseThrow()).startsWith(types.get(as));
        assertThat(named.header("Content-Disposition")).isEmpty();
        assertThat(named.text()).startsWith(begins.get(as));
        if (!as.equals("docx")) {
          assertThat(named.text()).contains("A sample, written without a model.");
        }
        Answer accepted = ada.get(piece, "Accept", types.get(as) + ", image/png;q=0.1");
        assertThat(accepted.body()).isEqualTo(named.body());
      }
      assertThat(ada.get(piece, "Accept", "*/*").json().get("format").asText()).isEqualTo(format);
    }
    assertThat(ada.get(job + "/artifacts/blog?as=pdf").code()).isEqualTo("NOT_ACCEPTABLE");
    assertThat(ada.get(job + "/artifacts/blog", "Accept", "image/png").code())
        .isEqualTo("NOT_ACCEPTABLE");
  }

  @Test
  void a_page_of_somebodys_words_is_locked_in() {
    written();
    assertThat(ada.get(job + "/artifacts/blog?as=html").header("Content-Security-Policy"))
        .contains("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    assertThat(ada.get(job + "/artifacts/blog?as=html").header("X-Content-Type-Options"))
        .contains("nosniff");
  }

  @Test
  void a_download_has_a_name_that_is_safe_everywhere() {
    written();
    assertThat(
            ada.get(job + "/artifacts/social?as=docx&download=true").header("Content-Disposition"))
        .contains(
            "attachment; filename=\"tea-fur-alle-now-social.docx\";"
                + " filename*=UTF-8''tea-f%C3%BCr-alle-now-social.docx");
    assertThat(ada.get(job + "/artifacts/social?download=true").header("Content-Disposition"))
        .hasValueSatisfying(name -> assertThat(name).contains("-social.json\""));
    assertThat(ada.get(job + "/artifacts/social?download=false").header("Content-Disposition"))
        .isEmpty();
    Answer refused = ada.get(job + "/artifacts/social?download=yes");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/query/download");
    assertThat(Attachment.named("\u8336-blog.md"))
        .isEqualTo("attachment; filename=\"blog.md\"; filename*=UTF-8''%E8%8C%B6-blog.md");
    assertThat(Attachment.named("\u65E5\u672C\u8A9E.zip"))
        .as("nothing is left of it")
        .isEqualTo(
            "attachment; filename=\"piece.zip\";"
                + " filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.zip");
  }

  @Test
  void all_pieces_come_in_all_forms_as_one_file() throws Exception {
    written();
    Answer answer = ada.get(job + "/export");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/zip");
    assertThat(answer.header("Content-Disposition"))
        .contains(
            "attachment; filename=\"tea-fur-alle-now.zip\";"
                + " filename*=UTF-8''tea-f%C3%BCr-alle-now.zip");
    Map<String, byte[]> files = unzipped(answer.body());
    assertThat(files).hasSize(16);
    for (String format : List.of("blog", "social", "audio", "video")) {
      for (String form : List.of("md", "html", "docx", "txt")) {
        assertThat(files.get("tea-f\u00FCr-alle-now-" + format + "." + form))
            .isEqualTo(ada.get(job + "/artifacts/" + format + "?as=" + form).body());
      }
    }
  }

  private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void a_job_without_a_piece_has_nothing_to_export() throws Exception {
    ada = start().signedUp();
    ollama.next(FakeAnswer.writing("- a").thenStalling());
    String id = ada.submit("Tea", "social");
    try (Client.Stream stream = ada.stream(id)) {
      stream.until("text_delta");
      assertThat(ada.get("/v1/content/jobs/" + id + "/export").code()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void measures_are_shown_wherever_a_piece_is() throws Exception {
    ada = start("LLM_PROVIDER", "offline", "OFFLINE_TOKENS_PER_SECOND", "0").signedUp();
    String id = ada.submit(TOPIC, "blog", "social", "audio", "video");
    List<Event> ready =
        ada.watch(id).stream().filter(event -> event.type().equals("artifact_ready")).toList();
    assertThat(ready).hasSize(4);
    for (Event event : ready) {
      String format = event.data().get("format").asText();
      JsonNode measures = event.data().get("measures");
      JsonNode piece = ada.get("/v1/content/jobs/" + id + "/artifacts/" + format).json();
      assertThat(measures).isEqualTo(piece.get("measures"));
      assertThat(ada.job(id).get("artifacts"))
          .anySatisfy(one -> assertThat(one.get("measures")).isEqualTo(measures));
      assertThat(measured(format, piece.get("artifact")).get("measures")).isEqualTo(measures);
      assertThat(measures.get("words").intValue()).isPositive();
      assertThat(measures.get("posts")).hasSize(format.equals("social") ? 4 : 0);
      assertThat(measures.get("seconds").isNull()).isEqualTo(format.equals("social"));
      if (format.equals("blog")) {
        assertThat(measures.get("headings").findValuesAsText("text"))
            .isEqualTo(piece.at("/artifact/sections").findValuesAsText("heading"));
      }
    }
  }

  private JsonNode measured(String format, Object artifact) {
    Answer answer = ada.post("/v1/content/measure", Map.of("format", format, "artifact", artifact));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static Map<String, Object> posts(String x) {
    return Map.of(
        "linkedin", "L",
        "x", x,
        "facebook", "F",
        "instagram", "I",
        "hashtags", List.of("#tea", "#cake", "#now"),
        "call_to_action", "Go.");
  }

  @Test
  void a_text_that_is_being_changed_is_measured_and_not_kept() {
    written();
    String words = "tea ".repeat(69) + "https://example.com/a/very/long/address";
    JsonNode over = measured("social", posts(words));
    JsonNode x = over.at("/measures/posts/1");
    assertThat(x.get("network").asText()).isEqualTo("x");
    assertThat(x.get("count").intValue()).isEqualTo(4 * 69 + 23);
    assertThat(x.get("limit").intValue()).isEqualTo(280);
    assertThat(x.get("parts"))
        .extracting(JsonNode::asText)
        .containsExactly("tea ".repeat(69).strip(), "https://example.com/a/very/long/address");
    assertThat(over.get("findings").findValuesAsText("check")).contains("social.x");
    JsonNode fits = measured("social", posts("tea"));
    assertThat(fits.at("/measures/posts/1/parts")).hasSize(1);
    assertThat(fits.get("findings").findValuesAsText("check")).doesNotContain("social.x");
    assertThat(measured("social", posts("")).get("findings").findValuesAsText("check"))
        .contains("field.empty");
    assertThat(ada.get("/v1/content/jobs").json().get("data")).hasSize(1);
  }

  @Test
  void what_is_no_piece_of_that_format_is_refused_with_its_place() {
    written();
    Answer wrong =
        ada.post("/v1/content/measure", Map.of("format", "blog", "artifact", posts("x")));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().get("errors").findValuesAsText("pointer"))
        .contains("/artifact/title", "/artifact/sections", "/artifact/linkedin");
    for (Object format : List.of("song", "", 5)) {
      assertThat(
              ada.post("/v1/content/measure", Map.of("format", format, "artifact", Map.of()))
                  .json()
                  .get("errors")
                  .findValuesAsText("pointer"))
          .containsExactly("/format");
    }
    assertThat(ada.post("/v1/content/measure", Map.of("format", "blog")).status()).isEqualTo(422);
    Answer large =
        ada.post(
            "/v1/content/measure",
            Map.of("format", "social", "artifact", posts("x".repeat(70_000))));
    assertThat(large.status()).isIn(413, 422);
    assertThat(Client.of(service().port()).post("/v1/content/measure", Map.of()).status())
        .isEqualTo(401);
  }
}
