package io.contentcrew.app;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;

/**
 * Answers for an address that is there but does not know the method: to be registered after those
 * it knows.
 */
final class MethodNotAllowed {
  private MethodNotAllowed() {}

  /** Names those methods, and HEAD where GET is one of them. */
  static Handler but(String methods) {
    String allowed = methods.replace("GET", "GET, HEAD");
    return (request, response) -> {
      response.header(HeaderNames.ALLOW, allowed);
      throw Problem.of(Problem.Code.METHOD_NOT_ALLOWED, "This address knows " + allowed + " only.")
          .asException();
    };
  }
}
