package io.contentcrew.app.badhouse.app;

import java.sql.Connection;
import java.util.Optional;

/** A route that goes past the ports. */
public final class ReachesTooFar {
  final Optional<Connection> reached = Optional.empty();
}
