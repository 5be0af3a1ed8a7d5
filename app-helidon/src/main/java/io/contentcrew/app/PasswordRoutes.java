package io.contentcrew.app;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.user.ChangePassword;
import io.contentcrew.sdk.user.Proof;
import io.contentcrew.sdk.user.ResetPassword;
import io.contentcrew.sdk.user.UserAccounts;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /v1/auth/password}: changing passwords, and choosing new ones by mail. */
final class PasswordRoutes implements HttpService {
  static final Duration SOME_MINUTES = Duration.ofMinutes(5);

  private final UserAccounts users;
  private final Callers callers;
  private final Bodies bodies;
  private final AddressLimits limits;

  PasswordRoutes(UserAccounts users, Callers callers, Bodies bodies, AddressLimits limits) {
    this.users = users;
    this.callers = callers;
    this.bodies = bodies;
    this.limits = limits;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/forgot", this::forgot)
        .any("/forgot", MethodNotAllowed.but("POST"))
        .post("/reset", this::reset)
        .any("/reset", MethodNotAllowed.but("POST"))
        .post("/change", this::change)
        .any("/change", MethodNotAllowed.but("POST"));
  }

  private void forgot(ServerRequest request, ServerResponse response) {
    JsonBody body = bodies.json(request);
    String email = body.text("email");
    body.check();
    limits.letter(request, response);
    switch (users.resetPassword().send(email)) {
      case PERHAPS_ON_ITS_WAY -> Replies.accepted(response);
      case NO_MAIL -> throw noMail();
    }
  }

  private void reset(ServerRequest request, ServerResponse response) {
    JsonBody body = bodies.json(request);
    String token = body.text("token");
    String password = body.text("new_password");
    body.check();
    limits.letter(request, response);
    switch (users.resetPassword().reset(token, password)) {
      case ResetPassword.Outcome.Changed() -> Replies.nothing(response);
      case ResetPassword.Outcome.Invalid(FieldProblem problem) ->
          throw Problem.invalid(List.of(problem)).asException();
      case ResetPassword.Outcome.NotValid() -> throw tokenNotValid("Ask for another letter.");
    }
  }

  private void change(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireAccount(request, response);
    JsonBody body = bodies.json(request);
    Proof proof = proof(caller, body.optionalText("current_password"));
    String password = body.text("new_password");
    body.check();
    switch (users.changePassword().change(caller.session(), proof, password)) {
      case ChangePassword.Outcome.Changed() -> Replies.nothing(response);
      case ChangePassword.Outcome.Invalid(FieldProblem problem) ->
          throw Problem.invalid(List.of(problem)).asException();
      case ChangePassword.Outcome.NotProven(Proof.Verdict verdict) ->
          throw notProven(verdict, "current_password");
    }
  }

  /** The password if one was sent, else that they have signed in lately. */
  static Proof proof(SignedIn caller, Optional<String> password) {
    return password
        .<Proof>map(text -> new Proof.Password(Secret.of(text)))
        .orElseGet(() -> new Proof.RecentSignIn(caller.session()));
  }

  static Problem.Thrown notProven(Proof.Verdict verdict, String member) {
    return switch (verdict) {
      case WRONG_PASSWORD ->
          Problem.of(
                  Problem.Code.FORBIDDEN,
                  "The password is not right, or it was tried too often lately; then wait a"
                      + " little.")
              .asException();
      case PASSWORD_NEEDED ->
          Problem.invalid(
                  List.of(
                      new FieldProblem(
                          "/" + member, "missing", "The account's password must be given here.")))
              .asException();
      case SIGN_IN_NEEDED ->
          Problem.of(
                  Problem.Code.FORBIDDEN,
                  "The account has no password: sign in once more, and do it within "
                      + Proof.RECENT.toMinutes()
                      + " minutes.")
              .asException();
      case SIGN_UP_NEEDED -> Callers.signUpFirst();
      case PROVEN -> throw new IllegalStateException("it was proven");
    };
  }

  static Problem.Thrown tokenNotValid(String whatToDo) {
    return Problem.of(
            Problem.Code.TOKEN_NOT_VALID,
            "The token of the letter is not right, was used, or is too old. " + whatToDo)
        .asException();
  }

  static Problem.Thrown noMail() {
    return Problem.of(
            Problem.Code.SERVICE_UNAVAILABLE,
            "This service sends no mail. Whoever runs it can set SMTP_HOST.")
        .retryAfter(Duration.ofHours(1))
        .asException();
  }
}
