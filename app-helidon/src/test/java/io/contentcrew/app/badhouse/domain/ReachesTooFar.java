package io.contentcrew.app.badhouse.domain;

import java.sql.Connection;
import java.util.Optional;

/** A rule that knows a database. */
public final class ReachesTooFar {
  final Optional<Connection> reached = Optional.empty();
}
