package io.contentcrew.app;

import io.contentcrew.domain.generation.ExportForm;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which form a piece is wanted: by {@code ?as=}, else by {@code Accept}, else JSON. */
final class Negotiation {
  private static final Map<ExportForm, MediaType> TYPES = new EnumMap<>(ExportForm.class);

  static {
    for (ExportForm form : ExportForm.values()) {
      TYPES.put(form, MediaTypes.create(form.mediaType()));
    }
  }

  private Negotiation() {}

  /** The form; empty for JSON. */
  static Optional<ExportForm> wanted(ServerRequest request) {
    Optional<String> as = Parameters.query(request, "as");
    if (as.isPresent()) {
      return as.get().equals("json")
          ? Optional.empty()
          : Optional.of(ExportForm.ofWireName(as.get()).orElseThrow(Negotiation::notAcceptable));
    }
    List<HttpMediaType> accepted = request.headers().acceptedTypes();
    if (accepted.isEmpty()) {
      return Optional.empty();
    }
    for (HttpMediaType type : accepted) { // in the client's order of preference
      if (type.test(MediaTypes.APPLICATION_JSON)) {
        return Optional.empty();
      }
      for (Map.Entry<ExportForm, MediaType> form : TYPES.entrySet()) {
        if (type.test(form.getValue())) {
          return Optional.of(form.getKey());
        }
      }
    }
    throw notAcceptable();
  }

  /** There is no such form, or nobody here makes it. */
  static Problem.Thrown notAcceptable() {
    return Problem.of(
            Problem.Code.NOT_ACCEPTABLE,
            "A piece can be had as json, markdown, html, docx or txt (?as=, or their media types in"
                + " Accept).")
        .asException();
  }
}
