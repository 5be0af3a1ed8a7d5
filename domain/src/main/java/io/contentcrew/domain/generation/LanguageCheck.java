package io.contentcrew.domain.generation;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a text is in the language that was asked for: by its script, and among languages in Latin
 * script by which one's small words it uses most. It judges only what it can tell, and lets the
 * rest pass.
 */
final class LanguageCheck {
  private static final int ENOUGH_WORDS = 30;

  private static final Map<String, Set<UnicodeScript>> SCRIPTS =
      Map.ofEntries(
          Map.entry("ru", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("uk", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("bg", Set.of(UnicodeScript.CYRILLIC)),
          Map.entry("el", Set.of(UnicodeScript.GREEK)),
          Map.entry("he", Set.of(UnicodeScript.HEBREW)),
          Map.entry("ar", Set.of(UnicodeScript.ARABIC)),
          Map.entry("fa", Set.of(UnicodeScript.ARABIC)),
          Map.entry("ur", Set.of(UnicodeScript.ARABIC)),
          Map.entry("hi", Set.of(UnicodeScript.DEVANAGARI)),
          Map.entry("bn", Set.of(UnicodeScript.BENGALI)),
          Map.entry("th", Set.of(UnicodeScript.THAI)),
          Map.entry("zh", Set.of(UnicodeScript.HAN)),
          Map.entry(
              "ja", Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA)),
          Map.entry("ko", Set.of(UnicodeScript.HANGUL)));

  /** Words that are frequent in one language and rare in the others of this table. */
  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "en",
              Set.of(
                  "the", "and", "of", "to", "is", "that", "with", "for", "your", "you", "are",
                  "this", "it"),
          "fr",
              Set.of(
                  "les", "des", "et", "est", "une", "pour", "dans", "vous", "qui", "avec", "votre",
                  "sur", "du"),
          "de",
              Set.of(
                  "der",
                  "die",
                  "das",
                  "und",
                  "ist",
                  "nicht",
                  "mit",
                  "ein",
                  "eine",
                  "f\u00FCr",
                  "sie",
                  "auf",
                  "zu"),
          "es",
              Set.of(
                  "los", "las", "el", "y", "es", "una", "para", "con", "por", "su", "que", "del",
                  "lo"),
          "it",
              Set.of(
                  "il",
                  "gli",
                  "di",
                  "e",
                  "che",
                  "una",
                  "per",
                  "con",
                  "sono",
                  "della",
                  "nel",
                  "non",
                  "pi\u00F9"),
          "pt",
              Set.of(
                  "os",
                  "as",
                  "o",
                  "e",
                  "uma",
                  "para",
                  "com",
                  "n\u00E3o",
                  "voc\u00EA",
                  "seu",
                  "sua",
                  "do",
                  "da"),
          "nl",
              Set.of(
                  "de", "het", "een", "en", "van", "is", "niet", "met", "voor", "je", "op", "zijn",
                  "dat"));

  private LanguageCheck() {}

  /** Whether the language is written in another script than the Latin one. */
  static boolean hasOtherScript(Language language) {
    return SCRIPTS.containsKey(language.primary());
  }

  /** Adds a finding when the text is clearly in another language than {@code language}. */
  static void check(String where, String text, Language language, List<Finding> findings) {
    List<String> words = Words.of(text);
    if (words.size() < ENOUGH_WORDS) {
      return;
    }
    Set<UnicodeScript> expected =
        SCRIPTS.getOrDefault(language.primary(), Set.of(UnicodeScript.LATIN));
    boolean judgesScript =
        SCRIPTS.containsKey(language.primary()) || SMALL_WORDS.containsKey(language.primary());
    if (judgesScript && share(text, expected) < 0.5) {
      findings.add(wrong(where, language));
      return;
    }
    Set<String> own = SMALL_WORDS.get(language.primary());
    if (own == null) {
      return;
    }
    long mine = votes(words, own);
    SMALL_WORDS.forEach(
        (other, small) -> {
          if (!other.equals(language.primary()) && votes(words, small) > 2 * mine + 3) {
            if (findings.stream().noneMatch(finding -> finding.equals(wrong(where, language)))) {
              findings.add(wrong(where, language));
            }
          }
        });
  }

  private static Finding wrong(String where, Language language) {
    return Finding.weak("text.language", where + " must be in " + language.englishName() + ".");
  }

  private static long votes(List<String> words, Set<String> small) {
    return words.stream().filter(small::contains).count();
  }

  private static double share(String text, Set<UnicodeScript> scripts) {
    int letters = 0;
    int expected = 0;
    for (int i = 0; i < text.length(); ) {
      int cp = text.codePointAt(i);
      i += Character.charCount(cp);
      if (Character.isLetter(cp)) {
        letters++;
        if (scripts.contains(UnicodeScript.of(cp))) {
          expected++;
        }
      }
    }
    return letters == 0 ? 0 : expected / (double) letters;
  }
}
