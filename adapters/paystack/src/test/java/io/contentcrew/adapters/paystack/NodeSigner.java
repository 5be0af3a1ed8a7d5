package io.contentcrew.adapters.paystack;

import io.contentcrew.ports.Secret;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The signer of an npm package, run by Node.js from what npm installs into {@code target}. */
final class NodeSigner implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path TARGET = Path.of("target", "paystack-node");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "sign.mjs");
  private static final long LONGEST_INSTALL_MINUTES = 5;

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private NodeSigner(Process process) {
    this.process = process;
    this.questions = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  static NodeSigner start() {
    try {
      install();
      return new NodeSigner(
          start(
              new ProcessBuilder("node", "sign.mjs")
                  .directory(TARGET.toFile())
                  .redirectError(TARGET.resolve("sign.log").toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once per build: a stamp tells that what is there is what the lock file asks for. */
  private static void install() throws IOException {
    Files.createDirectories(TARGET);
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), TARGET.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path stamp = TARGET.resolve("installed.lock");
    String lock = Files.readString(SOURCE.resolve("package-lock.json"));
    if (Files.exists(stamp) && Files.readString(stamp).equals(lock)) {
      return;
    }
    Path log = TARGET.resolve("npm.log");
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    Process npm =
        start(
            new ProcessBuilder(
                    windows ? "npm.cmd" : "npm",
                    "ci",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund")
                .directory(TARGET.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
    if (!ended(npm, LONGEST_INSTALL_MINUTES) || npm.exitValue() != 0) {
      throw new IllegalStateException(
          "npm could not install the signer that the tests need: see " + log.toAbsolutePath());
    }
    Files.writeString(stamp, lock);
  }

  private static boolean ended(Process process, long minutes) {
    try {
      if (process.waitFor(minutes, TimeUnit.MINUTES)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the tests of adapters/paystack run an npm package: install Node.js 20 or later, with"
              + " npm, and put both on the PATH",
          e);
    }
  }

  String sign(Secret key, byte[] body) {
    try {
      questions.write(key.reveal() + " " + Base64.getEncoder().encodeToString(body) + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(
            "the signer has ended: see " + TARGET.resolve("sign.log").toAbsolutePath());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
