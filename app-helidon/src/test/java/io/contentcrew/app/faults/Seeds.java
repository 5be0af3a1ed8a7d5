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
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * Which runs there are to be: system property {@code crew.faults.seeds} says how many seeds from 1
 * on, or lists them with commas ({@code 17,} for a single one), and {@code crew.faults.seconds} how
 * long each run is. Seeds that once found something are run as well, unless others are listed.
 */
final class Seeds {
  private static final String KEPT = "kept-seeds.txt";

  private Seeds() {}

  /** The seeds to run. */
  static Set<Long> toRun() {
    return toRun(System.getProperty("crew.faults.seeds", "2"));
  }

  static Set<Long> toRun(String told) {
    Set<Long> seeds = new LinkedHashSet<>();
    if (!isList(told)) {
      seeds.addAll(kept());
    }
    seeds.addAll(parsed(told));
    return seeds;
  }

  private static boolean isList(String told) {
    return told.contains(",");
  }

  /** Dice of which each number follows from the seed. */
  static RandomGenerator dice(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** How long a run is. */
  static Duration length() {
    return Duration.ofSeconds(Long.parseLong(System.getProperty("crew.faults.seconds", "20")));
  }

  private static List<Long> parsed(String told) {
    return isList(told)
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
