package io.contentcrew.app;

import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Gives every request its id and its security headers, and notes how it went: the route, not the
 * address, and nothing that was sent.
 */
final class AccessLog {
  private static final System.Logger LOG = System.getLogger("io.contentcrew.access");

  private final HttpMetrics metrics;
  private final SecurityHeaders securityHeaders;

  AccessLog(HttpMetrics metrics, SecurityHeaders securityHeaders) {
    this.metrics = metrics;
    this.securityHeaders = securityHeaders;
  }

  void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long begun = System.nanoTime();
    response.header(RequestIds.HEADER, RequestIds.of(request));
    securityHeaders.add(response.headers());
    try {
      chain.proceed();
    } finally {
      long took = System.nanoTime() - begun;
      String route = route(request);
      String method = request.prologue().method().text();
      int status = response.status().code();
      metrics.request(method, route, status, took);
      if (LOG.isLoggable(Level.INFO) && !route.startsWith("/health") && !route.equals("/metrics")) {
        LOG.log(
            Level.INFO,
            "{0} {1} {2} {3} ms, request {4}",
            method,
            route,
            status,
            took / 1_000_000,
            RequestIds.of(request));
      }
    }
  }

  private static String route(RoutingRequest request) {
    return Optional.ofNullable(request.path())
        .flatMap(path -> request.matchingPattern())
        .orElse("unmatched");
  }
}
