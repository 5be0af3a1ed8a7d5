package io.contentcrew.app;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** In which form a piece is wanted: by {@code ?as=}, else by {@code Accept}, else JSON. */
final class Negotiation {
  private static final MediaType MARKDOWN = MediaTypes.create("text", "markdown");

  enum Form {
    JSON,
    MARKDOWN
  }

  private Negotiation() {}

  static Form wanted(ServerRequest request) {
    Optional<String> as = Parameters.query(request, "as");
    if (as.isPresent()) {
      return switch (as.get()) {
        case "json" -> Form.JSON;
        case "markdown", "md" -> Form.MARKDOWN;
        default -> throw notAcceptable();
      };
    }
    List<HttpMediaType> accepted = request.headers().acceptedTypes();
    if (accepted.isEmpty()) {
      return Form.JSON;
    }
    for (HttpMediaType type : accepted) { // in the client's order of preference
      if (type.test(MediaTypes.APPLICATION_JSON)) {
        return Form.JSON;
      }
      if (type.test(MARKDOWN)) {
        return Form.MARKDOWN;
      }
    }
    throw notAcceptable();
  }

  private static Problem.Thrown notAcceptable() {
    return Problem.of(
            Problem.Code.NOT_ACCEPTABLE,
            "A piece can be had as json or markdown (?as=, or Accept: application/json,"
                + " text/markdown).")
        .asException();
  }
}
