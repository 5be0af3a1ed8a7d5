package io.contentcrew.app.badhouse.adapters.export;

import java.sql.Connection;
import java.util.Optional;

/** An adapter with the technology of another. */
public final class ReachesTooFar {
  final Optional<Connection> reached = Optional.empty();
}
