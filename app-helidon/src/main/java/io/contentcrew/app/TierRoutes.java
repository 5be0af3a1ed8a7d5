package io.contentcrew.app;

import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.sdk.ContentCrew;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;

/** {@code /v1/tiers} and {@code /v1/usage}: what there is, and what is left of it. */
final class TierRoutes implements HttpService {
  private final ContentCrew crew;
  private final Callers callers;

  TierRoutes(ContentCrew crew, Callers callers) {
    this.crew = crew;
    this.callers = callers;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/tiers", this::tiers)
        .any("/tiers", MethodNotAllowed.but("GET"))
        .get("/usage", this::usage)
        .any("/usage", MethodNotAllowed.but("GET"));
  }

  private void tiers(ServerRequest request, ServerResponse response) {
    Replies.json(
        response, Map.of("data", crew.listTiers().list().stream().map(Views::tier).toList()));
  }

  private void usage(ServerRequest request, ServerResponse response) {
    Replies.json(
        response,
        Views.usage(
            crew.showUsage()
                .show(callers.require(request, response, ApiScope.CONTENT_READ).user().id())));
  }
}
