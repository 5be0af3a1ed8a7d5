package io.contentcrew.app;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives each request an id, or keeps the one that was sent if it is harmless. */
final class RequestIds {
  static final HeaderName HEADER = HeaderNames.create("X-Request-ID");

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private record Id(String value) {}

  private RequestIds() {}

  static String of(ServerRequest request) {
    return request
        .context()
        .get(Id.class)
        .orElseGet(
            () -> {
              Id id =
                  new Id(
                      request
                          .headers()
                          .first(HEADER)
                          .filter(sent -> HARMLESS.matcher(sent).matches())
                          .orElseGet(RequestIds::make));
              request.context().register(id);
              return id;
            })
        .value;
  }

  static String make() {
    return UUID.randomUUID().toString();
  }
}
