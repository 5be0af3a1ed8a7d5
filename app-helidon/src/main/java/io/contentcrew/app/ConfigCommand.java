package io.contentcrew.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code config check|show|example|table}. */
final class ConfigCommand {
  private ConfigCommand() {}

  static int run(
      Map<String, String> variables, List<String> arguments, PrintStream out, PrintStream err)
      throws AppConfig.Invalid {
    switch (arguments.isEmpty() ? "check" : arguments.getFirst()) {
      case "check" -> {
        AppConfig config = AppConfig.read(variables);
        config.payments().warnings().forEach(warning -> out.println("Note: " + warning));
        out.println("The settings are right.");
      }
      case "show" -> show(variables, out, err);
      case "example" -> out.print(Settings.envExample());
      case "table" -> out.print(Settings.table());
      default -> {
        err.println("config knows check, show, example and table.");
        return 2;
      }
    }
    out.flush();
    return 0;
  }

  /**
   * Every setting with its value and where that comes from; of a secret only whether there is one.
   */
  private static void show(Map<String, String> variables, PrintStream out, PrintStream err) {
    Environment from = new Environment(variables);
    for (Setting setting : Settings.ALL) {
      String value =
          setting.secret()
              ? (from.isGiven(setting.name()) ? "(hidden)" : "")
              : from.optionalText(setting.name()).orElse("");
      out.printf("%-26s %-34s %s%n", setting.name(), value, from.origin(setting.name()));
    }
    try {
      AppConfig.read(variables);
    } catch (AppConfig.Invalid e) {
      complain(e.problems(), err);
    }
  }

  static void complain(List<String> problems, PrintStream err) {
    err.println("The settings are not right:");
    problems.forEach(problem -> err.println("  - " + problem));
    err.println("./crew run --help explains every setting.");
  }
}
