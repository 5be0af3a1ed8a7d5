package io.contentcrew.adapters.embeddedpostgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another Java process that runs a server on a data folder, until it is killed. */
final class ChildProcess implements AutoCloseable {
  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Returns when the child has started its server and committed a row to table {@code written}. */
  static ChildProcess on(Path data) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ChildProcess child = new ChildProcess(process);
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (!"ready".equals(line)) {
      child.close();
      throw new AssertionError("the child did not get ready: " + line);
    }
    return child;
  }

  /** Runs in the child. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres server =
        EmbeddedPostgres.start(EmbeddedPostgresConfig.of(Path.of(arguments[0]), Db.BINARIES));
    Db.execute(server.address(), "create table written as select 42 as answer");
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }

  long pid() {
    return process.pid();
  }

  /** Kills the child so that it can do nothing about it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the child cannot be killed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
