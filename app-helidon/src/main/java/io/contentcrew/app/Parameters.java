package io.contentcrew.app;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** What stands after the question mark of an address. */
final class Parameters {
  private Parameters() {}

  /** The parameter of that name; the first one, and empty also where it has no value. */
  static Optional<String> query(ServerRequest request, String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isEmpty());
  }
}
