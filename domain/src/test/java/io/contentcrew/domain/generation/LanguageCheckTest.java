package io.contentcrew.domain.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageCheckTest {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry(
              "en",
              "The best way to begin is to ask what the people around you need, and to write it"
                  + " down with the words that they use themselves, so that you can come back to"
                  + " it when the work is done."),
          Map.entry(
              "de",
              "Am besten fragt man zuerst, was die Menschen brauchen, und schreibt es mit den"
                  + " Worten auf, die sie selbst benutzen, damit man sp\u00E4ter, wenn die Arbeit"
                  + " getan ist, noch einmal auf das zur\u00FCckkommen kann, was nicht erledigt"
                  + " ist."),
          Map.entry(
              "fr",
              "La meilleure fa\u00E7on de commencer est de demander aux gens ce dont ils ont besoin"
                  + " et de le noter avec les mots qui sont les leurs, pour y revenir quand le"
                  + " travail est fait et que vous avez du temps pour une autre lecture."),
          Map.entry(
              "es",
              "La mejor manera de empezar es preguntar a las personas lo que necesitan y anotarlo"
                  + " con las palabras que usan, para que se pueda volver a ello cuando el trabajo"
                  + " est\u00E9 hecho y quede tiempo para una lectura con calma por la tarde."),
          Map.entry(
              "it",
              "Il modo migliore per cominciare \u00E8 chiedere alle persone che cosa serve e"
                  + " scriverlo con le parole che usano, per poi tornarci quando il lavoro \u00E8"
                  + " finito e non ci sono pi\u00F9 domande nel gruppo di chi lavora con noi."),
          Map.entry(
              "pt",
              "A melhor maneira de come\u00E7ar \u00E9 perguntar o que as pessoas precisam e"
                  + " escrever com as palavras que elas usam, para que voc\u00EA possa voltar ao"
                  + " texto do come\u00E7o quando o trabalho da equipe estiver feito e n\u00E3o"
                  + " houver pressa."),
          Map.entry(
              "nl",
              "De beste manier om te beginnen is vragen wat de mensen nodig hebben en het"
                  + " opschrijven met de woorden die zij gebruiken, zodat je het later, wanneer het"
                  + " werk klaar is, nog eens kunt lezen en dat niet op een ander moment hoeft te"
                  + " doen."),
          Map.entry(
              "ru",
              ("\u041B\u0443\u0447\u0448\u0435 \u0432\u0441\u0435\u0433\u043E"
                      + " \u043D\u0430\u0447\u0430\u0442\u044C \u0441"
                      + " \u0432\u043E\u043F\u0440\u043E\u0441\u0430 ")
                  .repeat(8)),
          Map.entry(
              "zh",
              "\u6700\u597D\u7684\u5F00\u59CB\u65B9\u5F0F\u662F\u8BE2\u95EE\u4EBA\u4EEC\u9700\u8981\u4EC0\u4E48\u3002"
                  .repeat(4)),
          Map.entry(
              "ja",
              "\u307E\u305A\u4EBA\u3005\u306B\u4F55\u304C\u5FC5\u8981\u304B\u3092\u5C0B\u306D\u308B\u3068\u3088\u3044\u3002"
                  .repeat(4)),
          Map.entry(
              "ko",
              "\uBA3C\uC800 \uC0AC\uB78C\uB4E4\uC5D0\uAC8C \uBB34\uC5C7\uC774 \uD544\uC694\uD55C\uC9C0 \uBB3C\uC5B4\uBCF4\uC138\uC694. "
                  .repeat(8)),
          Map.entry(
              "ar",
              "\u0623\u0641\u0636\u0644 \u0628\u062F\u0627\u064A\u0629 \u0647\u064A \u0623\u0646 \u062A\u0633\u0623\u0644 \u0627\u0644\u0646\u0627\u0633. "
                  .repeat(8)),
          Map.entry(
              "th",
              "\u0E40\u0E23\u0E34\u0E48\u0E21\u0E15\u0E49\u0E19\u0E14\u0E49\u0E27\u0E22\u0E01\u0E32\u0E23\u0E16\u0E32\u0E21\u0E04\u0E33\u0E16\u0E32\u0E21 "
                  .repeat(4)));

  private static List<Finding> check(String text, String language) {
    List<Finding> findings = new ArrayList<>();
    LanguageCheck.check("The text", text, new Language(language), findings);
    return findings;
  }

  @Test
  void a_text_in_its_language_passes_and_in_any_other_is_found() {
    TEXTS.forEach(
        (language, text) ->
            TEXTS
                .keySet()
                .forEach(
                    asked -> {
                      // Japanese is written with Han too, which is all that is asked of it
                      boolean alike =
                          language.equals(asked) || (asked.equals("ja") && language.equals("zh"));
                      assertThat(check(text, asked).isEmpty())
                          .as("text in %s, asked for %s", language, asked)
                          .isEqualTo(alike);
                    }));
  }

  @ParameterizedTest
  @CsvSource({"en-GB, en", "pt-BR, pt", "zh-Hant, zh", "de-CH, de"})
  void a_region_or_script_does_not_matter(String asked, String language) {
    assertThat(check(TEXTS.get(language), asked)).isEmpty();
  }

  @Test
  void a_finding_is_weak_and_names_the_language() {
    assertThat(check(TEXTS.get("en"), "de"))
        .containsExactly(Finding.weak("text.language", "The text must be in German."));
    assertThat(check(TEXTS.get("zh"), "de")).hasSize(1);
  }

  @Test
  void what_is_too_short_or_in_a_language_it_does_not_know_passes() {
    assertThat(check("The cat and the dog.", "de")).isEmpty();
    assertThat(check(TEXTS.get("en"), "sw")).isEmpty();
    assertThat(check(TEXTS.get("zh"), "sw")).isEmpty();
    assertThat(check("", "en")).isEmpty();
  }

  @Test
  void some_foreign_words_are_no_foreign_text() {
    assertThat(check(TEXTS.get("en") + " \u6700\u597D\u7684\u5F00\u59CB\u65B9\u5F0F", "en"))
        .isEmpty();
    assertThat(check(TEXTS.get("de") + " The best way to begin is to ask.", "de")).isEmpty();
  }
}
