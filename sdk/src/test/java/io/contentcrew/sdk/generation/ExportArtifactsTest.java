package io.contentcrew.sdk.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.JobId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.generation.ArtifactExporter;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.Generation;
import io.contentcrew.sdk.generation.ExportArtifacts.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ExportArtifactsTest extends CrewHarness {
  private static final Brief BRIEF =
      Brief.about("Tea & cake\nf\u00FCr alle").withFormats(Format.SOCIAL, Format.AUDIO);

  /** Makes nothing but its own name. */
  private static ArtifactExporter naming(String name, ExportForm... forms) {
    return new ArtifactExporter() {
      @Override
      public Set<ExportForm> forms() {
        return Set.of(forms);
      }

      @Override
      public byte[] export(Piece piece, ExportForm form) {
        return (name + ": " + piece.name()).getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private JobId finished(ContentCrew crew, User user) throws Exception {
    Generation generation = crew.generate(user.id(), BRIEF);
    assertThat(generation.await(Duration.ofSeconds(30)).artifacts()).hasSize(2);
    return generation.id();
  }

  private static String text(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Exported.class);
    return new String(((Outcome.Exported) outcome).file().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void markdown_and_text_can_be_had_with_nothing_given() throws Exception {
    ContentCrew crew = crew();
    User ada = crew.users().add("ada@example.com", "Ada");
    JobId id = finished(crew, ada);
    ExportArtifacts exports = crew.exportArtifacts();

    Outcome markdown = exports.export(id, ada.id(), Format.AUDIO, ExportForm.MARKDOWN);
    assertThat(text(markdown)).startsWith("# Audio script\n\n## Hook");
    assertThat(((Outcome.Exported) markdown).file().name())
        .isEqualTo("tea-cake-f\u00FCr-alle-audio.md");
    assertThat(text(exports.export(id, ada.id(), Format.SOCIAL, ExportForm.TXT)))
        .startsWith("Social posts\n\n\nLinkedIn\n");
    assertThat(exports.export(id, ada.id(), Format.SOCIAL, ExportForm.DOCX))
        .isEqualTo(new Outcome.NoSuchForm(Set.of(ExportForm.MARKDOWN, ExportForm.TXT)));
  }

  @Test
  void what_is_not_there_or_somebody_elses_is_not_exported() throws Exception {
    ContentCrew crew = crew();
    User ada = crew.users().add("ada@example.com", "Ada");
    User eve = crew.users().add("eve@example.com", "Eve");
    JobId id = finished(crew, ada);
    ExportArtifacts exports = crew.exportArtifacts();

    assertThat(exports.export(id, ada.id(), Format.VIDEO, ExportForm.TXT))
        .isInstanceOf(Outcome.Missing.class);
    assertThat(exports.export(id, eve.id(), Format.AUDIO, ExportForm.TXT))
        .isEqualTo(new Outcome.NoSuchJob());
    assertThat(exports.all(id, eve.id())).isEmpty();
    assertThat(exports.all(new JobId(UUID.randomUUID()), ada.id())).isEmpty();
  }

  @Test
  void of_exporters_that_make_the_same_the_first_one_does_it() throws Exception {
    ContentCrew crew =
        crew(
            builder()
                .exporters(
                    naming("first", ExportForm.HTML, ExportForm.TXT),
                    naming("second", ExportForm.HTML, ExportForm.DOCX)));
    User ada = crew.users().add("ada@example.com", "Ada");
    JobId id = finished(crew, ada);
    ExportArtifacts exports = crew.exportArtifacts();

    assertThat(exports.forms()).containsExactly(ExportForm.values());
    assertThat(text(exports.export(id, ada.id(), Format.AUDIO, ExportForm.HTML)))
        .isEqualTo("first: Tea & cake f\u00FCr alle");
    assertThat(text(exports.export(id, ada.id(), Format.AUDIO, ExportForm.DOCX)))
        .startsWith("second");
    assertThat(text(exports.export(id, ada.id(), Format.AUDIO, ExportForm.TXT)))
        .startsWith("first");
  }

  @Test
  void all_pieces_in_all_forms_are_written_one_after_the_other() throws Exception {
    ContentCrew crew = crew(builder().exporters(naming("page", ExportForm.HTML)));
    User ada = crew.users().add("ada@example.com", "Ada");
    JobId id = finished(crew, ada);
    ExportArtifacts.Bundle bundle = crew.exportArtifacts().all(id, ada.id()).orElseThrow();

    Map<String, String> files = new LinkedHashMap<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bundle.writeTo(out);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(bundle.name()).isEqualTo("tea-cake-f\u00FCr-alle.zip");
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "tea-cake-f\u00FCr-alle-social.md",
            "tea-cake-f\u00FCr-alle-social.html",
            "tea-cake-f\u00FCr-alle-social.txt",
            "tea-cake-f\u00FCr-alle-audio.md",
            "tea-cake-f\u00FCr-alle-audio.html",
            "tea-cake-f\u00FCr-alle-audio.txt");
    assertThat(files.get("tea-cake-f\u00FCr-alle-audio.md"))
        .isEqualTo(
            text(crew.exportArtifacts().export(id, ada.id(), Format.AUDIO, ExportForm.MARKDOWN)));
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    bundle.writeTo(again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
  }

  @Test
  void a_reader_who_leaves_ends_the_writing() throws Exception {
    ContentCrew crew = crew();
    User ada = crew.users().add("ada@example.com", "Ada");
    ExportArtifacts.Bundle bundle =
        crew.exportArtifacts().all(finished(crew, ada), ada.id()).orElseThrow();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> bundle.writeTo(gone))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Tea for beginners|tea-for-beginners
          ../../etc/passwd|etc-passwd
          <b>"x"; x?*</b>|b-x-x-b
          \u8336\u306E\u6B74\u53F2|\u8336\u306E\u6B74\u53F2
          \uD83C\uDF75|piece
          -|piece
          """)
  void names_of_files_are_safe(String topic, String name) {
    assertThat(FileName.of(topic)).isEqualTo(name);
    assertThat(FileName.of(topic.repeat(200))).hasSizeLessThanOrEqualTo(60);
  }
}
