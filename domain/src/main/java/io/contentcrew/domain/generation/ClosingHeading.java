package io.contentcrew.domain.generation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the last part of an article is called, in the languages one meets most. */
final class ClosingHeading {
  private static final Map<String, String> BY_LANGUAGE =
      Map.ofEntries(
          Map.entry("en", "Conclusion"),
          Map.entry("fr", "Conclusion"),
          Map.entry("es", "Conclusi\u00F3n"),
          Map.entry("pt", "Conclus\u00E3o"),
          Map.entry("it", "Conclusione"),
          Map.entry("de", "Fazit"),
          Map.entry("nl", "Conclusie"),
          Map.entry("sv", "Slutsats"),
          Map.entry("da", "Konklusion"),
          Map.entry("no", "Konklusjon"),
          Map.entry("nb", "Konklusjon"),
          Map.entry("pl", "Podsumowanie"),
          Map.entry("cs", "Z\u00E1v\u011Br"),
          Map.entry("ru", "\u0417\u0430\u043A\u043B\u044E\u0447\u0435\u043D\u0438\u0435"),
          Map.entry("uk", "\u0412\u0438\u0441\u043D\u043E\u0432\u043E\u043A"),
          Map.entry("tr", "Sonu\u00E7"),
          Map.entry("ar", "\u0627\u0644\u062E\u0627\u062A\u0645\u0629"),
          Map.entry("he", "\u05E1\u05D9\u05DB\u05D5\u05DD"),
          Map.entry("hi", "\u0928\u093F\u0937\u094D\u0915\u0930\u094D\u0937"),
          Map.entry("zh", "\u7ED3\u8BBA"),
          Map.entry("ja", "\u307E\u3068\u3081"),
          Map.entry("ko", "\uACB0\uB860"));

  private static final Set<String> ALSO =
      Set.of(
          "conclusions",
          "final thoughts",
          "closing thoughts",
          "in closing",
          "in conclusion",
          "summary",
          "wrapping up",
          "the bottom line",
          "takeaways",
          "key takeaways",
          "schluss",
          "zusammenfassung",
          "resumen",
          "en conclusion");

  private ClosingHeading() {}

  /** The heading in that language; empty where we do not know it. */
  static Optional<String> in(Language language) {
    return Optional.ofNullable(BY_LANGUAGE.get(language.primary()));
  }

  /** Whether a heading announces the end of an article. */
  static boolean matches(String heading) {
    String lower = LowerCase.of(heading.strip());
    int end = lower.length();
    while (end > 0 && ":.!".indexOf(lower.charAt(end - 1)) >= 0) {
      end--;
    }
    String plain = lower.substring(0, end);
    return ALSO.contains(plain)
        || BY_LANGUAGE.values().stream().anyMatch(word -> plain.startsWith(LowerCase.of(word)));
  }
}
