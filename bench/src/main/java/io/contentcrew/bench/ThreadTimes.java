package io.contentcrew.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the threads of a process with names of one kind have spent on processors, by their ids. */
record ThreadTimes(Map<String, Duration> threads) {
  private static final int NAME_LENGTH = 15;
  private static final long TICKS_PER_SECOND = 100; // what Linux shows to programs, everywhere

  ThreadTimes {
    threads = Map.copyOf(threads);
  }

  /**
   * Reads them now; empty where the system does not tell.
   *
   * @param prefix what the names begin with; a number follows
   */
  static Optional<ThreadTimes> of(long process, String prefix) throws IOException {
    Path tasks = Path.of("/proc/" + process + "/task");
    if (!Files.isDirectory(tasks)) {
      return Optional.empty();
    }
    List<Path> all;
    try (Stream<Path> listed = Files.list(tasks)) {
      all = listed.toList();
    }
    Map<String, Duration> times = new HashMap<>();
    for (Path task : all) {
      try {
        if (isNamed(Files.readString(task.resolve("comm")).strip(), prefix)) {
          times.put(task.getFileName().toString(), time(Files.readString(task.resolve("stat"))));
        }
      } catch (IOException e) {
        if (Files.exists(task)) { // else the thread has ended since it was listed
          throw e;
        }
      }
    }
    return Optional.of(new ThreadTimes(times));
  }

  /**
   * The system keeps 15 characters of a name. Older virtual machines cut off the rest; newer ones
   * put two dots for the middle of a longer one, to keep its number.
   */
  static boolean isNamed(String shown, String prefix) {
    int kept = Math.min(prefix.length(), NAME_LENGTH);
    if (shown.startsWith(prefix.substring(0, kept))) {
      return true;
    }
    int dots = shown.indexOf("..");
    return shown.length() == NAME_LENGTH
        && dots > 0
        && prefix.startsWith(shown.substring(0, dots))
        && prefix.endsWith(shown.substring(dots + 2).replaceFirst("\\d+$", ""));
  }

  /** The 14th and 15th word; the second one is the name, in brackets, and may have any form. */
  private static Duration time(String stat) {
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(words[11]) + Long.parseLong(words[12]);
    return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
  }

  /** What they have spent since then; a thread that has ended does not count. */
  Duration since(ThreadTimes before) {
    return threads.entrySet().stream()
        .map(
            thread ->
                thread
                    .getValue()
                    .minus(before.threads.getOrDefault(thread.getKey(), Duration.ZERO)))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
