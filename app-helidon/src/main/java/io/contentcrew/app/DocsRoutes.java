package io.contentcrew.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi.yaml} and {@code /docs}, where it is rendered; everything comes from this jar and
 * its neighbours.
 */
final class DocsRoutes {
  private static final Map<String, String> ASSETS =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'";

  private final String uiFolder;
  private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();

  DocsRoutes() {
    String version =
        new String(
            resource("/META-INF/maven/org.webjars/swagger-ui/pom.properties"),
            java.nio.charset.StandardCharsets.UTF_8);
    uiFolder =
        "/META-INF/resources/webjars/swagger-ui/"
            + version
                .lines()
                .filter(line -> line.startsWith("version="))
                .findFirst()
                .orElseThrow()
                .substring(8)
                .strip()
            + "/";
  }

  void register(HttpRouting.Builder routing) {
    routing
        .get(
            "/openapi.yaml",
            (request, response) ->
                send(response, "application/yaml", "/io/contentcrew/app/openapi.yaml"))
        .get("/docs", (request, response) -> page(response, "docs.html"))
        .get(
            "/docs/docs.js",
            (request, response) ->
                send(response, "text/javascript; charset=utf-8", "/io/contentcrew/app/docs.js"))
        .get("/docs/problems", (request, response) -> page(response, "problems.html"))
        .get("/docs/ui/{file}", this::asset);
  }

  private void page(ServerResponse response, String file) {
    response.header(HeaderNames.create("Content-Security-Policy"), POLICY);
    send(response, "text/html; charset=utf-8", "/io/contentcrew/app/" + file);
  }

  private void asset(ServerRequest request, ServerResponse response) {
    String file = request.path().pathParameters().get("file");
    String type = ASSETS.get(file);
    if (type == null) {
      throw Problem.of(Problem.Code.NOT_FOUND, "There is nothing at this address.").asException();
    }
    send(response, type, uiFolder + file);
  }

  private void send(ServerResponse response, String type, String path) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache"));
    response.send(loaded.computeIfAbsent(path, DocsRoutes::resource));
  }

  private static byte[] resource(String path) {
    try (@Nullable InputStream in = DocsRoutes.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + path + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
