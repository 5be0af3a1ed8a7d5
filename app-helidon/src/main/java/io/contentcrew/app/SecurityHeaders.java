package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import java.util.List;
import java.util.stream.Stream;

/** What every answer tells browsers. Immutable. */
final class SecurityHeaders {
  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("X-Frame-Options", "DENY"),
          HeaderValues.createCached(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

  /** For a year; not for sub-domains, which may be somebody else's matter. */
  private static final Header HTTPS_ONLY =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

  private final List<Header> all;

  /**
   * @param https whether clients come by HTTPS; else a browser that was told to do so could not
   *     come again
   */
  SecurityHeaders(boolean https) {
    all =
        Stream.concat(ALWAYS.stream(), https ? Stream.of(HTTPS_ONLY) : Stream.<Header>empty())
            .toList();
  }

  void add(ServerResponseHeaders headers) {
    all.forEach(headers::setIfAbsent);
  }
}
