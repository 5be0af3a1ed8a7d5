package io.contentcrew.app;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiKey;
import io.contentcrew.domain.user.ApiKeyId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.ApiKeys.Listed;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.ManageApiKeys;
import io.contentcrew.sdk.user.ManageApiKeys.Outcome;
import io.contentcrew.sdk.user.Proof;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/api-keys}: the keys of users' programs. */
final class ApiKeyRoutes implements HttpService {
  private static final List<String> SCOPES =
      Arrays.stream(ApiScope.values()).map(ApiScope::wireName).toList();

  private final ManageApiKeys keys;
  private final Callers callers;
  private final Bodies bodies;

  ApiKeyRoutes(ManageApiKeys keys, Callers callers, Bodies bodies) {
    this.keys = keys;
    this.callers = callers;
    this.bodies = bodies;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/", this::list)
        .post("/", this::create)
        .any("/", MethodNotAllowed.but("GET, POST"))
        .delete("/{id}", this::revoke)
        .any("/{id}", MethodNotAllowed.but("DELETE"));
  }

  private void list(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    Replies.json(
        response,
        Map.of("data", keys.list(caller.user().id()).stream().map(Views::apiKey).toList()));
  }

  private void create(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireAccount(request, response);
    JsonBody body = bodies.json(request);
    String name = body.text("name");
    Set<ApiScope> scopes = scopes(body);
    Optional<Duration> life = body.optionalNumber("expires_in_days").map(Duration::ofDays);
    Proof proof = PasswordRoutes.proof(caller, body.optionalText("password"));
    body.check();
    var wanted = new ManageApiKeys.Request(name, scopes, life);
    switch (keys.create(caller.user().id(), proof, wanted)) {
      case Outcome.Created(ApiKey key, Secret secret) -> {
        Map<String, Object> view = Views.apiKey(new Listed(key, Optional.empty()));
        view.put("key", secret.reveal());
        Replies.json(response, Status.CREATED_201, view);
      }
      case Outcome.Invalid invalid -> throw Problem.invalid(invalid.problems()).asException();
      case Outcome.NotProven(Proof.Verdict verdict) ->
          throw PasswordRoutes.notProven(verdict, "password");
      case Outcome.NotInTier(TierId tier, Optional<TierId> upgradeTo) ->
          throw notInPlan("Your plan has no API keys.", tier, upgradeTo).asException();
      case Outcome.TooMany(int limit) ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "You have " + limit + " API keys, and may have no more. Revoke one first.")
              .asException();
    }
  }

  static Problem notInPlan(String detail, TierId tier, Optional<TierId> upgradeTo) {
    return Problem.of(Problem.Code.PLAN_LIMIT_EXCEEDED, detail)
        .with("plan", tier.value())
        .with("limit_name", "api_keys")
        .with("limit", 0)
        .with("used", 0)
        .with("upgrade_to", upgradeTo.map(TierId::value).orElse(""));
  }

  private static Set<ApiScope> scopes(JsonBody body) {
    Set<ApiScope> scopes = EnumSet.noneOf(ApiScope.class);
    List<String> names = body.texts("scopes", SCOPES);
    for (int i = 0; i < names.size(); i++) {
      Optional<ApiScope> scope = ApiScope.find(names.get(i));
      scope.ifPresent(scopes::add);
      if (scope.isEmpty()) {
        body.problem("scopes/" + i, "unknown", "There are the scopes " + SCOPES + ".");
      }
    }
    return scopes;
  }

  private void revoke(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    boolean revoked =
        UserRoutes.pathId(request)
            .filter(id -> keys.revoke(caller.user().id(), new ApiKeyId(id)))
            .isPresent();
    if (!revoked) {
      throw Problem.of(Problem.Code.NOT_FOUND, "You have no such API key.").asException();
    }
    Replies.nothing(response);
  }
}
