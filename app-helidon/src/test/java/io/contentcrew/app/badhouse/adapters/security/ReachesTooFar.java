package io.contentcrew.app.badhouse.adapters.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An adapter with the library of another. */
public final class ReachesTooFar {
  final Optional<JsonNode> reached = Optional.empty();
}
