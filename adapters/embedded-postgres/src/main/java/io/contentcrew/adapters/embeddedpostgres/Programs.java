package io.contentcrew.adapters.embeddedpostgres;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the server's programs. */
final class Programs {
  private final Path home;
  private final boolean windows;
  private final List<String> prefix;

  private Programs(Path home, boolean windows, List<String> prefix) {
    this.home = home;
    this.windows = windows;
    this.prefix = prefix;
  }

  /**
   * The programs in {@code home}. PostgreSQL refuses to run as root; root runs it in a user
   * namespace, where it is nobody, and where its files are still root's.
   */
  static Programs in(Path home, Binaries.Platform platform, Path ofThisUser) throws IOException {
    boolean root =
        platform.system().equals("linux")
            && Integer.valueOf(0).equals(Files.getAttribute(ofThisUser, "unix:uid"));
    if (root) {
      requireNamespaces();
    }
    return new Programs(home, platform.isWindows(), root ? List.of("unshare", "-U") : List.of());
  }

  private static void requireNamespaces() {
    Result id;
    try {
      id = run(List.of("unshare", "-U", "id", "-u"), Duration.ofSeconds(20));
    } catch (IOException e) {
      id = new Result(-1, String.valueOf(e.getMessage()));
    }
    if (id.status != 0 || id.output.strip().equals("0")) {
      throw new PortFailureException(
          "PostgreSQL does not run as root, and this machine gives root no user namespace to run it"
              + " in (unshare -U failed): start this program as another user, or use a PostgreSQL"
              + " server of your own",
          null);
    }
  }

  /** What a program ended with. */
  record Result(int status, String output) {}

  /** Runs a program and waits for its end. */
  Result run(Duration longest, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program + (windows ? ".exe" : "")).toString());
    command.addAll(List.of(arguments));
    return run(command, longest);
  }

  /** Takes the output from a file: a pipe would be held open by the server that one starts. */
  private static Result run(List<String> command, Duration longest) throws IOException {
    Path output = Files.createTempFile("contentcrew-postgres-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("LC_ALL", "C"); // what they say is looked at
      Process process = builder.start();
      process.getOutputStream().close();
      int status = await(process, longest);
      return new Result(status, Files.readString(output, StandardCharsets.ISO_8859_1));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static int await(Process process, Duration longest) {
    try {
      if (process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new PortUnavailableException(
          "a program of PostgreSQL did not end within " + longest, null);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new PortUnavailableException("interrupted while PostgreSQL was at work", e);
    }
  }
}
