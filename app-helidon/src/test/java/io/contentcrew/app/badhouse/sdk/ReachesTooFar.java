package io.contentcrew.app.badhouse.sdk;

import io.contentcrew.adapters.memory.MemoryStorage;
import java.util.Optional;

/** A use case that knows an adapter. */
public final class ReachesTooFar {
  final Optional<MemoryStorage> reached = Optional.empty();
}
