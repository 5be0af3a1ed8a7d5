package io.contentcrew.bench;

import io.contentcrew.domain.Format;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code storage} is to do.
 *
 * @param rate words a second of each job's writer
 * @param idleSeconds for which a crew without work is watched first
 */
record StorageOptions(int jobs, int rate, Set<Format> formats, int idleSeconds) {
  static final String HELP =
      """
      storage [options]: what jobs cost in PostgreSQL: statements, commits, bytes of its log, rows and bytes of each table,
      at their end and after their logs are folded. The offline writer writes; all jobs run at the same time.

        --jobs N            how many (default 200)
        --rate R            words a second of each (default 80)
        --formats F,F,...   of blog, social, audio, video (default blog)
        --idle N            seconds for which an instance without work is watched first (default 20)
      """;

  StorageOptions {
    formats = Set.copyOf(formats);
  }

  static StorageOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(arguments, Set.of("--jobs", "--rate", "--formats", "--idle"), Set.of());
    return new StorageOptions(
        given.number("--jobs", 200, 1, 5_000),
        given.number("--rate", 80, 1, 100_000),
        given.text("--formats").map(StorageOptions::formats).orElse(Set.of(Format.BLOG)),
        given.number("--idle", 20, 1, 600));
  }

  private static Set<Format> formats(String names) {
    EnumSet<Format> formats = EnumSet.noneOf(Format.class);
    for (String name : names.split(",", -1)) {
      formats.add(
          EnumSet.allOf(Format.class).stream()
              .filter(format -> format.wireName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--formats are of blog, social, audio, video, not " + name)));
    }
    return formats;
  }
}
