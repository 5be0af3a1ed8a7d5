package io.contentcrew.app;

import io.contentcrew.ports.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What browsers keep for us: no script can read it, and no other host is sent it (prefix {@code
 * __Host-}, RFC 6265bis), unless the service is used without HTTPS.
 */
final class Cookies {
  /** The kinds of cookies. */
  enum Kind {
    /** The session's token. */
    SESSION("ccrew_session"),
    /** That this device has signed in before. */
    DEVICE("ccrew_device"),
    /** That this browser was sent to an identity provider. */
    VISIT("ccrew_visit");

    private final String plainName;

    Kind(String plainName) {
      this.plainName = plainName;
    }
  }

  private final boolean secure;

  Cookies(boolean secure) {
    this.secure = secure;
  }

  String name(Kind kind) {
    return secure ? "__Host-" + kind.plainName : kind.plainName;
  }

  Optional<String> read(ServerRequest request, Kind kind) {
    return request.headers().cookies().first(name(kind)).asOptional();
  }

  void set(ServerResponse response, Kind kind, Secret value, Duration lifetime) {
    write(response, kind, value.reveal(), lifetime.toSeconds());
  }

  void clear(ServerResponse response, Kind kind) {
    write(response, kind, "", 0);
  }

  private void write(ServerResponse response, Kind kind, String value, long maxAge) {
    String cookie =
        name(kind)
            + "="
            + value
            + "; Path=/; Max-Age="
            + maxAge
            + "; HttpOnly; SameSite=Lax"
            + (secure ? "; Secure" : "");
    response.headers().add(HeaderValues.create(HeaderNames.SET_COOKIE, cookie));
  }
}
