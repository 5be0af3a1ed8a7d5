package io.contentcrew.app;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Writes answers. Nothing that belongs to a user may stay in a cache on the way. */
final class Replies {
  /** Whoever keeps answers on the way must not keep this one. */
  static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  private Replies() {}

  static void json(ServerResponse response, Object view) {
    json(response, Status.OK_200, view);
  }

  static void json(ServerResponse response, Status status, Object view) {
    response.status(status);
    response.header(JSON);
    response.header(NO_STORE);
    response.send(Json.write(view));
  }

  static void text(ServerResponse response, String type, String text) {
    bytes(response, type, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static void bytes(ServerResponse response, String type, byte[] bytes) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.header(NO_STORE);
    response.send(bytes);
  }

  /** Says that it was heard, whatever comes of it. */
  static void accepted(ServerResponse response) {
    response.status(Status.ACCEPTED_202);
    response.header(NO_STORE);
    response.send();
  }

  static void nothing(ServerResponse response) {
    response.status(Status.NO_CONTENT_204);
    response.header(NO_STORE);
    response.send();
  }
}
