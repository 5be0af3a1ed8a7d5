package io.contentcrew.app.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which runs there are to be: system property {@code crew.faults.seeds} says how many seeds from 1
 * on, or lists them with commas ({@code 17,} for a single one), and {@code crew.faults.seconds} how
 * long each run is. Seeds that once found something are run as well, always.
 */
final class Seeds {
  private static final String KEPT = "kept-seeds.txt";

  private Seeds() {}

  /** The seeds to run. */
  static Set<Long> toRun() {
    Set<Long> seeds = new LinkedHashSet<>(kept());
    seeds.addAll(parsed(System.getProperty("crew.faults.seeds", "2")));
    return seeds;
  }

  /** How long a run is. */
  static Duration length() {
    return Duration.ofSeconds(Long.parseLong(System.getProperty("crew.faults.seconds", "20")));
  }

  static List<Long> parsed(String told) {
    return told.contains(",")
        ? Arrays.stream(told.split(",")).map(seed -> Long.valueOf(seed.strip())).toList()
        : LongStream.rangeClosed(1, Long.parseLong(told.strip())).boxed().toList();
  }

  /** One a line; a line that begins with # is a comment. */
  static List<Long> kept() {
    try (InputStream file = Seeds.class.getResourceAsStream(KEPT)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
