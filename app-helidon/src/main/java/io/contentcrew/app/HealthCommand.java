package io.contentcrew.app;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * {@code health}: asks the service on this machine whether it lives. For the health checks of
 * containers, whose images need no other program for it then.
 */
final class HealthCommand {
  private static final int PATIENCE_MILLIS = 3000;

  private HealthCommand() {}

  static int run(Map<String, String> variables, PrintStream out, PrintStream err)
      throws AppConfig.Invalid {
    Environment from = new Environment(variables);
    String host = from.text("HOST");
    int port = from.number("PORT", 1, 65_535);
    if (!from.problems().isEmpty()) {
      throw new AppConfig.Invalid(from.problems());
    }
    String reachable = List.of("0.0.0.0", "::").contains(host) ? "localhost" : host;
    try {
      int status = status(new URI("http", null, reachable, port, "/health/live", null, null));
      if (status == HttpURLConnection.HTTP_OK) {
        out.println("up");
        return 0;
      }
      err.println("/health/live answered " + status);
    } catch (IOException | URISyntaxException e) {
      err.println("no answer from " + reachable + ":" + port + " (" + e.getMessage() + ")");
    }
    return 1;
  }

  private static int status(URI url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
