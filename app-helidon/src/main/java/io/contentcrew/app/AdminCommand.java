package io.contentcrew.app;

import io.contentcrew.app.AdminOptions.BadUsage;
import io.contentcrew.domain.tier.TierCatalog;
import io.contentcrew.sdk.ContentCrew;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code admin}: looks at the stores and changes something in them by hand, while the service runs
 * or not. Starts nothing but, where nobody else has, the embedded database.
 */
final class AdminCommand {
  private static final String USAGE =
      """
      usage: ./crew admin COMMAND [--json]

        webhooks list [--state due|parked|done|dead] [--provider P] [--type T] [--limit N]
                                          what payment providers have delivered, the latest first
        webhooks show ID [--body]         one of them; with --body also what was sent
        webhooks replay ID                apply one again, whatever has become of it
        webhooks replay --dead [--provider P] [--type T] [--dry-run]
                                          apply again what was given up
        webhooks dead                     what was given up; somebody must look at it
        tier grant USER TIER              put a user on a tier, without payment and without end; free takes it back
        subscription show USER            what a user has bought
        subscription reconcile [USER] [--dry-run]
                                          ask the payment providers how things are, and make ours so

      USER is an e-mail address or an id. Works on the database of DATABASE_URL, else on the embedded one in DATA_DIR,
      whether the service runs or not.
      """;

  /** A command of whose words all is right. */
  @FunctionalInterface
  interface Work {
    /** Does it, and returns the exit code. */
    int on(ContentCrew crew, PrintStream out);
  }

  /** Makes a command of the words after its name. */
  @FunctionalInterface
  private interface Reading {
    Work read(AdminOptions options) throws BadUsage;
  }

  private record Command(Set<String> valued, Set<String> flags, Reading reading) {}

  private AdminCommand() {}

  static int run(AppConfig config, List<String> arguments, PrintStream out) throws BadUsage {
    if (arguments.isEmpty() || arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    Work work = read(arguments, Wiring.tiers(config));
    if (config.stores().inMemory()) {
      throw new BadUsage("admin needs a database; STORAGE=memory has none.");
    }
    LogSetup.apply(System.Logger.Level.WARNING, false);
    try (Wiring wiring = Wiring.idle(config)) {
      int code = work.on(wiring.crew(), out);
      out.flush();
      return code;
    }
  }

  private static Work read(List<String> arguments, TierCatalog tiers) throws BadUsage {
    String name = String.join(" ", arguments.subList(0, Math.min(2, arguments.size())));
    Command command = commands(tiers).get(name);
    if (command == null) {
      throw new BadUsage("There is no command admin " + name + ".\n" + USAGE);
    }
    return command.reading.read(
        AdminOptions.read(arguments.subList(2, arguments.size()), command.valued, command.flags));
  }

  private static Map<String, Command> commands(TierCatalog tiers) {
    return Map.of(
        "webhooks list",
        new Command(
            Set.of("--state", "--provider", "--type", "--limit"), Set.of(), AdminWebhooks::list),
        "webhooks dead",
        new Command(Set.of("--provider", "--type", "--limit"), Set.of(), AdminWebhooks::dead),
        "webhooks show",
        new Command(Set.of(), Set.of("--body"), AdminWebhooks::show),
        "webhooks replay",
        new Command(
            Set.of("--provider", "--type"), Set.of("--dead", "--dry-run"), AdminWebhooks::replay),
        "tier grant",
        new Command(Set.of(), Set.of(), options -> AdminUsers.grant(options, tiers)),
        "subscription show",
        new Command(Set.of(), Set.of(), AdminUsers::show),
        "subscription reconcile",
        new Command(Set.of(), Set.of("--dry-run"), AdminUsers::reconcile));
  }
}
