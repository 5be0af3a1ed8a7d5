package io.contentcrew.testkit;

import io.contentcrew.domain.generation.Language;
import io.contentcrew.domain.generation.Words;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * An endless supply of sentences that no check takes for babble: English ones put together from
 * parts, and for other languages made-up words in the right script. Deterministic.
 */
final class Sentences {
  // Thirteen each: with a prime number of parts no two of them meet again for 169 sentences.
  private static final String[] OPENINGS = {
    "A clear plan",
    "Every small team",
    "The first draft",
    "Good timing",
    "An honest story",
    "One simple question",
    "Steady practice",
    "A friendly tone",
    "The right example",
    "Careful research",
    "A short list",
    "Plain language",
    "A second look"
  };
  private static final String[] MIDDLES = {
    "turns vague ideas into", "helps people notice", "opens the door to", "saves time and brings",
    "gives room for", "builds the ground for", "points gently towards", "keeps the focus on",
    "adds weight to", "leads in steps to", "brings fresh eyes to", "shows the way to",
    "takes the fear out of"
  };
  private static final String[] CLOSINGS = {
    "results that last",
    "what matters most",
    "better daily choices",
    "work worth sharing",
    "the people we serve",
    "a habit that stays",
    "lessons from real life",
    "details others overlook",
    "trust between strangers",
    "ideas that travel well",
    "a calm next step",
    "progress without hurry",
    "questions worth asking"
  };

  private static final String LATIN = "abcdefghijklmnoprstuvz";

  /** Letters of the languages that are written otherwise. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("ru", range('\u0430', 30)),
          Map.entry("uk", range('\u0430', 26)),
          Map.entry("bg", range('\u0430', 26)),
          Map.entry("el", range('\u03B1', 17)),
          Map.entry("he", range('\u05D0', 27)),
          Map.entry("ar", range('\u0627', 20)),
          Map.entry("fa", range('\u0627', 20)),
          Map.entry("ur", range('\u0627', 20)),
          Map.entry("hi", range('\u0915', 30)),
          Map.entry("bn", range('\u0995', 18)),
          Map.entry("th", range('\u0E01', 40)),
          Map.entry("zh", range('\u4E00', 200)),
          Map.entry("ja", range('\u3042', 60)),
          Map.entry("ko", range('\uAC00', 200)));

  /** Languages in which every two characters count as a word. */
  private static final Set<String> DENSE = Set.of("th", "zh", "ja");

  /** Small words by which the language shows. */
  private static final Map<String, String[]> SMALL_WORDS =
      Map.of(
          "fr", new String[] {"les", "des", "est", "pour", "dans", "avec"},
          "de", new String[] {"der", "die", "und", "ist", "nicht", "mit"},
          "es", new String[] {"los", "las", "el", "para", "con", "por"},
          "it", new String[] {"il", "gli", "di", "che", "per", "sono"},
          "pt", new String[] {"os", "as", "uma", "para", "com", "seu"},
          "nl", new String[] {"de", "het", "een", "van", "niet", "met"});

  private final Language language;
  private final int from;
  private int index;

  private Sentences(Language language, int from) {
    this.language = language;
    this.from = from;
  }

  /**
   * Sentences in {@code language}.
   *
   * @param from where to begin: English texts share no sentence as long as neither gets to the
   *     other's beginning, others never do
   */
  static Sentences of(Language language, int from) {
    return new Sentences(language, from);
  }

  /** The next sentence, about ten words. */
  String next() {
    int i = index++;
    return language.primary().equals("en")
        ? english((from + i) % 13, (from + i) / 13)
        : foreign(from * 1_000 + i);
  }

  /** Sentences on one line until they have {@code words} words. */
  String words(int words) {
    StringBuilder text = new StringBuilder(next());
    while (Words.count(text.toString()) < words) {
      text.append(' ').append(next());
    }
    return text.toString();
  }

  private static String english(int a, int b) {
    return OPENINGS[a]
        + " "
        + MIDDLES[(a + b) % MIDDLES.length]
        + " "
        + CLOSINGS[(a + 2 * b) % CLOSINGS.length]
        + ".";
  }

  private String foreign(int seed) {
    Random random = new Random(seed); // the algorithm is part of its specification
    String letters = LETTERS.getOrDefault(language.primary(), LATIN);
    String[] small = SMALL_WORDS.getOrDefault(language.primary(), new String[0]);
    StringBuilder sentence = new StringBuilder();
    for (int word = 0; word < 10; word++) {
      sentence.append(word == 0 ? "" : " ");
      if (small.length > 0 && word % 3 == 1) {
        sentence.append(small[random.nextInt(small.length)]);
      } else {
        int least = DENSE.contains(language.primary()) ? 1 : 3;
        for (int length = least + random.nextInt(2 * least); length > 0; length--) {
          sentence.append(letters.charAt(random.nextInt(letters.length())));
        }
      }
    }
    return sentence.append('.').toString();
  }

  private static String range(char first, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (Character.isLetter(first + i)) {
        letters.append((char) (first + i));
      }
    }
    return letters.toString();
  }
}
