package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
  private static List<Finding> check(String opening, Brief brief) {
    List<Finding> findings = new ArrayList<>();
    TopicCheck.check("The article", opening, brief, findings);
    return findings;
  }

  private static boolean passes(String opening, String topic) {
    return check(opening, Brief.about(topic)).isEmpty();
  }

  @Test
  void an_opening_that_names_the_topic_passes_and_another_is_found() {
    String topic = "How to keep honey bees in a small garden";

    assertThat(passes("Keeping a honey bee hive in small gardens is easy.", topic)).isTrue();
    assertThat(passes("Cooking pasta takes water and salt.", topic)).isFalse();
    assertThat(check("Cooking pasta.", Brief.about(topic)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WEAK);
              assertThat(finding.check()).isEqualTo("text.topic");
            });
  }

  @Test
  void six_in_ten_key_words_are_enough() {
    String topic = "alpha bravo charlie delta foxtrot";

    assertThat(passes("alpha bravo charlie", topic)).isTrue();
    assertThat(passes("alpha bravo", topic)).isFalse();
  }

  @Test
  void plurals_and_endings_still_match() {
    assertThat(passes("Gardening with composted leaves", "gardens compost leaf")).isTrue();
  }

  @Test
  void words_that_say_nothing_are_not_asked_for() {
    assertThat(passes("Nothing of it", "What should people make with these things")).isTrue();
    assertThat(passes("Nothing of it", "a b c or so")).isTrue();
  }

  @Test
  void other_languages_and_scripts_are_not_judged() {
    Brief german = Brief.about("Honigbienen halten").withLanguage(new Language("de"));

    assertThat(check("Etwas anderes", german)).isEmpty();
    assertThat(passes("Something else", "\u4EBA\u5DE5\u667A\u80FD\u4E0E\u6559\u80B2")).isTrue();
  }

  @Test
  void a_topic_that_is_a_brief_of_its_own_is_not_judged() {
    assertThat(
            passes(
                "Something else",
                "alpha bravo charlie delta echoes foxtrot golfer hotel india juliet kilo"))
        .isTrue();
  }

  /** No title or opening could hold it. */
  @Test
  void an_endless_word_is_no_key_word() {
    assertThat(passes("Something else", "a".repeat(5_000))).isTrue();
    assertThat(passes("Something else", "a".repeat(41))).isTrue();
    assertThat(passes("Something else", "a".repeat(40))).isFalse();
  }
}
