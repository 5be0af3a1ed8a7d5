package io.contentcrew.bench;

import java.util.List;
import java.util.Set;

/**
 * What {@code logins} is to do.
 *
 * @param clients how many sign in at the same time, each again as soon as it has its answer
 * @param seconds of each measurement
 * @param cost of password hashes
 */
record LoginsOptions(int clients, int streams, int seconds, int cost) {
  /** Tokens a second of one stream. */
  static final int RATE = 20;

  /** A stream has text for some seconds more than this. */
  private static final int LONGEST = 40;

  static final String HELP =
      """
      logins [options]: what sign-ins take from the streams. Streams of 20 tokens a second each flow alone, and then while
      clients sign in without pause, all at one service with storage in memory; before that, with nothing else running,
      the hasher alone checks passwords on as many threads as there are processors.

        --clients N         who sign in at once (default 32); with more than 64 waiting the service turns away the rest
        --streams N         streams at once (default 50)
        --seconds S         of each measurement (default 20, at most 40)
        --cost C            of password hashes (default 12)
      """;

  static LoginsOptions parse(List<String> arguments) {
    Arguments given =
        new Arguments(arguments, Set.of("--clients", "--streams", "--seconds", "--cost"), Set.of());
    return new LoginsOptions(
        given.number("--clients", 32, 1, 1_000),
        given.number("--streams", 50, 1, 5_000),
        given.number("--seconds", 20, 1, LONGEST),
        given.number("--cost", 12, 4, 15));
  }
}
