package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PostSplitTest {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private static List<String> split(String text) {
    return PostSplit.of(text, Network.X);
  }

  /** Parts fit, none is empty or begins or ends with white space, and nothing is lost. */
  private static void assertThread(String text, Network network) {
    List<String> parts = PostSplit.of(text, network);
    for (String part : parts) {
      assertThat(network.count(part)).as(Texts.shown(part)).isLessThanOrEqualTo(network.limit());
      assertThat(part).isNotBlank().doesNotMatch("(?sU)\\s.*|.*\\s");
    }
    assertThat(String.join("", parts).replaceAll("(?U)\\s", ""))
        .isEqualTo(text.replaceAll("(?U)\\s", ""));
  }

  static Stream<String> texts() {
    return Stream.concat(NaughtyStrings.all().stream(), Texts.hostile(1_500).stream());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatever_is_split_fits_and_nothing_of_it_is_lost(String text) {
    assertThread(text, Network.X);
    assertThread(text + "\n\n" + Texts.words(80) + text, Network.X);
  }

  @ParameterizedTest
  @EnumSource(Network.class)
  void random_texts_fit_every_network(Network network) {
    Random random = new Random(20_261_123);
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 2.5 * Math.min(network.limit(), 3_000)) {
        text.append(Texts.random(random, 60)).append(random.nextInt(3) == 0 ? " " : "");
      }
      assertThread(text.toString(), network);
    }
  }

  @Test
  void words_and_links_are_never_cut_where_they_fit_into_a_post() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      List<String> words = new ArrayList<>();
      for (int n = 0; n < 150; n++) {
        words.add(
            switch (random.nextInt(12)) {
              case 0 -> "https://example.com/" + "a-b/".repeat(random.nextInt(60)) + n;
              case 1 -> "\uD83D\uDC69\u200D\uD83D\uDE80";
              case 2 -> "well-known" + n;
              default -> "w".repeat(1 + random.nextInt(20)) + n;
            });
      }
      List<String> found = new ArrayList<>();
      for (String part : split(String.join(" ", words))) {
        found.addAll(List.of(part.split(" ")));
      }
      assertThat(found).isEqualTo(words);
    }
  }

  @Test
  void a_post_ends_after_a_paragraph_or_a_sentence_where_one_ends_in_its_second_half() {
    String first = "a".repeat(100) + " " + "b".repeat(60);
    String rest = "c".repeat(60) + ". " + "d".repeat(230);
    assertThat(split(first + "\n\n" + rest))
        .containsExactly(first, "c".repeat(60) + ".", "d".repeat(230));
    assertThat(split(first + ". " + rest.replace(".", "")))
        .containsExactly(first + ".", "c".repeat(60), "d".repeat(230));
    assertThat(split("Hi. " + "e".repeat(250) + " " + "f".repeat(200)))
        .as("an end in the first half would waste the post")
        .containsExactly("Hi. " + "e".repeat(250), "f".repeat(200));
  }

  @Test
  void a_link_counts_as_x_counts_it_however_long_it_is() {
    String link = "https://example.com/" + "x".repeat(400);
    String text = "a".repeat(200) + " " + link + " " + "b".repeat(50) + " " + "c".repeat(100);
    assertThat(split(text))
        .containsExactly("a".repeat(200) + " " + link + " " + "b".repeat(50), "c".repeat(100));
  }

  @Test
  void scripts_without_blanks_are_cut_after_sentences_and_never_within_a_link() {
    String sentence = "\u8336".repeat(100) + "\u3002";
    assertThat(split(sentence.repeat(3))).containsExactly(sentence, sentence, sentence);
    String link = "https://example.com/tea";
    String text = "\u8336".repeat(120) + link + "\u8336".repeat(120);
    assertThat(split(text)).anyMatch(part -> part.contains(link)).hasSize(2);
  }

  @Test
  void a_word_that_fits_no_post_is_cut_between_characters_as_a_reader_sees_them() {
    String astronaut = "\uD83D\uDC69\u200D\uD83D\uDE80";
    String text = (astronaut + "e\u0301").repeat(300);
    List<String> parts = split(text);
    assertThat(String.join("", parts)).isEqualTo(text);
    List<String> characters = new ArrayList<>();
    for (String part : parts) {
      GRAPHEME.matcher(part).results().forEach(found -> characters.add(found.group()));
    }
    assertThat(characters).hasSize(600).containsOnly(astronaut, "e\u0301");
  }

  @Test
  void a_long_text_is_split_in_good_time() {
    String text = Texts.words(10_000) + " \u8336".repeat(2_000) + "\u8336".repeat(20_000);
    long start = System.nanoTime();
    assertThread(text, Network.X);
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }
}
