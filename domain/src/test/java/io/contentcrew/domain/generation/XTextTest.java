package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XTextTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "This is a test., 15",
    "caf\u00E9, 4",
    "cafe\u0301, 4", // NFC makes one character of two
    "\u0416\u0416\u0416, 3",
    "\u0391\u03B2, 2",
    "\u05E9\u05DC\u05D5\u05DD, 4",
    "\u0645\u0631\u062D\u0628\u0627, 5",
    "\u0928\u092E, 2",
    "\u10FF, 1", // the last of the first light range
    "\u1100, 2",
    "\u4E2D\u6587, 4",
    "\u65E5\u672C\u8A9E, 6",
    "\uC800\uCC00, 4",
    "'\u2000\u200D', 2",
    "\u200E, 2",
    "\u2010\u201F, 2",
    "\u201C\u201D\u2018\u2019\u2014, 5",
    "\u2026, 2", // an ellipsis is in none of the light ranges
    "\u2032\u2037, 2",
    "\u20AC, 2",
    "'\u2028', 2",
    "\uD83D\uDE00, 2",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66, 2",
    "\uD83D\uDC4D\uD83C\uDFFF, 2",
    "\uD83C\uDDE9\uD83C\uDDEA, 2",
    "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7, 4",
    "1\uFE0F\u20E3, 2",
    "\u263A, 2",
    "\u2764\uFE0F, 2",
    "\u00A9, 1",
    "\u00A9\uFE0F, 2",
    "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F, 2",
    "\uD800\uDC00, 2",
    "H\uD83D\uDC31\u263A, 5"
  })
  void characters_count_one_or_two_and_an_emoji_two_however_it_is_composed(String text, int count) {
    assertThat(XText.weightedLength(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "http://test.com, 23",
    "https://test.com, 23",
    "HTTPS://TEST.COM, 23",
    "test.com, 23",
    "www.example.com, 23",
    "t.co, 23",
    "foo.co.jp, 23",
    "example.de/path, 23",
    "'Test https://test.com test https://test.com test.com test', 86",
    "https://example.com/a/very/long/path?with=many&parameters=in%20it#and-an-anchor, 23",
    "https://test.com., 24", // the sentence ends after the link
    "'(see https://test.com)', 29",
    "'https://test.com, and', 28",
    "'\"https://test.com\"', 25",
    "https://test.com/path\u4E2D\u6587, 27", // what comes after in another script is no link
    "\u4E2D\u6587https://test.com, 27",
    "\u898B\u3066test.com\u3067\u3059, 31",
    "https://\u4F8B\u3048.jp, 30", // counts 23 for X; the higher count is the safe one
    "https://localhost, 23",
    "https://localhost/a-path-that-is-longer-than-23, 47",
    "user@example.com, 16",
    "@example.com, 12",
    "e.g. this, 9",
    "end.It was, 10",
    "version 3.14 now, 16",
    "file.tar, 8",
    "example.comx, 12",
    "Node.js, 7"
  })
  void links_count_23_whatever_their_length(String text, int count) {
    assertThat(XText.weightedLength(text)).isEqualTo(count);
  }

  @Test
  void a_keycap_is_an_emoji() {
    assertThat(XText.weightedLength("#\uFE0F\u20E3*\uFE0F\u20E30\u20E3")).isEqualTo(6);
    assertThat(XText.weightedLength("#*0")).isEqualTo(3);
  }

  @Test
  void what_fits_is_left_as_it_is() {
    String text = "x".repeat(280);

    assertThat(XText.fit(text, 280)).isSameAs(text);
    assertThat(XText.fit("", 280)).isEmpty();
  }

  @Test
  void a_text_is_cut_at_the_end_of_a_sentence_or_else_of_a_word() {
    String sentence = "This sentence has words. ";

    assertThat(XText.fit(sentence.repeat(12), 280)).isEqualTo(sentence.repeat(11).strip());
    assertThat(XText.fit("word ".repeat(70), 280)).endsWith(" word\u2026").doesNotContain("  ");
  }

  @Test
  void a_text_without_blanks_is_cut_within_no_character() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

    assertThat(XText.fit(family.repeat(141), 280))
        .isIn(family.repeat(138) + "\u2026", family.repeat(139) + "\u2026");
    assertThat(XText.fit("\u4E2D".repeat(200), 280)).isEqualTo("\u4E2D".repeat(139) + "\u2026");
    assertThat(XText.fit("a".repeat(300), 280)).isEqualTo("a".repeat(278) + "\u2026");
  }

  @Test
  void a_text_cut_to_fit_fits_whatever_it_holds() {
    long seed = Long.getLong("crew.test.seed", 20_261_122);
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String text = FreeText.clean(Texts.random(random, 150));
      int max = 20 + random.nextInt(260);
      String fitted = XText.fit(text, max);
      assertThat(XText.weightedLength(fitted))
          .as("seed %s: %s", seed, text)
          .isLessThanOrEqualTo(max);
      if (!fitted.equals(text)) {
        assertThat(text).startsWith(fitted.replaceAll("\u2026$", ""));
      }
    }
  }

  @Test
  void long_links_do_not_keep_a_text_from_being_cut() {
    for (int length = 0; length < 400; length += 7) {
      String link = "www." + "long-name.".repeat(length / 10) + "example.com";
      for (String text :
          new String[] {
            "y".repeat(250) + " " + link + " " + "z".repeat(300),
            link + "y".repeat(length) + ". " + "z".repeat(300),
            "https://example.com/" + "p".repeat(length) + "\u3002" + "\u4E2D".repeat(200)
          }) {
        assertThat(XText.weightedLength(XText.fit(text, 280))).isLessThanOrEqualTo(280);
      }
    }
  }
}
