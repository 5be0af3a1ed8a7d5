package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Artifact;
import io.contentcrew.domain.generation.Artifact.AudioScript;
import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.SocialPosts;
import io.contentcrew.domain.generation.Artifact.VideoScript;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.domain.generation.ExportForm;
import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.StoredArtifact;
import io.contentcrew.ports.generation.ArtifactExporter;
import io.contentcrew.ports.generation.ArtifactExporter.Piece;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ArtifactExporter} keeps, whatever forms it makes. */
@Timeout(120)
public abstract class ArtifactExporterContract {
  private static final String SAMPLE = "A sample, written without a model.";

  /** Texts that mean more than themselves to somebody. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "</title></style><script>alert(1)</script>",
          "<!--",
          "]]>",
          "&lt;script&gt; &#x3C;b&#x3E; &bogus;",
          "\u0000\u0007\u001B\uFFFE\uD83D\u202E",
          "=cmd|' /C calc'!A0",
          "{{7*7}} ${7*7} <%= 7 %>");

  /** The exporter to be tried. */
  protected abstract ArtifactExporter exporter();

  /** What a reader reads who opens such a file, without its marks; white space does not matter. */
  protected abstract String read(byte[] file, ExportForm form);

  /** Where the links of such a file lead that can be followed; none where a form knows no links. */
  protected abstract List<String> links(byte[] file, ExportForm form);

  /** A piece that is no sample. */
  protected static Piece aPiece(Artifact artifact) {
    return aPiece(artifact, false);
  }

  private static Piece aPiece(Artifact artifact, boolean demo) {
    Engine engine = new Engine(new EngineName("test"), new ModelName("m"), demo);
    return new Piece(
        new StoredArtifact(artifact, 1, List.of(), engine, false, Fixtures.NOW),
        Language.ENGLISH,
        "Tea for beginners");
  }

  /** One of each kind, in which every text is that one. */
  protected static List<Artifact> pieces(String text) {
    return List.of(
        new BlogPost(text, text, List.of(new BlogPost.Section(text, text)), text),
        new SocialPosts(text, text, text, text, List.of("#tea", "#" + text), text),
        new AudioScript(text, List.of(new AudioScript.Segment(text, text)), text, text),
        new VideoScript(text, List.of(new VideoScript.Scene(text, text, text)), text));
  }

  private static List<Artifact> ordinary() {
    return List.of(
        new BlogPost(
            "Titleword",
            "Introword",
            List.of(new BlogPost.Section("Headword", "Bodyword **boldword**"), tools()),
            "Endword"),
        new SocialPosts(
            "Linkword", "Xword", "Faceword", "Instaword", List.of("#Tagword"), "Goword"),
        new AudioScript(
            "Hookword",
            List.of(new AudioScript.Segment("Headword", "Spokenword")),
            "Endword",
            "Paceword"),
        new VideoScript(
            "Hookword",
            List.of(new VideoScript.Scene("Heardword", "Seenword", "Screenword")),
            "Endword"));
  }

  private static BlogPost.Section tools() {
    return new BlogPost.Section(
        "Toolword",
        """
        ### Deepword

        - Firstword
          - Nestedword
        1. Oneword

        > Quoteword

        | Cellword | B |
        |---|---|
        | Rowword | 2 |

        `Codeword` ~~Goneword~~

        ```
        Fenceword
        ```

        [Anchorword](https://example.com/tea)
        """);
  }

  private interface Check {
    void of(Artifact artifact, ExportForm form);
  }

  private void everything(List<Artifact> artifacts, Check check) {
    for (Artifact artifact : artifacts) {
      exporter().forms().forEach(form -> check.of(artifact, form));
    }
  }

  @Test
  void it_makes_at_least_one_form_and_always_the_same() {
    assertThat(exporter().forms()).isNotEmpty().isEqualTo(exporter().forms());
  }

  @Test
  void a_form_it_does_not_make_is_refused() {
    Set<ExportForm> others = EnumSet.allOf(ExportForm.class);
    others.removeAll(exporter().forms());
    for (ExportForm form : others) {
      assertThatThrownBy(() -> exporter().export(aPiece(ordinary().getFirst()), form))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void all_text_of_a_piece_is_in_it() {
    everything(
        ordinary(),
        (artifact, form) -> {
          String read = read(exporter().export(aPiece(artifact), form), form);
          for (String word : artifact.toString().split("[^A-Za-z]+", -1)) {
            if (word.endsWith("word")) {
              assertThat(read).as("%s as %s", artifact.format(), form).contains(word);
            }
          }
          assertThat(read).doesNotContain(SAMPLE);
        });
  }

  @Test
  void a_sample_says_that_it_is_one() {
    everything(
        ordinary(),
        (artifact, form) ->
            assertThat(read(exporter().export(aPiece(artifact, true), form), form))
                .contains(SAMPLE));
  }

  @Test
  void equal_pieces_give_equal_bytes_also_at_the_same_time() throws Exception {
    for (Artifact artifact : ordinary()) {
      for (ExportForm form : exporter().forms()) {
        byte[] first = exporter().export(aPiece(artifact), form);
        Callable<byte[]> again = () -> exporter().export(aPiece(artifact), form);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (Future<byte[]> file : threads.invokeAll(Collections.nCopies(8, again))) {
            assertThat(Arrays.equals(file.get(), first)).as("%s", form).isTrue();
          }
        }
      }
    }
  }

  @Test
  void whatever_a_text_holds_it_stays_text() {
    for (String text : HOSTILE) {
      everything(
          pieces(text),
          (artifact, form) -> {
            String read = read(exporter().export(aPiece(artifact), form), form);
            String words = text.replaceAll("&[#a-zA-Z0-9]+;|[^A-Za-z]+", " ").strip();
            for (String word : words.split(" +", -1)) {
              assertThat(read).as("%s as %s", text, form).contains(word);
            }
          });
    }
  }

  @Test
  void links_lead_only_where_a_reader_may_be_led() {
    String text =
        """
        [a](javascript:alert(1)) [b](JaVaScRiPt:alert) [c](data:text/html;base64,xx) [d](vbscript:x)
        [e](file:///etc/passwd) [f](//example.com/x) [g](\\x01javascript:alert) [h](java\tscript:x)
        <javascript:alert(1)> ![i](javascript:alert) ![j](https://example.com/pixel.png)
        [k](https://example.com/tea) [l](http://example.com) [m](mailto:ada@example.com) [n](smb://x/y)
        [o]: javascript:alert(1)
        """;
    everything(
        pieces(text),
        (artifact, form) ->
            assertThat(links(exporter().export(aPiece(artifact), form), form))
                .as("%s as %s", artifact.format(), form)
                .allMatch(link -> link.matches("(?:https?://|mailto:).*")));
  }

  @Test
  void text_that_nests_without_end_is_no_trouble() {
    for (String unit : List.of("> ", "- ", "*a ", "[", "![", "**a *b ", "1. ", "`", "<", "| ")) {
      everything(
          pieces(unit.repeat(3_000) + "deepest"),
          (artifact, form) ->
              assertThat(read(exporter().export(aPiece(artifact), form), form))
                  .as("%s as %s", unit, form)
                  .contains("deepest"));
    }
  }
}
