package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTextTest {
  @Test
  void line_ends_become_line_feeds() {
    assertThat(FreeText.clean("a\r\nb\rc\nd\r\r\ne")).isEqualTo("a\nb\nc\nd\n\ne");
  }

  @Test
  void white_space_around_is_removed_and_that_within_is_kept() {
    assertThat(FreeText.clean(" \n\t a \t b  c \n ")).isEqualTo("a \t b  c");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0x202A, 0x202B,
        0x202D, 0x202E, 0x2066, 0x2069, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF
      })
  void characters_that_no_reader_wants_are_dropped(int cp) {
    assertThat(FreeText.clean("a" + Character.toString(cp) + "b")).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x20, 0x7E, 0xA0, 0xAD, 0x0301, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0xFDCF,
        0xFDF0, 0xFE0F, 0xFFFD, 0x1F600, 0xE0062, 0x10FFFD
      })
  void all_others_are_kept(int cp) {
    assertThat(FreeText.clean("a" + Character.toString(cp) + "b"))
        .isEqualTo("a" + Character.toString(cp) + "b");
  }

  @Test
  void half_characters_are_dropped_and_do_not_find_each_other() {
    assertThat(FreeText.clean("a\uD83Db\uDE00c")).isEqualTo("abc");
    assertThat(FreeText.clean("\uDE00\uD83D")).isEmpty();
    assertThat(FreeText.clean("\uD83D\u0000\uDE00")).isEmpty();
    assertThat(FreeText.clean("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void clean_text_stays_as_it_is() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String clean = FreeText.clean(Texts.random(random, 30));
      assertThat(FreeText.clean(clean)).as("seed %s", seed).isEqualTo(clean);
      assertThat(clean.codePoints().anyMatch(cp -> cp >= 0xD800 && cp <= 0xDFFF)).isFalse();
      assertThat(clean).doesNotContain("\r", "\u0000", "\uFEFF", "\u202E");
    }
  }

  @Test
  void length_counts_code_points() {
    assertThat(FreeText.length("")).isZero();
    assertThat(FreeText.length("a\uD83D\uDE00\u4E00")).isEqualTo(3);
  }

  @Test
  void lower_case_goes_letter_by_letter() {
    assertThat(LowerCase.of("AbC \u00C4\u00D6 \u0130 \uD801\uDC00 1"))
        .isEqualTo("abc \u00E4\u00F6 i \uD801\uDC28 1");
    assertThat(LowerCase.of("")).isEmpty();
  }
}
