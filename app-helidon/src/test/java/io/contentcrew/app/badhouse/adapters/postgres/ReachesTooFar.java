package io.contentcrew.app.badhouse.adapters.postgres;

import io.contentcrew.adapters.memory.MemoryStorage;
import java.util.Optional;

/** An adapter that knows another. */
public final class ReachesTooFar {
  final Optional<MemoryStorage> reached = Optional.empty();
}
