package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource({
    "en, en, en, English",
    "EN, en, en, English",
    "pt-br, pt-BR, pt, Portuguese (Brazil)",
    "zh-hant, zh-Hant, zh, Chinese (Traditional Han)",
    "zh-Hant-TW, zh-Hant-TW, zh, 'Chinese (Traditional Han, Taiwan)'",
    "de-CH-1996, de-CH-1996, de, 'German (Switzerland, German orthography of 1996)'",
    "yue, yue, yue, Cantonese",
    "fil, fil, fil, Filipino",
    "es-419, es-419, es, Spanish (Latin America)",
    "iw, he, he, Hebrew"
  })
  void tags_are_kept_in_their_canonical_form(
      String tag, String canonical, String primary, String englishName) {
    Language language = new Language(tag);

    assertThat(language.tag()).isEqualTo(canonical);
    assertThat(language.toString()).isEqualTo(canonical);
    assertThat(language.primary()).isEqualTo(primary);
    assertThat(language.englishName())
        .startsWith(englishName.substring(0, Math.min(6, englishName.length())));
    assertThat(Language.parse(tag)).contains(language);
    assertThat(new Language(language.tag())).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "e",
        "english",
        "german",
        "root",
        "und",
        "x-private",
        "qq",
        "zz",
        "en_US",
        "en-",
        "-en",
        "en--US",
        "en US",
        "en\n",
        "123",
        "\u00E9n",
        "en-\uD83D\uDE00",
        "../../etc/passwd",
        "en-u-co-phonebk-x-a-very-long-private-part-of-it"
      })
  void what_is_no_tag_of_a_language_is_refused(String tag) {
    assertThat(Language.parse(tag)).isEmpty();
    assertThatThrownBy(() -> new Language(tag))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BCP 47");
  }

  @Test
  void equal_languages_are_equal_whatever_the_case() {
    assertThat(new Language("PT-br")).isEqualTo(new Language("pt-BR"));
    assertThat(Language.ENGLISH).isEqualTo(new Language("en"));
  }
}
