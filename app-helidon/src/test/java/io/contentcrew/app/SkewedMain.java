package io.contentcrew.app;

import java.time.Duration;
import java.util.List;

/** The program on a machine whose clock is wrong by the system property {@value #SKEW}. */
public final class SkewedMain {
  /** A duration in ISO 8601, negative for a clock that is behind. */
  public static final String SKEW = "crew.test.skew";

  private SkewedMain() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] arguments) {
    Duration skew = Duration.parse(System.getProperty(SKEW));
    int code =
        Main.run(
            List.of(arguments),
            System.out,
            System.err,
            () -> Wiring.SYSTEM_CLOCK.instant().plus(skew));
    if (code != 0) {
      System.exit(code);
    }
  }
}
