package io.contentcrew.app;

import io.contentcrew.ports.PortException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The program: {@code run}, {@code demo}, {@code admin}, {@code config}, {@code health}, {@code
 * --version}.
 */
public final class Main {
  /** The exit code for settings that are not right (sysexits.h, EX_CONFIG). */
  static final int BAD_CONFIG = 78;

  private static final int BAD_USAGE = 2;

  /** For jobs to be given back and stores to be closed, besides the times that are set. */
  private static final Duration TO_HAND_OVER = Duration.ofSeconds(13);

  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] arguments) {
    int code = run(List.of(arguments), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    return run(arguments, out, err, Wiring.SYSTEM_CLOCK);
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err, InstantSource clock) {
    String command = arguments.isEmpty() ? "run" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    try {
      return switch (command) {
        case "run" ->
            rest.isEmpty()
                ? serve(out, clock)
                : rest.equals(List.of("--help"))
                    ? print(out, "Settings are environment variables.\n" + Settings.help())
                    : refuse(
                        err,
                        "run takes no options but --help; settings are environment variables.");
        case "demo" -> Demo.run(AppConfig.read(System.getenv()), rest, out);
        case "admin" -> AdminCommand.run(AppConfig.read(System.getenv()), rest, out);
        case "config" -> ConfigCommand.run(System.getenv(), rest, out, err);
        case "health" -> HealthCommand.run(System.getenv(), out, err);
        case "--version" -> print(out, "Content Creation Crew " + Version.text() + "\n");
        default ->
            refuse(
                err,
                "There is no command "
                    + command
                    + "; there are run, demo, admin, config, health"
                    + " and --version.");
      };
    } catch (AppConfig.Invalid e) {
      ConfigCommand.complain(e.problems(), err);
      return BAD_CONFIG;
    } catch (Demo.BadOption | AdminOptions.BadUsage e) {
      err.println(e.getMessage());
      return BAD_USAGE;
    } catch (PortException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      err.println(
          (command.equals("admin") ? "It cannot be done: " : "The service cannot start: ")
              + e.getMessage());
      return 1;
    }
  }

  private static int refuse(PrintStream err, String why) {
    err.println(why);
    return BAD_USAGE;
  }

  private static int print(PrintStream out, String text) {
    out.print(text);
    out.flush();
    return 0;
  }

  /**
   * Closes the service, and waits no longer than whoever stops it would: then it is left as it is.
   */
  private static void close(Service service, AppConfig.Service timers) {
    Thread closing = Thread.ofPlatform().daemon().name("closing").start(service::close);
    Duration longest = timers.drainDelay().plus(timers.shutdownGrace()).plus(TO_HAND_OVER);
    try {
      if (!closing.join(longest)) {
        System.getLogger("io.contentcrew.app")
            .log(
                System.Logger.Level.ERROR,
                "The service did not stop within {0}; what it held, others take over",
                longest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int serve(PrintStream out, InstantSource clock) throws AppConfig.Invalid {
    long begun = System.nanoTime();
    AppConfig config = AppConfig.read(System.getenv());
    LogSetup.apply(config.service().logLevel(), config.service().jsonLogs());
    Service service = Service.start(config, clock);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close(service, config.service());
                  stopped.countDown();
                },
                "shutdown"));
    Banner.print(config, service, System.nanoTime() - begun, out);
    try {
      stopped.await(); // until the shutdown hook has run
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
