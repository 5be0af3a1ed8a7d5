package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
  @Test
  void a_short_text_stays_whole() {
    assertThat(Cut.toLength("abc", 3)).isEqualTo("abc");
    assertThat(Cut.toLength("", 1)).isEmpty();
  }

  @Test
  void a_sentence_that_ends_in_the_second_half_is_the_end() {
    assertThat(Cut.toLength("A first sentence. A second one follows here.", 40))
        .isEqualTo("A first sentence. A second one follows\u2026");
    assertThat(Cut.toLength("A first sentence. A second one. And a third that is long.", 45))
        .isEqualTo("A first sentence. A second one.");
    assertThat(Cut.toLength("Is it so? Yes! " + "x".repeat(50), 20)).isEqualTo("Is it so? Yes!");
    assertThat(
            Cut.toLength("\u8FD9\u662F\u4E00\u53E5\u8BDD\u3002\u8FD9\u662F\u53E6\u4E00\u53E5", 8))
        .isEqualTo("\u8FD9\u662F\u4E00\u53E5\u8BDD\u3002");
  }

  @Test
  void a_point_within_a_word_ends_no_sentence() {
    assertThat(Cut.toLength("abcdefgh version 1.25abcdefghijk", 22))
        .isEqualTo("abcdefgh version\u2026");
  }

  @Test
  void without_a_sentence_it_ends_with_a_word_and_an_ellipsis() {
    assertThat(Cut.toLength("one two three four five", 16)).isEqualTo("one two three\u2026");
    assertThat(Cut.toLength("one two three  four five", 16)).isEqualTo("one two three\u2026");
  }

  @Test
  void without_words_it_ends_with_a_whole_character() {
    assertThat(Cut.toLength("abcdefghij", 5)).isEqualTo("abcd\u2026");
    assertThat(Cut.toLength("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 4))
        .isEqualTo("\uD83D\uDE00\u2026");
    assertThat(Cut.toLength("abe\u0301e\u0301e\u0301", 6)).isEqualTo("abe\u0301\u2026");
    assertThat(Cut.toLength("x", 1)).isEqualTo("x");
    assertThat(Cut.toLength("xy", 1)).isEqualTo("\u2026");
  }

  @Test
  void it_is_never_longer_than_asked_and_never_ends_in_half_a_character() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String text = FreeText.clean(Texts.random(random, 60));
      int max = 1 + random.nextInt(80);
      String cut = Cut.toLength(text, max);
      assertThat(cut.length()).as("seed %s: %s", seed, text).isLessThanOrEqualTo(max);
      assertThat(cut.codePoints().noneMatch(cp -> cp >= 0xD800 && cp <= 0xDFFF)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It ends.",
        "Does it?",
        "Yes!",
        "Well\u2026",
        "He said \"stop.\"",
        "(It ends.)",
        "*It ends.*",
        "As follows:",
        "\u7ED3\u675F\u3002",
        "\u7ED3\u675F\uFF01",
        "\u0647\u0644\u061F",
        "\u0905\u0902\u0924\u0964",
        "\u00AB Fin.\u00BB",
        "\u300C\u7D42\u308F\u308A\u3002\u300D"
      })
  void a_text_that_ends_a_sentence_is_known(String text) {
    assertThat(Cut.endsSentence(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "and then", "\"", "a,", "a;", "a -", "word)", "\uD83D\uDE00"})
  void a_text_that_breaks_off_is_known(String text) {
    assertThat(Cut.endsSentence(text)).isFalse();
  }
}
