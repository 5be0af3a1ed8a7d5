package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          **bold** and *italic* and ***both***|bold and italic and both
          __bold__ and _italic_, ~~gone~~|bold and italic, gone
          2 * 3 * 4 and snake_case_name|2 * 3 * 4 and snake_case_name
          a ~ b ~~~ c|a ~ b ~~~ c
          *open and **never closed|*open and **never closed
          [tea](https://a.b/c_d_e) here|tea (https://a.b/c_d_e) here
          [tea](https://a.b "A title")|tea (https://a.b)
          [bad](javascript:alert(1)) here|bad here
          [bad](javascript:alert)|bad
          [https://a.b](https://a.b)|https://a.b
          ![a cup](https://a.b/c.png)|a cup
          <https://a.b/c>|https://a.b/c
          <script>alert(1)</script>|<script>alert(1)</script>
          1 &lt; 2 &amp; 3|1 < 2 & 3
          \\*no\\* \\_marks\\_ \\# \\\\|*no* _marks_ # \\
          > quoted|quoted
          > > twice|twice
          ### A heading ###|A heading
          C# and #tag|C# and #tag
          * one|• one
          + one|• one
          1. one|1. one
          """)
  void marks_are_taken_out_and_words_stay(String markdown, String plain) {
    assertThat(MarkdownText.plain(markdown)).isEqualTo(plain.replace("\\\\", "\\"));
  }

  @Test
  void code_means_itself() {
    assertThat(MarkdownText.plain("`a*b*` and ``x ` \\* y``")).isEqualTo("a*b* and x ` \\* y");
    assertThat(MarkdownText.plain("```java\nint *x*;\n# no heading\n```\nafter *it*"))
        .isEqualTo("int *x*;\n# no heading\nafter it");
    assertThat(MarkdownText.headings("```\n# none\n```\n## Two `x`\n\n#### Four"))
        .containsExactly(new Measures.Heading(2, "Two x"), new Measures.Heading(4, "Four"));
  }

  @Test
  void blocks_are_shown_one_below_the_other() {
    assertThat(
            MarkdownText.plain(
                "Para **one\n"
                    + "runs** on.\n"
                    + "***\n"
                    + "| a | **b** |\n"
                    + "|---|:-:|\n"
                    + "| 1 | 2 |\n\n\n\n"
                    + "Title\n"
                    + "=====\n"
                    + "- x\n"
                    + "- y"))
        .isEqualTo("Para one\nruns on.\n\na\tb\n1\t2\n\nTitle\n\u2022 x\n\u2022 y");
  }

  @ParameterizedTest
  @MethodSource("io.contentcrew.domain.generation.NaughtyStringsTest#naughty")
  void no_letter_is_ever_lost_but_those_of_addresses_and_entities(String text) {
    if (!text.contains("](") && text.indexOf('&') < 0) {
      assertThat(letters(MarkdownText.plain("a " + text))).isEqualTo(letters("a " + text));
    }
  }

  private static String letters(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  @Test
  void a_piece_is_shown_as_text_without_marks_and_a_sample_says_so() {
    Artifact.BlogPost post =
        new Artifact.BlogPost(
            "Title", "**Intro**.", List.of(new Artifact.BlogPost.Section("A", "*Text*.")), "End.");
    assertThat(ArtifactText.of(stored(post, false), new Language("de")))
        .isEqualTo("Title\n\nIntro.\n\n\nA\n\nText.\n\n\nFazit\n\nEnd.\n");
    assertThat(ArtifactText.of(stored(post, true), new Language("de")))
        .endsWith("End.\n\nA sample, written without a model.\n");
    assertThat(ArtifactMarkdown.of(stored(post, true), new Language("de")))
        .endsWith("End.\n\n---\n\n*A sample, written without a model.*\n");
    Artifact.SocialPosts posts =
        new Artifact.SocialPosts("2 * 3 * 4", "*x*", "F", "I", List.of("#aa", "#bb"), "C");
    assertThat(ArtifactText.of(stored(posts, false), Language.ENGLISH))
        .startsWith("Social posts\n\n\nLinkedIn\n\n2 * 3 * 4\n\n\nX\n\n*x*\n")
        .contains("\n#aa #bb\n");
    assertThat(ArtifactText.of(stored(Pieces.video(), false), Language.ENGLISH))
        .contains("\nPicture: A hive.\nOn screen: In the hive\n");
    assertThat(ArtifactText.of(stored(Pieces.audio(), false), Language.ENGLISH))
        .endsWith("\n\nSlowly.\n");
  }

  private static StoredArtifact stored(Artifact artifact, boolean demo) {
    return new StoredArtifact(
        artifact,
        1,
        List.of(),
        new Engine(new EngineName("test"), new io.contentcrew.domain.ModelName("m"), demo),
        false,
        Instant.EPOCH);
  }

  @Test
  void forms_are_known_by_name_and_by_ending() {
    for (ExportForm form : ExportForm.values()) {
      assertThat(ExportForm.ofWireName(form.wireName())).contains(form);
      assertThat(ExportForm.ofWireName(form.extension())).contains(form);
      assertThat(form.contentType()).startsWith(form.mediaType());
    }
    assertThat(ExportForm.ofWireName("pdf")).isEmpty();
  }
}
