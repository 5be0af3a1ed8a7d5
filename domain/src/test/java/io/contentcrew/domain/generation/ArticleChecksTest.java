package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.ArtifactChecks.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArticleChecksTest {
  private static List<Finding> of(BlogPost post) {
    return ArtifactChecks.of(post, Pieces.context());
  }

  private static void finds(BlogPost post, Finding.Severity severity, String check) {
    assertThat(of(post))
        .as("findings of severity %s for %s", severity, check)
        .anySatisfy(
            finding -> {
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.check()).isEqualTo(check);
            });
  }

  @Test
  void a_good_article_passes() {
    assertThat(of(Pieces.post())).isEmpty();
  }

  @Test
  void a_title_has_ten_to_two_hundred_characters() {
    BlogPost post = Pieces.post();
    for (String title : new String[] {"", "Honey bee", "Honey bees " + "x".repeat(190)}) {
      finds(
          Pieces.post(title, post.introduction(), post.conclusion()),
          Finding.Severity.FATAL,
          "article.title");
    }
    for (String title : new String[] {"Honey bees", "Honey bees " + "x".repeat(189)}) {
      assertThat(of(Pieces.post(title, post.introduction(), post.conclusion()))).isEmpty();
    }
  }

  @Test
  void an_introduction_has_a_hundred_characters() {
    BlogPost post = Pieces.post();
    finds(
        Pieces.post(post.title(), post.introduction().substring(0, 99), post.conclusion()),
        Finding.Severity.FATAL,
        "article.introduction");
    assertThat(
            of(Pieces.post(post.title(), post.introduction().substring(0, 100), post.conclusion())))
        .isEmpty();
  }

  @Test
  void a_conclusion_has_fifty_characters_and_ends_with_a_sentence() {
    BlogPost post = Pieces.post();
    String fifty = "In the end, the honey is what the bees make of it.";
    assertThat(fifty).hasSize(50);

    assertThat(of(Pieces.post(post.title(), post.introduction(), fifty))).isEmpty();
    finds(
        Pieces.post(post.title(), post.introduction(), fifty.substring(1)),
        Finding.Severity.FATAL,
        "article.conclusion");
    finds(
        Pieces.post(post.title(), post.introduction(), fifty.replace(".", " and")),
        Finding.Severity.WEAK,
        "article.end");
  }

  @Test
  void there_are_three_sections() {
    List<BlogPost.Section> sections =
        List.of(
            new BlogPost.Section("A", Texts.words(100, 1)),
            new BlogPost.Section("B", Texts.words(90, 2)),
            new BlogPost.Section("C", Texts.words(90, 3)));

    assertThat(of(Pieces.post(sections))).isEmpty();
    finds(Pieces.post(sections.subList(0, 2)), Finding.Severity.FATAL, "article.sections");
    finds(Pieces.post(List.of()), Finding.Severity.FATAL, "article.sections");
  }

  @Test
  void a_section_has_sixty_words_and_must_have_fifteen() {
    List<BlogPost.Section> sections = new ArrayList<>(Pieces.post().sections());

    sections.set(1, new BlogPost.Section("B", Texts.words(60, 1)));
    assertThat(of(Pieces.post(sections))).isEmpty();
    sections.set(1, new BlogPost.Section("B", Texts.words(59, 1)));
    finds(Pieces.post(sections), Finding.Severity.WEAK, "article.section");
    sections.set(1, new BlogPost.Section("B", Texts.words(15, 1)));
    finds(Pieces.post(sections), Finding.Severity.WEAK, "article.section");
    sections.set(1, new BlogPost.Section("B", Texts.words(14, 1)));
    finds(Pieces.post(sections), Finding.Severity.FATAL, "article.section");
  }

  @Test
  void an_article_is_about_as_long_as_was_asked() {
    Context medium = Pieces.context(Pieces.BRIEF.withLength(Length.MEDIUM));

    assertThat(ArtifactChecks.of(Pieces.post(), medium))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo("article.length");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WEAK);
              assertThat(finding.message()).contains("about 650");
            });
  }

  @Test
  void an_editor_who_changes_the_length_is_noted() {
    Context rewritten = new Context(Pieces.BRIEF, "", "", Optional.of(Texts.words(600, 99)));
    Context kept = new Context(Pieces.BRIEF, "", "", Optional.of(Texts.words(400, 99)));
    Context tooShortToTell = new Context(Pieces.BRIEF, "", "", Optional.of(Texts.words(90, 99)));

    assertThat(ArtifactChecks.of(Pieces.post(), rewritten))
        .extracting(Finding::check, Finding::severity)
        .containsExactly(tuple("article.rewritten", Finding.Severity.NOTE));
    assertThat(ArtifactChecks.of(Pieces.post(), kept)).isEmpty();
    assertThat(ArtifactChecks.of(Pieces.post(), tooShortToTell)).isEmpty();
  }

  @Test
  void an_article_about_something_else_is_found() {
    Context other = Pieces.context(Brief.about("Volcanic eruptions").withLength(Length.SHORT));

    assertThat(ArtifactChecks.of(Pieces.post(), other))
        .extracting(Finding::check)
        .containsExactly("text.topic");
  }

  @Test
  void what_holds_for_any_text_holds_for_each_part_of_an_article() {
    BlogPost post = Pieces.post();
    finds(
        Pieces.post(post.title(), post.introduction() + " As an AI, I cannot.", post.conclusion()),
        Finding.Severity.FATAL,
        "text.leak");
    finds(
        Pieces.post(
            post.title(), post.introduction(), "[Insert a summary here.] " + post.conclusion()),
        Finding.Severity.FATAL,
        "text.leak");
    finds(
        Pieces.post(
            post.title(), post.introduction(), "It grew by 37% in all. " + post.conclusion()),
        Finding.Severity.NOTE,
        "text.unverified");
    List<BlogPost.Section> repeated = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      repeated.add(new BlogPost.Section("S" + i, Texts.words(66, 1)));
    }
    finds(Pieces.post(repeated), Finding.Severity.FATAL, "text.degenerate");
    assertThat(
            ArtifactChecks.of(post, Pieces.context(Pieces.BRIEF.withLanguage(new Language("de")))))
        .extracting(Finding::check)
        .containsExactly("text.language");
  }

  @Test
  void the_gravest_finding_comes_first() {
    BlogPost post = Pieces.post();
    List<Finding> findings =
        of(Pieces.post("Short", post.introduction(), "It grew by 37% " + "and so on ".repeat(5)));

    assertThat(findings)
        .extracting(Finding::severity)
        .containsSequence(Finding.Severity.FATAL, Finding.Severity.WEAK, Finding.Severity.NOTE)
        .isSorted();
  }

  /** Six characters are a good title there, and fifty a good introduction. */
  @Test
  void scripts_that_say_more_in_a_character_need_fewer() {
    Brief brief =
        Brief.about("\u4EBA\u5DE5\u667A\u80FD")
            .withLength(Length.SHORT)
            .withLanguage(new Language("zh"));
    List<BlogPost.Section> sections = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sections.add(new BlogPost.Section("\u7B2C\u4E00", han(150, i)));
    }
    BlogPost post =
        new BlogPost("\u4EBA\u5DE5\u667A\u80FD\u5165\u95E8", han(51, 8), sections, han(26, 9));

    assertThat(ArtifactChecks.of(post, Pieces.context(brief))).isEmpty();
    BlogPost tooShort = new BlogPost("\u4EBA\u5DE5", han(40, 8), sections, han(20, 9));
    assertThat(ArtifactChecks.of(tooShort, Pieces.context(brief)))
        .extracting(Finding::check)
        .containsExactly("article.title", "article.introduction", "article.conclusion");
  }

  private static String han(int length, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < length; i++) {
      text.append((char) (0x4E00 + random.nextInt(2_000)));
    }
    return text.append('\u3002').toString();
  }

  @Test
  void prose_that_is_no_article_yet_is_looked_at_too() {
    assertThat(ArtifactChecks.ofProse("The notes", Texts.words(200), Pieces.context())).isEmpty();
    assertThat(ArtifactChecks.ofProse("The notes", " \n", Pieces.context()))
        .extracting(Finding::check)
        .containsExactly("text.empty");
    assertThat(ArtifactChecks.ofProse("The notes", "null", Pieces.context()))
        .extracting(Finding::check)
        .containsExactly("text.placeholder");
  }
}
