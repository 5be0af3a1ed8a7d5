package io.contentcrew.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code hooks} is to do.
 *
 * @param data the data folder of a service
 * @param body where the body of a delivery goes; empty to look at what deliveries have led to
 */
record HooksOptions(Path data, Optional<Path> body, int subscriptions) {
  static final String HELP =
      """
      hooks [options]: gets the embedded database of a service ready for deliveries of Stripe about subscriptions that are
      known: so many users, each with one. What was delivered before is deleted. Afterwards it tells what deliveries led to.

        --data FOLDER       the service's DATA_DIR, for a service that was made for measuring
        --body FILE         gets it ready, and writes there what is to be delivered, with {u}, {uid} and {ts} for what
                            differs: something unique, a number from 1 to that of the subscriptions, the time in seconds
        --check             tells what the deliveries since then have led to; ends with 1 if that is not what it should be
        --subscriptions N   how many there are (default 100000)
      """;

  private static final Set<String> NAMES = Set.of("--data", "--body", "--subscriptions");

  static HooksOptions parse(List<String> arguments) {
    Arguments given = new Arguments(arguments, NAMES, Set.of("--check"));
    Optional<Path> body = given.text("--body").map(Path::of);
    if (body.isPresent() == given.has("--check")) {
      throw new IllegalArgumentException("hooks needs --body FILE or --check");
    }
    return new HooksOptions(
        given
            .text("--data")
            .map(Path::of)
            .orElseThrow(() -> new IllegalArgumentException("hooks needs --data FOLDER")),
        body,
        given.number("--subscriptions", 100_000, 1, 1_000_000));
  }
}
