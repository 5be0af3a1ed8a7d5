package io.contentcrew.app;

import io.contentcrew.domain.user.Session;
import io.contentcrew.ports.user.Seals;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pages of strangers from acting with their visitors' rights. Browsers send the session
 * cookie along whoever asks them to; so a request that changes something and comes with it must
 * also come from a page of ours, and show a token that only such a page can have read. Immutable.
 */
final class Csrf {
  private static final HeaderName TOKEN = HeaderNames.create("X-CSRF-Token");
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final String PURPOSE = "csrf";

  private final Seals seals;
  private final Set<String> origins;

  /** Pages of those origins may act. */
  Csrf(Seals seals, Set<String> origins) {
    this.seals = seals;
    this.origins = Set.copyOf(origins);
  }

  /** The token of a session's page: as good as the session's id for this, and for nothing else. */
  String token(Session session) {
    return seals.seal(PURPOSE, session.id().handle().toString());
  }

  /** Ends a request by cookie that changes something, unless a page of ours has sent it. */
  void check(ServerRequest request, Session session) {
    Method method = request.prologue().method();
    if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
      return;
    }
    List<String> tokens = request.headers().values(TOKEN);
    boolean genuine =
        tokens.size() == 1
            && seals.isGenuine(PURPOSE, session.id().handle().toString(), tokens.getFirst());
    if (!genuine || !comesFromOurPage(request)) {
      throw Problem.of(
              Problem.Code.FORBIDDEN,
              "A request with the session cookie must come from a page of this service, and have"
                  + " the header X-CSRF-Token with the csrf_token of GET /v1/auth/me. Programs send"
                  + " the access token as 'Authorization: Bearer TOKEN' instead of the cookie.")
          .asException();
    }
  }

  private boolean comesFromOurPage(ServerRequest request) {
    List<String> origin = request.headers().values(HeaderNames.ORIGIN);
    return origin.isEmpty()
        ? fetchSite(request).filter(OWN_SITES::contains).isPresent()
        : origin.size() == 1 && origins.contains(origin.getFirst());
  }

  private static Optional<String> fetchSite(ServerRequest request) {
    List<String> sites = request.headers().values(FETCH_SITE);
    return sites.size() == 1 ? Optional.of(sites.getFirst()) : Optional.empty();
  }

  /**
   * Ends a request that would sign a visitor in, if a stranger's page has sent it: there is no
   * session yet to bind a token to, and nobody is to be signed in to somebody else's account.
   */
  void checkOrigin(ServerRequest request) {
    List<String> origin = request.headers().values(HeaderNames.ORIGIN);
    if (!origin.isEmpty() && !(origin.size() == 1 && origins.contains(origin.getFirst()))) {
      throw Problem.of(
              Problem.Code.FORBIDDEN,
              "Pages of this origin cannot sign anybody in; whoever runs the service can name the"
                  + " origin in CORS_ORIGINS.")
          .asException();
    }
  }
}
