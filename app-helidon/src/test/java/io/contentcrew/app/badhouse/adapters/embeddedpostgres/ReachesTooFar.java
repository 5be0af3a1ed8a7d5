package io.contentcrew.app.badhouse.adapters.embeddedpostgres;

import io.contentcrew.adapters.postgres.PostgresAdapter;
import java.util.Optional;

/** An adapter that knows another. */
public final class ReachesTooFar {
  final Optional<PostgresAdapter> reached = Optional.empty();
}
