package io.contentcrew.adapters.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.contentcrew.testkit.IdentityProviderContract.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A certified OpenID provider, run by Node.js from what npm installs into {@code target}. */
final class OidcServer implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path TARGET = Path.of("target", "oidc-provider");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "provider.mjs");
  private static final long LONGEST_INSTALL_MINUTES = 5;

  private final Process process;
  private final URI issuer;

  private OidcServer(Process process, URI issuer) {
    this.process = process;
    this.issuer = issuer;
  }

  static OidcServer start(List<URI> redirectUris) {
    try {
      install();
      List<String> command = new ArrayList<>(List.of("node", "provider.mjs"));
      redirectUris.forEach(uri -> command.add(uri.toString()));
      Process process =
          start(
              new ProcessBuilder(command)
                  .directory(TARGET.toFile())
                  .redirectError(TARGET.resolve("provider.log").toFile()));
      return new OidcServer(process, URI.create("http://127.0.0.1:" + port(process)));
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
          "npm could not install the OpenID provider that the tests need: see "
              + log.toAbsolutePath());
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
          "the tests of adapters/oauth run a real OpenID provider: install Node.js 20 or later,"
              + " with npm, and put both on the PATH",
          e);
    }
  }

  private static int port(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return Integer.parseInt(line.substring("ready ".length()));
      }
    }
    throw new IllegalStateException(
        "the OpenID provider did not start: see "
            + TARGET.resolve("provider.log").toAbsolutePath());
  }

  URI issuer() {
    return issuer;
  }

  /** Signs in with a browser of its own, by the forms that a person sees. */
  URI signIn(URI authorizationUrl, Person person) {
    String login = "account-" + person.number();
    openAccount(login, person);
    return new Browser().signIn(authorizationUrl, login);
  }

  private void openAccount(String login, Person person) {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("id", login);
    person.email().ifPresent(email -> account.put("email", email.value()));
    account.put("email_verified", person.emailVerified());
    person.name().ifPresent(name -> account.put("name", name));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/test/accounts"))
            .POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(account)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 204) {
        throw new AssertionError("no account was opened: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
