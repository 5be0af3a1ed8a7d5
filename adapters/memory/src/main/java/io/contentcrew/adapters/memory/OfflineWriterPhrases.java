package io.contentcrew.adapters.memory;

import io.contentcrew.domain.generation.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The phrases of one language, read once from a file: a line {@code [name]} and below it one phrase
 * a line, with blanks such as {@code {topic}} to be filled. A phrase after {@code +} refers to the
 * one before it and goes wherever that goes.
 */
final class OfflineWriterPhrases {
  private static final List<String> LANGUAGES = List.of("en", "es", "fr", "de");
  private static final Map<String, OfflineWriterPhrases> READ = new ConcurrentHashMap<>();

  private final Map<String, List<List<String>>> byName = new HashMap<>();

  private OfflineWriterPhrases(List<String> lines) {
    List<List<String>> groups = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("[")) {
        groups = new ArrayList<>();
        byName.put(line.substring(1, line.length() - 1), groups);
      } else if (line.startsWith("+ ")) {
        groups.getLast().add(line.substring(2));
      } else if (!line.isBlank()) {
        groups.add(new ArrayList<>(List.of(line)));
      }
    }
  }

  /** The phrases in that language; English ones if there are none. */
  static OfflineWriterPhrases in(Language language) {
    String primary = language.primary();
    return READ.computeIfAbsent(
        LANGUAGES.contains(primary) ? primary : LANGUAGES.getFirst(), OfflineWriterPhrases::read);
  }

  private static OfflineWriterPhrases read(String language) {
    String file = "offline-writer/" + language + ".txt";
    try (InputStream in = OfflineWriterPhrases.class.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return new OfflineWriterPhrases(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " from our own jar", e);
    }
  }

  /** All phrases of that name, those together that belong together. */
  List<List<String>> groups(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** All phrases of that name. */
  List<String> all(String name) {
    return groups(name).stream().flatMap(List::stream).toList();
  }

  /** The phrase of a name that has only one. */
  String one(String name) {
    return all(name).getFirst();
  }
}
