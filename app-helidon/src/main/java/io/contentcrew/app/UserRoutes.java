package io.contentcrew.app;

import io.contentcrew.domain.user.User;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.RegisterUser;
import io.contentcrew.sdk.user.SignIn;
import io.contentcrew.sdk.user.SignOut;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/auth}: signing up, in and out. */
final class UserRoutes implements HttpService {
  private final RegisterUser registerUser;
  private final SignIn signIn;
  private final SignOut signOut;
  private final Callers callers;
  private final Bodies bodies;

  UserRoutes(
      RegisterUser registerUser, SignIn signIn, SignOut signOut, Callers callers, Bodies bodies) {
    this.registerUser = registerUser;
    this.signIn = signIn;
    this.signOut = signOut;
    this.callers = callers;
    this.bodies = bodies;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/signup", this::signup)
        .any("/signup", MethodNotAllowed.but("POST"))
        .post("/login", this::login)
        .any("/login", MethodNotAllowed.but("POST"))
        .post("/logout", this::logout)
        .any("/logout", MethodNotAllowed.but("POST"))
        .get("/me", this::me)
        .any("/me", MethodNotAllowed.but("GET"));
  }

  private void signup(ServerRequest request, ServerResponse response) {
    JsonBody body = bodies.json(request);
    var form =
        new RegisterUser.Request(body.text("email"), body.text("password"), body.text("name"));
    body.check();
    switch (registerUser.register(form)) {
      case RegisterUser.Outcome.Registered(SignedIn signedIn, Secret token) ->
          welcome(response, Status.CREATED_201, signedIn, token);
      case RegisterUser.Outcome.Invalid invalid ->
          throw Problem.invalid(invalid.problems()).asException();
      case RegisterUser.Outcome.EmailTaken() ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "No account was made with that address. If it is yours and has an account"
                      + " already, sign in.")
              .asException();
    }
  }

  private void login(ServerRequest request, ServerResponse response) {
    JsonBody body = bodies.json(request);
    var form = new SignIn.Request(body.text("email"), body.text("password"));
    body.check();
    switch (signIn.signIn(form)) {
      case SignIn.Outcome.Admitted(SignedIn signedIn, Secret token) ->
          welcome(response, Status.OK_200, signedIn, token);
      case SignIn.Outcome.Refused() ->
          throw Problem.of(
                  Problem.Code.AUTH_ERROR, "The e-mail address or the password is not right.")
              .asException();
    }
  }

  private void logout(ServerRequest request, ServerResponse response) {
    signOut.signOut(callers.require(request).session().id());
    callers.clearCookie(response);
    Replies.nothing(response);
  }

  private void me(ServerRequest request, ServerResponse response) {
    Replies.json(response, view(callers.require(request)));
  }

  private void welcome(ServerResponse response, Status status, SignedIn signedIn, Secret token) {
    Duration lifetime =
        Duration.between(signedIn.session().createdAt(), signedIn.session().expiresAt());
    callers.setCookie(response, token, lifetime);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("access_token", token.reveal());
    view.put("token_type", "bearer");
    view.put("expires_in", lifetime.toSeconds());
    view.put("user", view(signedIn));
    Replies.json(response, status, view);
  }

  private static Map<String, Object> view(SignedIn signedIn) {
    User user = signedIn.user();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", user.id().toString());
    view.put("email", user.email().value());
    view.put("name", user.name());
    view.put("tier", signedIn.entitlement().tier().value());
    view.put("created_at", user.createdAt().toString());
    return view;
  }
}
