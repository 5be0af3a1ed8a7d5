package io.contentcrew.app;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.Authenticate;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Who sends a request: by {@code Authorization: Bearer}, or by the session cookie. The cookie
 * counts only for requests that change nothing, because browsers send it along whoever asks them
 * to.
 */
final class Callers {
  private final Authenticate authenticate;
  private final boolean secureCookie;
  private final String cookieName;

  Callers(Authenticate authenticate, boolean secureCookie) {
    this.authenticate = authenticate;
    this.secureCookie = secureCookie;
    this.cookieName = secureCookie ? "__Host-ccrew_session" : "ccrew_session";
  }

  /** Who is signed in; ends the request with 401 if nobody is. */
  SignedIn require(ServerRequest request) {
    return token(request)
        .flatMap(authenticate::authenticate)
        .orElseThrow(
            () ->
                Problem.of(
                        Problem.Code.AUTH_ERROR,
                        "Sign in at /v1/auth/login and send the access token as 'Authorization:"
                            + " Bearer TOKEN'.")
                    .asException());
  }

  private Optional<String> token(ServerRequest request) {
    Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
    if (header.isPresent()) {
      String value = header.get();
      boolean bearer = value.regionMatches(true, 0, "Bearer ", 0, 7);
      return bearer ? Optional.of(value.substring(7).strip()) : Optional.empty();
    }
    Method method = request.prologue().method();
    boolean safe = method.equals(Method.GET) || method.equals(Method.HEAD);
    return safe ? request.headers().cookies().first(cookieName).asOptional() : Optional.empty();
  }

  void setCookie(ServerResponse response, Secret token, Duration lifetime) {
    cookie(response, token.reveal(), lifetime.toSeconds());
  }

  void clearCookie(ServerResponse response) {
    cookie(response, "", 0);
  }

  private void cookie(ServerResponse response, String value, long maxAge) {
    String cookie =
        cookieName
            + "="
            + value
            + "; Path=/; Max-Age="
            + maxAge
            + "; HttpOnly; SameSite=Lax"
            + (secureCookie ? "; Secure" : "");
    response.headers().add(HeaderValues.create(HeaderNames.SET_COOKIE, cookie));
  }
}
