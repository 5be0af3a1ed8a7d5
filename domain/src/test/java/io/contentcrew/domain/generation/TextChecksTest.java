package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextChecksTest {
  private static List<Finding> findings(Consumer<List<Finding>> check) {
    List<Finding> findings = new ArrayList<>();
    check.accept(findings);
    return findings;
  }

  private static List<Finding> degenerate(String text) {
    return findings(found -> TextChecks.degenerate("The text", text, found));
  }

  private static List<Finding> leaks(String text) {
    return findings(found -> TextChecks.leaks("The text", text, "a topic", "", found));
  }

  @Test
  void sound_prose_of_any_length_is_no_babble() {
    for (int words : new int[] {1, 10, 100, 1_000}) {
      assertThat(degenerate(Texts.words(words))).isEmpty();
    }
  }

  @Test
  void runs_of_words_that_come_again_are_babble() {
    assertThat(degenerate("the same five words again ".repeat(20)))
        .extracting(Finding::check)
        .containsExactly("text.degenerate");
    assertThat(degenerate(Texts.words(60) + " " + Texts.words(60))).isNotEmpty();
    assertThat(degenerate(Texts.words(100) + " " + Texts.words(60))).isEmpty();
    assertThat(degenerate("one two three four ".repeat(9))).isEmpty(); // too short to judge
  }

  @Test
  void a_line_that_comes_a_third_time_is_babble() {
    String line = "This line has twenty characters and more.";

    assertThat(degenerate(line + "\n" + Texts.words(50) + "\n" + line)).isEmpty();
    assertThat(degenerate(line + "\n" + Texts.words(80) + "\n " + line + "\n" + line.toUpperCase()))
        .hasSize(1);
    assertThat(degenerate("- short\n- short\n- short\n- short")).isEmpty();
    assertThat(degenerate((line + "\n").repeat(30))).hasSize(2);
  }

  @Test
  void white_space_that_runs_on_is_babble() {
    assertThat(degenerate("a" + " ".repeat(200) + "b")).isEmpty();
    assertThat(degenerate("a" + " \n".repeat(101) + "b")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "As an AI, I cannot know.",
        "as a language model",
        "I'm an AI",
        "Dear [Insert name]",
        "[Your Company]",
        "Hello {{name}}",
        "Lorem ipsum dolor",
        "<|eot_id|>",
        "[INST] x [/INST]"
      })
  void traces_of_models_and_templates_are_found(String text) {
    assertThat(leaks(text)).isNotEmpty().allMatch(f -> f.severity() == Finding.Severity.FATAL);
  }

  @Test
  void what_the_topic_itself_says_is_no_trace() {
    List<Finding> findings =
        findings(
            found ->
                TextChecks.leaks(
                    "The text", "Life as an AI engineer.", "Working as an AI engineer", "", found));

    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", " Text ", "...", "\u2026", "N/A", "TODO", "null", "-"})
  void a_placeholder_is_found(String text) {
    assertThat(leaks(text)).extracting(Finding::check).containsExactly("text.placeholder");
  }

  @Test
  void plain_prose_leaks_nothing() {
    assertThat(leaks("A string of text, with [brackets] and {braces}, said none of them."))
        .isEmpty();
    assertThat(leaks(Texts.words(500))).isEmpty();
  }

  @Test
  void eight_words_of_the_instructions_are_a_leak_and_seven_are_not() {
    String system = "You are a writer who never ever uses more words than needed here.";

    assertThat(
            findings(
                found ->
                    TextChecks.leaks(
                        "x", "so YOU are, a writer who never ever uses them", "t", system, found)))
        .hasSize(1);
    assertThat(
            findings(
                found ->
                    TextChecks.leaks("x", "you are a writer who never ever", "t", system, found)))
        .isEmpty();
  }

  @Test
  void texts_overlap_when_they_share_a_run_of_words() {
    String text = Texts.words(30, 1);

    assertThat(TextChecks.overlaps("x " + text, text + " y", 20)).isTrue();
    assertThat(TextChecks.overlaps(Texts.words(30, 2), text, 20)).isFalse();
    assertThat(TextChecks.overlaps(text, "short", 20)).isFalse();
    assertThat(TextChecks.overlaps("short", text, 20)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "See [the guide](https://made.up/x) now. | See the guide now.",
        "See ![a picture](https://made.up/x.png 'title') now. | See a picture now.",
        "Go to https://made.up/path?x=1 today. | Go to  today.",
        "(https://made.up) | ()",
        "[a](b)[c](d) | ac",
        "[ref] and (aside) | [ref] and (aside)",
        "[unclosed](http://made.up | [unclosed](",
        "Plain made.up text. | Plain made.up text."
      })
  void invented_links_go_and_their_words_stay(String text, String without) {
    assertThat(TextChecks.withoutInventedLinks(text, "")).isEqualTo(without);
  }

  @Test
  void links_that_the_sources_have_stay() {
    String text =
        "See [us](https://known.example/a) and https://known.example/b, or https://made.up.";

    assertThat(
            TextChecks.withoutInventedLinks(
                text, "https://known.example/a https://known.example/b,"))
        .isEqualTo("See [us](https://known.example/a) and https://known.example/b, or ");
  }

  @Test
  void figures_that_stand_in_no_source_are_told_to_the_reader() {
    assertThat(
            findings(
                found ->
                    TextChecks.unverifiedNumbers(
                        "In 2024, 37% of 1,200 people, 3.5 each, and 5% in 2019; 37% again.",
                        "A survey of 2024 among 1,200", found)))
        .containsExactly(
            Finding.note(
                "text.unverified",
                "Please check these figures, which the topic does not give: 37%, 3.5, 5%, 2019."));
  }

  @Test
  void small_counts_and_parts_of_words_are_no_figures() {
    assertThat(
            findings(
                found ->
                    TextChecks.unverifiedNumbers(
                        "3 ways to use MP3 files and B2B, one 4x, h264", "", found)))
        .isEmpty();
  }

  @Test
  void figures_count_too_in_scripts_without_spaces() {
    assertThat(
            findings(
                found ->
                    TextChecks.unverifiedNumbers(
                        "\u57282024\u5E74\u589E\u957F\u4E8650%", "\u57282024\u5E74", found)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).endsWith(": 50%."));
  }

  @Test
  void five_figures_are_told_at_most() {
    assertThat(
            findings(found -> TextChecks.unverifiedNumbers("11 12 13 14 15 16 17 18", "", found))
                .getFirst()
                .message())
        .endsWith(": 11, 12, 13, 14, 15.");
  }
}
