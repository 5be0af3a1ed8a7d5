package io.contentcrew.adapters.export;

import io.contentcrew.domain.generation.Language;
import java.util.Locale;
import java.util.Set;

/** In which direction a language is written. */
final class Direction {
  /** Languages that are written from right to left where no script is named. */
  private static final Set<String> LANGUAGES =
      Set.of("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi");

  private static final Set<String> SCRIPTS =
      Set.of("Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa");

  private Direction() {}

  static boolean isRightToLeft(Language language) {
    String script = Locale.forLanguageTag(language.tag()).getScript();
    return script.isEmpty() ? LANGUAGES.contains(language.primary()) : SCRIPTS.contains(script);
  }
}
