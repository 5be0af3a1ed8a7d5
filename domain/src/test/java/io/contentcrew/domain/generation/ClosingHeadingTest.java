package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingHeadingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conclusion",
        "CONCLUSION:",
        " Conclusion. ",
        "Conclusion: what to do",
        "Final Thoughts",
        "Key takeaways!",
        "In closing",
        "Fazit",
        "Zusammenfassung",
        "Conclusi\u00F3n",
        "Conclus\u00E3o",
        "\u7ED3\u8BBA",
        "\u307E\u3068\u3081",
        "\uACB0\uB860",
        "\u0417\u0430\u043A\u043B\u044E\u0447\u0435\u043D\u0438\u0435"
      })
  void headings_that_announce_the_end_are_known(String heading) {
    assertThat(ClosingHeading.matches(heading)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "Introduction", "The conclusions of others", "Summary of parts", "Why"})
  void other_headings_are_not(String heading) {
    assertThat(ClosingHeading.matches(heading)).isFalse();
  }

  @Test
  void each_language_has_its_word_or_none() {
    assertThat(ClosingHeading.in(new Language("de-AT"))).contains("Fazit");
    assertThat(ClosingHeading.in(new Language("sw"))).isEmpty();
  }
}
