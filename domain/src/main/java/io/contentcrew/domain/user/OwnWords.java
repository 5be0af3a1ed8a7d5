package io.contentcrew.domain.user;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words that whoever attacks an account knows before the first guess: the product's, and those
 * of its owner's address and name. All are folded, the longest first.
 */
record OwnWords(List<String> words) {
  private static final List<String> PRODUCT = List.of("content", "creation", "crew");

  /** Shorter parts of a name stand in many words that have nothing to do with it. */
  private static final int SHORTEST = 3;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  OwnWords {
    words =
        words.stream()
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  static OwnWords of(EmailAddress email, String name) {
    String address = CommonPasswords.folded(email.value());
    String local = address.substring(0, address.indexOf('@'));
    String whole = CommonPasswords.folded(name.strip());
    List<String> words = new ArrayList<>(PRODUCT);
    words.add(address);
    addWithParts(words, local);
    addWithParts(words, whole);
    words.removeIf(word -> word.codePointCount(0, word.length()) < SHORTEST);
    return new OwnWords(words);
  }

  private static void addWithParts(List<String> words, String text) {
    words.add(text);
    words.addAll(BETWEEN_WORDS.splitAsStream(text).toList());
  }

  /** What is left of a folded text when these words are taken out. */
  String takenFrom(String folded) {
    String rest = folded;
    for (String word : words) {
      rest = rest.replace(word, "");
    }
    return rest;
  }
}
