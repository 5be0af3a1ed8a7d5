package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets pages of the listed origins use the service with their visitors' rights (CORS). A page of
 * another origin gets the answer as anybody does, but nothing that would let it read it; whether it
 * may have sent the request at all is not decided here. Immutable.
 *
 * <p>Not done by helidon-webserver-cors 4.5.0: it refuses plain requests of foreign origins with an
 * empty 403, answers questions beforehand with 200 and whatever headers were asked for, says
 * nothing in answers that come before routing, and sends no {@code Vary}.
 */
final class Cors {
  private static final HeaderName REQUESTED_METHOD = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");
  private static final Header CREDENTIALS =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
  private static final Header EXPOSED =
      HeaderValues.createCached(
          HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
          "Location, Retry-After, X-Request-ID, RateLimit, RateLimit-Policy, X-RateLimit-Limit,"
              + " X-RateLimit-Remaining, X-RateLimit-Reset, Idempotent-Replayed");

  private static final List<Header> PERMISSIONS =
      List.of(
          HeaderValues.createCached(
              HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE"),
          HeaderValues.createCached(
              HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
              "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-CSRF-Token,"
                  + " X-Request-ID"),
          HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600"));

  private final Set<String> origins;

  /** Lets those origins in. */
  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    add(request.headers(), response.headers());
    if (!isQuestion(request)) {
      chain.proceed();
      return;
    }
    if (origin(request.headers()).isEmpty()) {
      Problems.send(
          request,
          response,
          Problem.of(
              Problem.Code.FORBIDDEN,
              "Pages of this origin may not use the service; whoever runs it can name the origin in"
                  + " CORS_ORIGINS."));
      return;
    }
    PERMISSIONS.forEach(response::header);
    response.status(Status.NO_CONTENT_204).send();
  }

  /** Whether a browser asks beforehand if it may send a page's request. */
  private static boolean isQuestion(RoutingRequest request) {
    return request.prologue().method().equals(Method.OPTIONS)
        && request.headers().contains(HeaderNames.ORIGIN)
        && request.headers().contains(REQUESTED_METHOD);
  }

  /** Adds to an answer what it says to pages, whatever the answer is. */
  void add(Headers request, ServerResponseHeaders response) {
    response.add(VARY);
    origin(request)
        .ifPresent(
            origin -> {
              response.set(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
              response.set(CREDENTIALS);
              response.set(EXPOSED);
            });
  }

  /** The origin that was sent, if it is listed. */
  private Optional<String> origin(Headers request) {
    List<String> sent = request.all(HeaderNames.ORIGIN, List::of);
    return sent.size() == 1 && origins.contains(sent.getFirst())
        ? Optional.of(sent.getFirst())
        : Optional.empty();
  }
}
