package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "  \n ", "\u0000", "two\nlines", "two\u2028lines", "a\ttab"})
  void what_is_no_line_is_no_title(String text) {
    assertThat(Title.parse(text)).isEmpty();
  }

  @Test
  void a_title_is_measured_in_code_points_and_cleaned() {
    String longest = "\uD83C\uDF75".repeat(Title.MAX_LENGTH);
    assertThat(Title.parse(longest)).isPresent();
    assertThat(Title.parse(longest + "x")).isEmpty();
    assertThat(Title.parse("  My \u202Etea ").map(Title::value)).contains("My tea");
  }

  @Test
  void words_are_looked_for_in_title_and_topic_without_regard_to_case_and_form() {
    String text =
        SearchText.of(Title.parse("Caf\u00E9 \uFF21\uFF22"), "GROSSE Pl\u00E4ne\nf\u00FCr Tee");
    assertThat(SearchText.words("  TEE\u3000cafe\u0301 ab pl\u00E4ne tee "))
        .containsExactly("tee", "caf\u00E9", "ab", "pl\u00E4ne")
        .allMatch(text::contains);
    assertThat(SearchText.words(" \n ")).isEmpty();
    assertThat(SearchText.of(Optional.empty(), "Tea")).isEqualTo("tea");
  }
}
