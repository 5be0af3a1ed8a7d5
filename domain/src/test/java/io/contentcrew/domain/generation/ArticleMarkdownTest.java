package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.generation.Artifact.BlogPost;
import io.contentcrew.domain.generation.Artifact.BlogPost.Section;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which models really send an article. */
class ArticleMarkdownTest {
  private static BlogPost parse(String markdown) {
    return ArticleMarkdown.parse(markdown);
  }

  /** Title, introduction, three sections and a conclusion, whatever the markup. */
  private static void isTheArticle(BlogPost post) {
    assertThat(post.title()).isEqualTo("Bees in the Garden");
    assertThat(post.introduction()).isEqualTo("Bees are good company.");
    assertThat(post.sections())
        .containsExactly(
            new Section("Where to Begin", "Ask a neighbour.\n\nThen read."),
            new Section("What You Need", "- a hive\n- a veil"),
            new Section("Through the Year", "Spring comes first."));
    assertThat(post.conclusion()).isEqualTo("Start small.");
  }

  private static final String ARTICLE =
      """
      # Bees in the Garden

      Bees are good company.

      ## Where to Begin

      Ask a neighbour.

      Then read.

      ## What You Need

      - a hive
      - a veil

      ## Through the Year

      Spring comes first.

      ## Conclusion

      Start small.
      """;

  @Test
  void the_shape_that_is_asked_for() {
    isTheArticle(parse(ARTICLE));
    isTheArticle(parse("\n\n" + ARTICLE.strip()));
    isTheArticle(
        parse(
            ARTICLE
                .replace("\n\n", "\n \n\n")
                .replace("Ask a neighbour.\n \n\n", "Ask a neighbour.\n\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```markdown\nARTICLE\n```",
        "```\nARTICLE```",
        "```md\nARTICLE\n```\n\nI hope this helps!",
        "```Markdown \nARTICLE",
        "Here is the article:\n\n```markdown\nARTICLE\n```",
        "Sure! Here's your article.\n```\nARTICLE\n```\nLet me know.",
        "Here is the article:\n\nARTICLE",
        "Sure, here\u2019s a blog post about bees:\nARTICLE",
        "Certainly! I have written it for you.\n\nARTICLE",
        "OK, below is what you asked for!\nARTICLE"
      })
  void fences_and_greetings_around_it_go(String wrapped) {
    isTheArticle(parse(wrapped.replace("ARTICLE", ARTICLE.strip())));
  }

  @Test
  void a_fence_within_the_article_stays() {
    BlogPost post = parse(ARTICLE.replace("- a hive\n- a veil", "```java\nint x;\n```"));

    assertThat(post.sections().get(1).body()).isEqualTo("```java\nint x;\n```");
    assertThat(ArticleMarkdown.withoutFence("```java\nint x;\n```")).startsWith("```java");
    assertThat(ArticleMarkdown.withoutFence("A text.\n```\ncode\n```")).startsWith("A text.");
  }

  @Test
  void headings_of_another_depth() {
    isTheArticle(
        parse(
            ARTICLE
                .replace("# Bees", "## Bees")
                .replace("## W", "### W")
                .replace("## T", "### T")
                .replace("## C", "### C")));
    isTheArticle(parse(ARTICLE.replace("\n## ", "\n### ")));
    isTheArticle(parse(ARTICLE.replace("\n## ", "\n# ")));
    isTheArticle(parse(ARTICLE.replace("# Bees", "## Bees")));
  }

  @Test
  void headings_with_closing_marks_numbers_of_blanks_or_bold() {
    isTheArticle(
        parse(ARTICLE.replace("Begin\n", "Begin ##\n").replace("Need\n", "Need   #####   \n")));
    isTheArticle(parse(ARTICLE.replace("## W", "##   W").replace("## T", " ##\tT")));
    isTheArticle(
        parse(
            ARTICLE
                .replace("## Where to Begin", "## **Where to Begin**")
                .replace("# Bees in the Garden", "# __Bees in the Garden__")));
    isTheArticle(parse(ARTICLE.replace("# Bees", "# Title: Bees")));
  }

  @Test
  void underlined_headings() {
    isTheArticle(
        parse(
            ARTICLE
                .replace("# Bees in the Garden", "Bees in the Garden\n==================")
                .replaceAll("## (.*)", "$1\n------------")));
  }

  @Test
  void headings_in_bold() {
    isTheArticle(parse(ARTICLE.replaceAll("#+ (.*)", "**$1**")));
    isTheArticle(parse(ARTICLE.replaceAll("#+ (.*)", "**$1:**")));
    isTheArticle(parse(ARTICLE.replaceAll("## (.*)", "__$1__:")));
  }

  @Test
  void a_title_that_is_not_marked_as_one() {
    isTheArticle(parse(ARTICLE.replace("# Bees", "Bees")));
  }

  @Test
  void a_title_and_a_conclusion_above_the_sections() {
    isTheArticle(parse(ARTICLE.replace("## Conclusion", "# Conclusion")));
  }

  @Test
  void deeper_headings_stay_in_their_section() {
    BlogPost post = parse(ARTICLE.replace("- a hive", "### Tools\n\n- a hive"));

    assertThat(post.sections().get(1).body()).startsWith("### Tools\n\n- a hive");
    assertThat(post.sections()).hasSize(3);
  }

  @Test
  void a_rule_between_paragraphs_is_no_heading() {
    BlogPost post = parse(ARTICLE.replace("Ask a neighbour.\n\n", "Ask a neighbour.\n\n---\n\n"));

    assertThat(post.sections().getFirst().body())
        .isEqualTo("Ask a neighbour.\n\n---\n\nThen read.");
  }

  @Test
  void a_hash_that_belongs_to_the_name_stays() {
    assertThat(parse("# Learning C#\n\nIt is a language.").title()).isEqualTo("Learning C#");
    assertThat(parse("# F# #\n\nIt is a language.").title()).isEqualTo("F#");
  }

  @Test
  void a_hashtag_and_an_indented_line_are_no_headings() {
    BlogPost post = parse(ARTICLE.replace("Then read.", "#bees\n\n    # a comment\n\n#######"));

    assertThat(post.sections().getFirst().body())
        .isEqualTo("Ask a neighbour.\n\n#bees\n\n    # a comment\n\n#######");
  }

  @Test
  void a_conclusion_under_another_name_is_known_in_many_languages() {
    for (String heading :
        new String[] {
          "Final Thoughts", "Fazit", "Conclusi\u00F3n: empezar", "Wrapping Up!", "\u7ED3\u8BBA"
        }) {
      isTheArticle(parse(ARTICLE.replace("Conclusion", heading)));
    }
  }

  @Test
  void with_enough_sections_the_last_one_is_the_conclusion_whatever_its_name() {
    isTheArticle(parse(ARTICLE.replace("Conclusion", "Onward")));
  }

  @Test
  void with_too_few_the_last_paragraph_closes() {
    BlogPost post = parse("# Title here\n\nIntro.\n\n## A\n\nText.\n\n## B\n\nMore.\n\nThe end.");

    assertThat(post.sections())
        .containsExactly(new Section("A", "Text."), new Section("B", "More."));
    assertThat(post.conclusion()).isEqualTo("The end.");
  }

  @Test
  void what_is_not_there_is_empty() {
    assertThat(parse("")).isEqualTo(new BlogPost("", "", List.of(), ""));
    assertThat(parse("Just one sentence.").introduction()).isEqualTo("Just one sentence.");
    assertThat(parse("A title\n\nA sentence.").title()).isEqualTo("A title");
    assertThat(parse("A sentence is no title.\n\nA sentence.").title()).isEmpty();
    assertThat(parse("# Only a title").title()).isEqualTo("Only a title");
    assertThat(parse("# Only a title").sections()).isEmpty();
  }

  @Test
  void nothing_but_markup_is_lost() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder markdown = new StringBuilder("# The title of it all\n\nThe introduction.\n\n");
      int sections = 4 + random.nextInt(5);
      for (int s = 0; s < sections; s++) {
        markdown
            .append("## Part number ")
            .append(s)
            .append("\n\n")
            .append(Texts.words(1 + random.nextInt(40), i + s));
        markdown.append("\n\n");
      }
      BlogPost post = parse(markdown.toString());
      assertThat(Words.of(post.plainText() + " Part number " + (sections - 1)))
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(Words.of(markdown.toString()));
    }
  }
}
