package io.contentcrew.app;

import io.contentcrew.app.Cookies.Kind;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.DeleteAccount.Outcome;
import io.contentcrew.sdk.user.Proof;
import io.contentcrew.sdk.user.UserAccounts;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;

/** {@code /v1/account}: taking everything away, and leaving. */
final class AccountRoutes implements HttpService {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.http");

  private final UserAccounts users;
  private final Callers callers;
  private final Bodies bodies;
  private final Cookies cookies;

  AccountRoutes(UserAccounts users, Callers callers, Bodies bodies, Cookies cookies) {
    this.users = users;
    this.callers = callers;
    this.bodies = bodies;
    this.cookies = cookies;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/export", this::export)
        .any("/export", MethodNotAllowed.but("GET"))
        .delete("/", this::delete)
        .any("/", MethodNotAllowed.but("DELETE"));
  }

  /**
   * Is written as it is read; what breaks off ends with the connection, so that nobody is misled.
   */
  private void export(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    ExportJson json = new ExportJson(() -> begun(response));
    try {
      users.exportAccount().export(caller.user().id(), json);
      json.finish();
    } catch (PortException e) {
      if (!json.isBegun()) {
        throw e;
      }
      LOG.log(Level.WARNING, "An export breaks off: {0}", e.getMessage());
      throw new CloseConnectionException("an export has broken off", e);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the reader of an export has left", e);
    }
  }

  private static OutputStream begun(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"account.json\"");
    response.header(Replies.NO_STORE);
    return response.outputStream();
  }

  private void delete(ServerRequest request, ServerResponse response) {
    SignedIn caller = callers.requireOwner(request, response);
    JsonBody body = bodies.json(request);
    Proof proof = PasswordRoutes.proof(caller, body.optionalText("password"));
    boolean atOnce = body.optionalFlag("at_once").orElse(false);
    body.check();
    switch (users.deleteAccount().delete(caller.user().id(), proof, atOnce)) {
      case Outcome.Deleted(Instant eraseAt) -> {
        cookies.clear(response, Kind.SESSION);
        cookies.clear(response, Kind.DEVICE);
        Replies.json(response, Map.of("erase_at", eraseAt.toString()));
      }
      case Outcome.NotProven(Proof.Verdict verdict) ->
          throw PasswordRoutes.notProven(verdict, "password");
      case Outcome.NotFound() ->
          throw Problem.of(Problem.Code.CONFLICT, "The account was deleted already.").asException();
    }
  }
}
