package io.contentcrew.app;

import io.contentcrew.app.Cookies.Kind;
import io.contentcrew.domain.user.Session;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.user.Sessions.SignedIn;
import io.contentcrew.sdk.user.NewSession;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What users get who have just signed in, and what they are shown of themselves. */
final class Welcome {
  private final Cookies cookies;
  private final Csrf csrf;

  Welcome(Cookies cookies, Csrf csrf) {
    this.cookies = cookies;
    this.csrf = csrf;
  }

  /** What the client calls itself. */
  static String device(ServerRequest request) {
    return request.headers().first(HeaderNames.USER_AGENT).orElse("");
  }

  /** Sets the cookies of a session that has just begun. */
  void setCookies(ServerResponse response, NewSession session) {
    cookies.set(response, Kind.SESSION, session.token(), lifetime(session));
    session
        .device()
        .ifPresent(device -> cookies.set(response, Kind.DEVICE, device, NewSession.DEVICE_KNOWN));
  }

  /** Answers with a session that has just begun, for browsers and for programs. */
  void answer(ServerResponse response, Status status, NewSession session) {
    setCookies(response, session);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("access_token", session.token().reveal());
    view.put("token_type", "bearer");
    view.put("expires_in", lifetime(session).toSeconds());
    view.put("csrf_token", csrf.token(session.signedIn().session()));
    view.put("user", user(session.signedIn()));
    Replies.json(response, status, view);
  }

  private static Duration lifetime(NewSession session) {
    Session began = session.signedIn().session();
    return Duration.between(began.createdAt(), began.expiresAt());
  }

  /** What users see of themselves, with what their pages need to act. */
  Map<String, Object> me(SignedIn signedIn) {
    Map<String, Object> view = user(signedIn);
    view.put("csrf_token", csrf.token(signedIn.session()));
    return view;
  }

  private static Map<String, Object> user(SignedIn signedIn) {
    User user = signedIn.user();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", user.id().toString());
    view.put("email", user.email().map(email -> email.value()).orElse(null));
    view.put("email_verified", user.emailVerified());
    view.put("name", user.name());
    view.put("guest", user.guest());
    view.put("tier", signedIn.entitlement().tier().value());
    view.put("created_at", user.createdAt().toString());
    return view;
  }
}
