package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Stripe's own library for Node.js, which npm installs into {@code target}. */
final class NodePeer implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path TARGET = Path.of("target", "stripe-node");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "sign.mjs");
  private static final long LONGEST_INSTALL_MINUTES = 5;

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private NodePeer(Process process) {
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static NodePeer start() {
    try {
      install();
      return new NodePeer(
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
    if (!ended(npm) || npm.exitValue() != 0) {
      throw new IllegalStateException(
          "npm could not install Stripe's library that the tests need: see "
              + log.toAbsolutePath());
    }
    Files.writeString(stamp, lock);
  }

  private static boolean ended(Process process) {
    try {
      if (process.waitFor(LONGEST_INSTALL_MINUTES, TimeUnit.MINUTES)) {
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
          "the tests of adapters/stripe run Stripe's library for Node.js: install Node.js 20 or"
              + " later, with npm, and put both on the PATH",
          e);
    }
  }

  /** The header that it makes. */
  String sign(String secret, long second, String payload) {
    return ask(Fixtures.JSON
            .createObjectNode()
            .put("secret", secret)
            .put("timestamp", second)
            .put("payload", payload))
        .path("header")
        .asText();
  }

  /** Whether it takes that header. */
  boolean takes(String header, String secret, long second, String payload) {
    return ask(Fixtures.JSON
            .createObjectNode()
            .put("secret", secret)
            .put("timestamp", second)
            .put("payload", payload)
            .put("header", header))
        .path("genuine")
        .booleanValue();
  }

  private JsonNode ask(JsonNode question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException(
            "Stripe's library gave up: see " + TARGET.resolve("sign.log").toAbsolutePath());
      }
      return Fixtures.JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
