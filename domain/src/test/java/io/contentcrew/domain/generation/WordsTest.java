package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "' . , - !', 0",
    "one, 1",
    "one two  three, 3",
    "don't stop, 2",
    "don\u2019t stop, 2",
    "state-of-the-art, 1",
    "a - b, 2",
    "'rock ''n'' roll', 3",
    "trailing- -leading, 2",
    "3.14 and 1000, 4",
    "caf\u00E9 cafe\u0301, 2",
    "\u4E2D\u6587, 1",
    "\u4E2D\u6587\u5B57, 2",
    "\u4EBA\u5DE5\u667A\u80FD AI \u52A9\u624B, 4",
    "\u65E5\u672C\u8A9E\u306E\u6587\u7AE0, 3",
    "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35, 2",
    "\uC548\uB155\uD558\uC138\uC694 \uC138\uACC4, 2",
    "\u0645\u0631\u062D\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645, 2",
    "\u0928\u092E\u0938\u094D\u0924\u0947 \u0926\u0941\u0928\u093F\u092F\u093E, 2",
    "\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69, 0",
    "\uD801\uDC00\uD801\uDC01, 1",
    "a\u200Bb, 2"
  })
  void words_are_counted_as_their_speakers_would(String text, int words) {
    assertThat(Words.count(text)).isEqualTo(words);
  }

  @Test
  void words_come_in_lower_case_and_order() {
    assertThat(Words.of("Don't STOP, \u00C4rger! \u4E2D\u6587AI x-"))
        .isEqualTo(List.of("don't", "stop", "\u00E4rger", "\u4E2D", "\u6587", "ai", "x"));
    assertThat(Words.of("\u0E27\u0E31\u0E2A cafe\u0301 \u0301x"))
        .isEqualTo(List.of("\u0E27", "\u0E2A", "cafe\u0301", "x"));
    assertThat(Words.of("")).isEmpty();
  }

  @Test
  void without_dense_scripts_both_ways_of_counting_agree() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String text = Texts.random(random, 40).replaceAll("[\u0E00-\u0E7F\u3040-\u9FFF]", " ");
      assertThat(Words.of(text)).as("seed %s: %s", seed, text).hasSize(Words.count(text));
    }
  }

  @Test
  void more_text_never_has_fewer_words() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = Texts.random(random, 20);
      int before = 0;
      for (int end = 0; end <= text.length(); end++) {
        int words = Words.count(text.substring(0, end));
        assertThat(words).as("seed %s", seed).isGreaterThanOrEqualTo(before);
        before = words;
      }
    }
  }

  @Test
  void a_character_that_holds_a_word_is_two_wide() {
    assertThat(Words.width("abc")).isEqualTo(3);
    assertThat(Words.width("\u4EBA\u5DE5\u667A\u80FD")).isEqualTo(8);
    assertThat(Words.width("\uC778\uACF5 a")).isEqualTo(6);
    assertThat(Words.width("\uD83D\uDE00")).isEqualTo(1);
  }
}
