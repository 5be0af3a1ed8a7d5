package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.app.Client.Answer;
import io.contentcrew.app.Client.Event;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API document and the service say the same, both ways. */
@Timeout(60)
class OpenApiTest extends ServiceHarness {
  /** Parts of a page, or a page for people; programs have no use for them. */
  private static final Set<String> NOT_API =
      Set.of(
          "GET /",
          "GET /*",
          "GET /docs/docs.js",
          "GET /docs/ui/{file}",
          "GET /test-payments/checkout",
          "POST /test-payments/checkout");

  @Test
  void every_route_is_in_the_document_and_back() {
    start();
    Set<String> routes = new TreeSet<>();
    record(routes, "", service().routing());
    routes.removeAll(NOT_API);
    Set<String> documented = new TreeSet<>();
    ApiDocument.operations().forEach(operation -> documented.add(operation.toString()));
    assertThat(routes).isEqualTo(documented);
  }

  /** Asks the registrations for their routes, by standing where the server's rules stand. */
  private static void record(
      Set<String> routes, String prefix, List<Service.Registration> registrations) {
    for (Service.Registration registration : registrations) {
      registration.with(recorder(routes, prefix));
    }
  }

  private static HttpRouting.Builder recorder(Set<String> routes, String prefix) {
    return (HttpRouting.Builder)
        Proxy.newProxyInstance(
            OpenApiTest.class.getClassLoader(),
            new Class<?>[] {HttpRouting.Builder.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "get", "post", "put", "patch", "delete" ->
                    routes.add(
                        method.getName().toUpperCase(java.util.Locale.ROOT)
                            + " "
                            + path(prefix, (String) arguments[0]));
                case "register" -> {
                  String below = prefix + arguments[0];
                  for (HttpService service : services(arguments[1])) {
                    service.routing((HttpRules) recorder(routes, below));
                  }
                }
                default -> {}
              }
              return self;
            });
  }

  private static List<HttpService> services(Object argument) {
    List<HttpService> services = new ArrayList<>();
    for (Object one : argument instanceof Object[] many ? many : new Object[] {argument}) {
      services.add((HttpService) one);
    }
    return services;
  }

  private static String path(String prefix, String path) {
    String whole = prefix + path;
    return whole.length() > 1 && whole.endsWith("/")
        ? whole.substring(0, whole.length() - 1)
        : whole;
  }

  // ---- answers are of the shapes the document promises

  private static void assertShape(String operation, Answer answer) {
    ApiDocument.assertShape(ApiDocument.operation(operation), answer);
  }

  @Test
  void answers_have_the_shapes_of_the_document() throws Exception {
    Client nobody = start();
    Answer signup = nobody.signUp("ada@example.com", "correct horse battery");
    assertShape("signup", signup);
    assertShape("signup", nobody.signUp("ada@example.com", "correct horse battery"));
    assertShape("signup", nobody.signUp("x", "y"));
    assertShape("signup", nobody.postText("/v1/auth/signup", "{"));
    Client ada = nobody.with(signup.json().get("access_token").textValue());
    assertShape(
        "login",
        nobody.post(
            "/v1/auth/login",
            Map.of("email", "ada@example.com", "password", "correct horse battery")));
    assertShape(
        "login",
        nobody.post("/v1/auth/login", Map.of("email", "ada@example.com", "password", "no")));
    assertShape("me", ada.get("/v1/auth/me"));
    assertShape("me", nobody.get("/v1/auth/me"));
    assertShape("listTiers", nobody.get("/v1/tiers"));
    assertShape("showUsage", ada.get("/v1/usage"));
    for (String path : List.of("health", "live", "ready")) {
      assertShape(path, nobody.get(path.equals("health") ? "/health" : "/health/" + path));
    }
    assertShape("metrics", nobody.get("/metrics"));
    assertShape("openapi", nobody.get("/openapi.yaml"));
    assertShape("docs", nobody.get("/docs"));
    assertShape("problems", nobody.get("/docs/problems"));

    Map<String, Object> brief = new HashMap<>();
    brief.put("topic", "Tea");
    brief.put("formats", List.of("blog", "social", "audio", "video"));
    ApiDocument.assertValid(
        "generate",
        ApiDocument.operation("generate").bodySchema().orElseThrow(),
        Client.JSON.valueToTree(brief));
    Answer submitted = ada.post("/v1/content/generate", brief, "Idempotency-Key", "k");
    assertShape("generate", submitted);
    String id = submitted.json().get("id").textValue();
    List<Event> events = ada.watch(id);
    events.forEach(
        event -> ApiDocument.assertValid(event.type(), ApiDocument.schema("Event"), event.data()));
    events.stream()
        .filter(event -> event.type().equals("artifact_ready"))
        .forEach(
            event ->
                ApiDocument.assertValid(
                    event.type(), ApiDocument.schema("StoredArtifact"), event.data()));
    assertShape("generate", ada.post("/v1/content/generate", brief, "Idempotency-Key", "k"));
    assertShape("generate", ada.post("/v1/content/generate", Map.of("topic", "x")));
    assertShape("generate", ada.postRaw("/v1/content/generate", "text/plain", new byte[0]));
    assertShape("showJob", ada.get("/v1/content/jobs/" + id));
    assertShape("showJob", ada.get("/v1/content/jobs/x"));
    assertShape("listJobs", ada.get("/v1/content/jobs"));
    assertShape("listJobs", ada.get("/v1/content/jobs?limit=0"));
    for (String format : List.of("blog", "social", "audio", "video")) {
      assertShape("readArtifact", ada.get("/v1/content/jobs/" + id + "/artifacts/" + format));
    }
    for (String as : List.of("markdown", "html", "docx", "txt", "json&download=true")) {
      assertShape("readArtifact", ada.get("/v1/content/jobs/" + id + "/artifacts/blog?as=" + as));
    }
    assertShape("readArtifact", ada.get("/v1/content/jobs/" + id + "/artifacts/blog?download=x"));
    assertShape("exportJob", ada.get("/v1/content/jobs/" + id + "/export"));
    assertShape("exportJob", ada.get("/v1/content/jobs/x/export"));
    for (var artifact : ada.job(id).get("artifacts")) {
      assertShape(
          "measureArtifact",
          ada.post(
              "/v1/content/measure",
              Map.of("format", artifact.get("format"), "artifact", artifact.get("artifact"))));
    }
    assertShape("measureArtifact", ada.post("/v1/content/measure", Map.of("format", "blog")));
    assertShape("readArtifact", ada.get("/v1/content/jobs/" + id + "/artifacts/blog?as=x"));
    assertShape("cancelJob", ada.post("/v1/content/jobs/" + id + "/cancel", Map.of()));
    assertShape(
        "streamJob", ada.get("/v1/content/jobs/" + id + "/stream", "Last-Event-ID", "999999"));
    assertShape("deleteJob", ada.method("DELETE", "/v1/content/jobs/" + id));
    assertShape("deleteJob", ada.method("DELETE", "/v1/content/jobs/" + id));
    ollama.having("other");
    Thread.sleep(3_500); // what was known of the models is forgotten
    assertShape(
        "generate",
        ada.post("/v1/content/generate", Map.of("topic", "Tea", "formats", List.of("blog"))));
    assertShape("health", nobody.get("/health"));
    assertShape("logout", ada.post("/v1/auth/logout", Map.of()));
  }
}
