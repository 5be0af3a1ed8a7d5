package io.contentcrew.app.badhouse.ports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A contract that shows a library. */
public final class ReachesTooFar {
  final Optional<JsonNode> reached = Optional.empty();
}
