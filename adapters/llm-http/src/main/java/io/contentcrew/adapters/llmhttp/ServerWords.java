package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.generation.Prompt;
import java.util.Collection;

/** What a server said of its failure, made fit for a message: short, and without secrets. */
final class ServerWords {
  private static final int MAX = 300;

  /** A run of the prompt this long in an error is a quotation, and no coincidence. */
  private static final int QUOTATION = 24;

  private ServerWords() {}

  /** The words with a colon before them; nothing if they are empty or quote the prompt. */
  static String quote(String words, Prompt prompt, Collection<String> secrets) {
    String plain = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (plain.isEmpty() || quotes(plain, prompt.user()) || quotes(plain, prompt.system())) {
      return "";
    }
    for (String secret : secrets) {
      plain = plain.replace(secret, "***");
    }
    int end = Math.min(plain.length(), MAX);
    if (end < plain.length() && Character.isHighSurrogate(plain.charAt(end - 1))) {
      end--;
    }
    return ": \"" + plain.substring(0, end) + (end < plain.length() ? "\u2026" : "") + "\"";
  }

  private static boolean quotes(String words, String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (!plain.isEmpty() && plain.length() < QUOTATION) {
      return plain.length() > 3 && words.contains(plain);
    }
    for (int i = 0; i + QUOTATION <= plain.length(); i++) {
      if (words.contains(plain.substring(i, i + QUOTATION))) {
        return true;
      }
    }
    return false;
  }
}
