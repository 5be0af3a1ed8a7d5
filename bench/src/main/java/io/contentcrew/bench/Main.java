package io.contentcrew.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The program behind {@code ./crew bench}: {@code micro}, {@code load}, {@code logins}, {@code
 * instances}, {@code submit}, {@code storage}, {@code hooks}.
 */
public final class Main {
  private static final int BAD_USAGE = 2;
  private static final String HELP =
      "usage: ./crew bench COMMAND\n\n"
          + Micro.HELP
          + "\n"
          + LoadOptions.HELP
          + "\n"
          + LoginsOptions.HELP
          + "\n"
          + SubmitOptions.HELP
          + "\n"
          + InstancesOptions.HELP
          + "\n"
          + StorageOptions.HELP
          + "\n"
          + HooksOptions.HELP
          + "\nFigures from a machine that does other work at the same time show that work too:"
          + " trust the ratios of one run.\n";

  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException, SQLException {
    int code = run(List.of(arguments), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, RunnerException, SQLException {
    String command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    if (command.equals("--help") || arguments.contains("--help")) {
      out.print(HELP);
      return 0;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    try {
      return switch (command) {
        case "micro" -> micro(rest, out);
        case "hooks" -> hooks(HooksOptions.parse(rest), out, err);
        case "load" -> load(LoadOptions.parse(rest), out, err);
        case "logins" -> logins(LoginsOptions.parse(rest), out, err);
        case "instances" -> instances(InstancesOptions.parse(rest), out, err);
        case "storage" -> storage(StorageOptions.parse(rest), out, err);
        case "submit" -> submit(SubmitOptions.parse(rest), out, err);
        default -> throw new IllegalArgumentException("there is no command " + command);
      };
    } catch (IllegalArgumentException e) {
      err.println("bench: " + e.getMessage() + ". ./crew bench --help tells what there is.");
      return BAD_USAGE;
    }
  }

  private static int micro(List<String> arguments, PrintStream out) throws RunnerException {
    if (arguments.size() > 1) {
      throw new IllegalArgumentException("micro takes one regex");
    }
    String regex = arguments.isEmpty() ? "Benchmark" : arguments.getFirst();
    Micro.print(Micro.run(regex, Micro.standard()), out);
    return 0;
  }

  private static int load(LoadOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    LoadRun run = new LoadRun(options, err::println);
    List<LoadRun.Pair> rounds = run.run();
    out.print(LoadReport.of(options, run.tokensPerStream(), rounds));
    boolean complete =
        rounds.stream()
            .allMatch(
                pair ->
                    pair.baseline().failures().isEmpty() && pair.service().failures().isEmpty());
    return complete ? 0 : 1;
  }

  private static int logins(LoginsOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    LoginsRun.Result result = new LoginsRun(options, err::println).run();
    out.print(LoginsReport.of(options, result));
    return result.isComplete() ? 0 : 1;
  }

  private static int submit(SubmitOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, SQLException {
    out.print(SubmitReport.of(options, new SubmitRun(options, err::println).run()));
    return 0;
  }

  private static int storage(StorageOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, SQLException {
    out.print(StorageReport.of(options, new StorageRun(options, err::println).run()));
    return 0;
  }

  private static int hooks(HooksOptions options, PrintStream out, PrintStream err)
      throws IOException, SQLException {
    HooksRun run = new HooksRun(options, err::println);
    if (options.body().isPresent()) {
      run.prepare(options.body().get());
      return 0;
    }
    HooksRun.Result result = run.check();
    out.print(result.text());
    return result.isRight() ? 0 : 1;
  }

  private static int instances(InstancesOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Map<InstancesRun.Way, List<InstancesRun.Result>> results =
        new InstancesRun(options, err::println).run();
    out.print(InstancesReport.of(options, results));
    boolean complete =
        results.values().stream()
            .flatMap(List::stream)
            .allMatch(result -> result.failures().isEmpty());
    return complete ? 0 : 1;
  }
}
