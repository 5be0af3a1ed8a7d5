package io.contentcrew.app;

import io.contentcrew.app.Cookies.Kind;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.NewSession;
import io.contentcrew.sdk.user.Proof;
import io.contentcrew.sdk.user.SignInWithProvider;
import io.contentcrew.sdk.user.SignInWithProvider.Answer;
import io.contentcrew.sdk.user.SignInWithProvider.Outcome;
import io.contentcrew.sdk.user.SignInWithProvider.Reason;
import io.contentcrew.sdk.user.SignInWithProvider.Start;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v1/auth/oauth} and {@code /v1/auth/identities}: signing in with Google, GitHub or
 * Facebook. Readers come back to the web page with a word on how it went; never with a token.
 */
final class OAuthRoutes {
  private final SignInWithProvider cases;
  private final Callers callers;
  private final Bodies bodies;
  private final AddressLimits limits;
  private final Cookies cookies;
  private final Welcome welcome;
  private final URI callback;

  OAuthRoutes(
      SignInWithProvider cases,
      Callers callers,
      Bodies bodies,
      AddressLimits limits,
      Cookies cookies,
      Welcome welcome,
      URI callback) {
    this.cases = cases;
    this.callers = callers;
    this.bodies = bodies;
    this.limits = limits;
    this.cookies = cookies;
    this.welcome = welcome;
    this.callback = callback;
  }

  /** Going to a provider and coming back. */
  HttpService visits() {
    return this::visitRoutes;
  }

  /** The identities of an account. */
  HttpService identities() {
    return this::identityRoutes;
  }

  private void visitRoutes(HttpRules rules) {
    rules
        .get("/providers", this::providers)
        .any("/providers", MethodNotAllowed.but("GET"))
        .get("/{provider}/start", this::start)
        .any("/{provider}/start", MethodNotAllowed.but("GET"))
        .post("/{provider}/link", this::link)
        .any("/{provider}/link", MethodNotAllowed.but("POST"))
        .get("/{provider}/callback", this::comeBack)
        .any("/{provider}/callback", MethodNotAllowed.but("GET"));
  }

  private void identityRoutes(HttpRules rules) {
    rules
        .get("/", this::list)
        .any("/", MethodNotAllowed.but("GET"))
        .delete("/{provider}", this::unlink)
        .any("/{provider}", MethodNotAllowed.but("DELETE"));
  }

  private void providers(ServerRequest request, ServerResponse response) {
    Replies.json(
        response, Map.of("data", cases.providers().stream().map(OAuthRoutes::provider).toList()));
  }

  private static Map<String, Object> provider(IdentityProvider provider) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", provider.name().value());
    view.put("display_name", provider.displayName());
    view.put("start", "/v1/auth/oauth/" + provider.name() + "/start");
    return view;
  }

  private void start(ServerRequest request, ServerResponse response) {
    limits.visit(request, response);
    String returnTo = Parameters.query(request, "return_to").orElse("/");
    redirect(response, begun(response, cases.start(provider(request), returnTo)));
  }

  private void link(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireAccount(request, response);
    JsonBody body = bodies.json(request);
    String returnTo = body.optionalText("return_to").orElse("/");
    Proof proof = PasswordRoutes.proof(caller, body.optionalText("password"));
    body.check();
    URI address =
        begun(response, cases.startLink(provider(request), returnTo, caller.session(), proof));
    Replies.json(response, Map.of("authorization_url", address.toString()));
  }

  private URI begun(ServerResponse response, Start start) {
    return switch (start) {
      case Start.Started(URI address, Secret browser, Duration lifetime) -> {
        cookies.set(response, Kind.VISIT, browser, lifetime);
        yield address;
      }
      case Start.UnknownProvider() -> throw noSuchProvider();
      case Start.NotProven(Proof.Verdict verdict) ->
          throw PasswordRoutes.notProven(verdict, "password");
    };
  }

  private void comeBack(ServerRequest request, ServerResponse response) {
    ProviderName name = provider(request);
    Answer answer =
        new Answer(
            Parameters.query(request, "state"),
            Parameters.query(request, "code"),
            Parameters.query(request, "error"),
            Parameters.query(request, "iss"),
            cookies.read(request, Kind.VISIT),
            Welcome.device(request),
            callers.guestIfAny(request));
    cookies.clear(response, Kind.VISIT);
    redirect(response, page(response, cases.finish(name, answer)));
  }

  private URI page(ServerResponse response, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted(NewSession session, boolean isNew, String returnTo) -> {
        welcome.setCookies(response, session);
        yield page(isNew ? "signed_up" : "signed_in", Optional.empty(), returnTo);
      }
      case Outcome.Linked(String returnTo) -> page("linked", Optional.empty(), returnTo);
      case Outcome.Refused(Reason reason, String returnTo) ->
          page("error", Optional.of(reason.name().toLowerCase(Locale.ROOT)), returnTo);
    };
  }

  private URI page(String status, Optional<String> error, String returnTo) {
    return URI.create(
        callback
            + "?status="
            + status
            + error.map(word -> "&error=" + word).orElse("")
            + "&return_to="
            + URLEncoder.encode(returnTo, StandardCharsets.UTF_8));
  }

  private static void redirect(ServerResponse response, URI address) {
    response.status(Status.FOUND_302);
    response.header(HeaderNames.LOCATION, address.toString());
    response.header(Replies.NO_STORE);
    response.send();
  }

  private void list(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    Replies.json(
        response,
        Map.of("data", cases.identities(caller.user().id()).stream().map(Views::linked).toList()));
  }

  private void unlink(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    ProviderName name = name(request).orElseThrow(OAuthRoutes::notLinked);
    switch (cases.unlink(caller.user().id(), name)) {
      case UNLINKED -> Replies.nothing(response);
      case NOT_LINKED -> throw notLinked();
      case LAST_WAY_IN ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "Without it you could not sign in any more. Set a password first, or link another"
                      + " provider.")
              .asException();
    }
  }

  /** A provider that there is here. */
  private ProviderName provider(ServerRequest request) {
    return name(request)
        .filter(sent -> cases.providers().stream().anyMatch(known -> known.name().equals(sent)))
        .orElseThrow(OAuthRoutes::noSuchProvider);
  }

  private static Optional<ProviderName> name(ServerRequest request) {
    try {
      return Optional.of(new ProviderName(request.path().pathParameters().get("provider")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Problem.Thrown noSuchProvider() {
    return Problem.of(
            Problem.Code.NOT_FOUND,
            "There is no such provider here; GET /v1/auth/oauth/providers lists those there are.")
        .asException();
  }

  private static Problem.Thrown notLinked() {
    return Problem.of(Problem.Code.NOT_FOUND, "Your account has no identity there.").asException();
  }
}
