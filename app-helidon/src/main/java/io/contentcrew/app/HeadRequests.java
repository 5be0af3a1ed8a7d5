package io.contentcrew.app;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;

/**
 * Answers HEAD wherever GET is answered, with the same headers: the routes see GET. The server
 * knows nothing of HEAD by itself; that no body goes out is seen to by {@link Connections}.
 */
final class HeadRequests {
  private record IsHead() {}

  private HeadRequests() {}

  static void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    HttpPrologue prologue = request.prologue();
    if (!prologue.method().equals(Method.HEAD)) {
      chain.proceed();
      return;
    }
    request.context().register(new IsHead());
    request.prologue(
        HttpPrologue.create(
            prologue.rawProtocol(),
            prologue.protocol(),
            prologue.protocolVersion(),
            Method.GET,
            prologue.uriPath(),
            prologue.query(),
            prologue.fragment()));
    try {
      chain.proceed();
    } finally {
      request.prologue(prologue); // whoever counts requests is to see what was sent
    }
  }

  /** Whether nobody wants the body. */
  static boolean isHead(ServerRequest request) {
    return request.context().get(IsHead.class).isPresent();
  }
}
