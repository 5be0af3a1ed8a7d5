package io.contentcrew.app.badhouse.adapters.openai;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** An adapter with the library of another. */
public final class ReachesTooFar {
  final Optional<MeterRegistry> reached = Optional.empty();
}
