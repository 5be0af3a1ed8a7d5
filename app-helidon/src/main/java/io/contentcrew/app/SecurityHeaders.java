package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;

/** What every answer tells browsers. */
final class SecurityHeaders {
  private static final List<Header> ALL =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("X-Frame-Options", "DENY"),
          HeaderValues.createCached(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

  private SecurityHeaders() {}

  static void add(ServerResponseHeaders headers) {
    ALL.forEach(headers::setIfAbsent);
  }
}
