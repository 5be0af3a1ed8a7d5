package io.contentcrew.app;

import io.contentcrew.app.Cookies.Kind;
import io.contentcrew.domain.user.SessionHandle;
import io.contentcrew.ports.user.Sessions.Open;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.ports.user.Users.Account;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.user.NewSession;
import io.contentcrew.sdk.user.RegisterUser;
import io.contentcrew.sdk.user.SignIn;
import io.contentcrew.sdk.user.StartAsGuest;
import io.contentcrew.sdk.user.UserAccounts;
import io.contentcrew.sdk.user.VerifyEmail;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/auth}: signing up, in and out, and the sessions. */
final class UserRoutes implements HttpService {
  private final UserAccounts users;
  private final Callers callers;
  private final Bodies bodies;
  private final AddressLimits limits;
  private final Csrf csrf;
  private final Cookies cookies;
  private final Welcome welcome;

  UserRoutes(
      UserAccounts users,
      Callers callers,
      Bodies bodies,
      AddressLimits limits,
      Csrf csrf,
      Cookies cookies,
      Welcome welcome) {
    this.users = users;
    this.callers = callers;
    this.bodies = bodies;
    this.limits = limits;
    this.csrf = csrf;
    this.cookies = cookies;
    this.welcome = welcome;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/guest", this::guest)
        .any("/guest", MethodNotAllowed.but("POST"))
        .post("/signup", this::signup)
        .any("/signup", MethodNotAllowed.but("POST"))
        .post("/login", this::login)
        .any("/login", MethodNotAllowed.but("POST"))
        .post("/logout", this::logout)
        .any("/logout", MethodNotAllowed.but("POST"))
        .get("/me", this::me)
        .any("/me", MethodNotAllowed.but("GET"))
        .post("/email/verify", this::verifyEmail)
        .any("/email/verify", MethodNotAllowed.but("POST"))
        .post("/email/send", this::sendVerification)
        .any("/email/send", MethodNotAllowed.but("POST"))
        .get("/sessions", this::sessions)
        .delete("/sessions", this::endSessions)
        .any("/sessions", MethodNotAllowed.but("GET, DELETE"))
        .delete("/sessions/{id}", this::endSession)
        .any("/sessions/{id}", MethodNotAllowed.but("DELETE"));
  }

  // ---- in

  private void guest(ServerRequest request, ServerResponse response) {
    csrf.checkOrigin(request);
    bodies.json(request).check();
    if (callers.stranger(request).isPresent()) {
      throw Problem.of(Problem.Code.CONFLICT, "You are signed in already.").asException();
    }
    if (users.startAsGuest().isOffered()) {
      limits.guest(request, response);
    }
    switch (users.startAsGuest().start(Welcome.device(request))) {
      case StartAsGuest.Outcome.Started(NewSession session) ->
          welcome.answer(response, Status.CREATED_201, session);
      case StartAsGuest.Outcome.NotOffered() ->
          throw Problem.of(
                  Problem.Code.FORBIDDEN, "This service has no guests. Sign up, free of charge.")
              .asException();
    }
  }

  private void signup(ServerRequest request, ServerResponse response) {
    csrf.checkOrigin(request);
    JsonBody body = bodies.json(request);
    var form =
        new RegisterUser.Request(
            body.text("email"),
            body.text("password"),
            body.text("name"),
            Welcome.device(request),
            callers.guestIfAny(request));
    body.check();
    limits.signUp(request, response);
    switch (users.registerUser().register(form)) {
      case RegisterUser.Outcome.Registered(NewSession session) ->
          welcome.answer(response, Status.CREATED_201, session);
      case RegisterUser.Outcome.LetterSent() ->
          Replies.json(
              response,
              Status.ACCEPTED_202,
              Map.of(
                  "status",
                  "letter_sent",
                  "detail",
                  "A letter to that address tells how to go on. If none comes, look at the address"
                      + " and try again in some minutes."));
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
    csrf.checkOrigin(request);
    JsonBody body = bodies.json(request);
    var form =
        new SignIn.Request(
            body.text("email"),
            body.text("password"),
            Welcome.device(request),
            cookies.read(request, Kind.DEVICE),
            callers.guestIfAny(request));
    body.check();
    limits.login(request, response, form.email());
    switch (signIn(request, form)) {
      case SignIn.Outcome.Admitted(NewSession session) ->
          welcome.answer(response, Status.OK_200, session);
      case SignIn.Outcome.Refused() ->
          throw Problem.of(
                  Problem.Code.AUTH_ERROR,
                  "The e-mail address or the password is not right, or it was tried too often"
                      + " lately; then wait a little.")
              .asException();
    }
  }

  /**
   * A refusal counts for the network address, an admission for the e-mail address, and what came to
   * no end for neither.
   */
  private SignIn.Outcome signIn(ServerRequest request, SignIn.Request form) {
    SignIn.@Nullable Outcome outcome = null;
    try {
      outcome = users.signIn().signIn(form);
      return outcome;
    } finally {
      if (!(outcome instanceof SignIn.Outcome.Admitted)) {
        limits.notSucceeded(form.email());
      }
      if (!(outcome instanceof SignIn.Outcome.Refused)) {
        limits.notFailed(request);
      }
    }
  }

  private void verifyEmail(ServerRequest request, ServerResponse response) {
    csrf.checkOrigin(request);
    JsonBody body = bodies.json(request);
    var form =
        new VerifyEmail.Request(
            body.text("token"),
            body.optionalText("password"),
            body.optionalText("name"),
            callers.ownerIfAny(request).map(signedIn -> signedIn.user().id()),
            Welcome.device(request),
            callers.guestIfAny(request));
    body.check();
    limits.letter(request, response);
    switch (users.verifyEmail().verify(form)) {
      case VerifyEmail.Outcome.Registered(NewSession session) ->
          welcome.answer(response, Status.CREATED_201, session);
      case VerifyEmail.Outcome.Verified verified -> Replies.nothing(response);
      case VerifyEmail.Outcome.Invalid(FieldProblem problem) ->
          throw Problem.invalid(List.of(problem)).asException();
      case VerifyEmail.Outcome.SignInNeeded() ->
          throw Problem.of(
                  Problem.Code.AUTH_ERROR,
                  "Sign in to the account whose address this is, and send the token again.")
              .asException();
      case VerifyEmail.Outcome.NotValid() ->
          throw PasswordRoutes.tokenNotValid("Sign up again, or ask for another letter.");
    }
  }

  private void sendVerification(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    switch (users.verifyEmail().send(caller.user().id())) {
      case ON_ITS_WAY -> Replies.accepted(response);
      case TOO_MANY ->
          throw Problem.of(
                  Problem.Code.RATE_LIMITED,
                  "There were some letters already. Please look for them, or wait some minutes.")
              .retryAfter(PasswordRoutes.SOME_MINUTES)
              .asException();
      case NOTHING_TO_VERIFY ->
          throw Problem.of(
                  Problem.Code.CONFLICT,
                  "There is nothing to verify: the account has no address, or it is verified.")
              .asException();
      case NO_MAIL -> throw PasswordRoutes.noMail();
    }
  }

  private void me(ServerRequest request, ServerResponse response) {
    SignedIn signedIn = callers.requireOwner(request, response);
    Map<String, Object> view = welcome.me(signedIn);
    boolean hasPassword =
        users.find(signedIn.user().id()).flatMap(Account::passwordHash).isPresent();
    view.put("has_password", hasPassword);
    Replies.json(response, view);
  }

  // ---- out

  private void logout(ServerRequest request, ServerResponse response) {
    users.manageSessions().signOut(callers.requireOwner(request, response).session());
    cookies.clear(response, Kind.SESSION);
    Replies.nothing(response);
  }

  private void sessions(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    SessionHandle own = caller.session().id().handle();
    List<Map<String, Object>> views =
        users.manageSessions().list(caller.user().id()).stream()
            .map(open -> session(open, open.handle().equals(own)))
            .toList();
    Replies.json(response, Map.of("data", views));
  }

  private static Map<String, Object> session(Open open, boolean current) {
    Map<String, Object> view = Views.session(open);
    view.put("current", current);
    return view;
  }

  private void endSession(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    boolean ended =
        pathId(request)
            .filter(id -> users.manageSessions().end(caller.user().id(), new SessionHandle(id)))
            .isPresent();
    if (!ended) {
      throw Problem.of(Problem.Code.NOT_FOUND, "You have no such session that is open.")
          .asException();
    }
    Replies.nothing(response);
  }

  /** Signs out everywhere, or with {@code ?except=current} everywhere else. */
  private void endSessions(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    Optional<String> except = Parameters.query(request, "except");
    if (except.filter(word -> !word.equals("current")).isPresent()) {
      throw Problem.of(
              Problem.Code.BAD_REQUEST, "The parameter except can be 'current', and nothing else.")
          .asException();
    }
    users.manageSessions().endAll(caller.user().id(), except.map(word -> caller.session().id()));
    if (except.isEmpty()) {
      cookies.clear(response, Kind.SESSION);
    }
    Replies.nothing(response);
  }

  /** The id in the path, if it has the form of one. */
  static Optional<UUID> pathId(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    try {
      return Optional.of(UUID.fromString(id)).filter(parsed -> parsed.toString().equals(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
