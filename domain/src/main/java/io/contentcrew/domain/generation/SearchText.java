package io.contentcrew.domain.generation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How jobs are looked for by words: without regard to case, to composed and decomposed letters, or
 * to the width of letters.
 */
public final class SearchText {
  private SearchText() {}

  /** What is looked through for a job of that title and topic. */
  public static String of(Optional<Title> title, String topic) {
    return normal(title.map(named -> named.value() + "\n" + topic).orElse(topic));
  }

  /** The words of a question, each once, as they must all occur in the {@link #of} of a job. */
  public static List<String> words(String question) {
    return Arrays.stream(normal(question).split("[\\s\\p{Z}]+"))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private static String normal(String text) {
    return LowerCase.of(Normalizer.normalize(FreeText.clean(text), Normalizer.Form.NFKC));
  }
}
