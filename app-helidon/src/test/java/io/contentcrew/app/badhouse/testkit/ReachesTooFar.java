package io.contentcrew.app.badhouse.testkit;

import io.contentcrew.sdk.ContentCrew;
import java.util.Optional;

/** A contract that knows the use cases. */
public final class ReachesTooFar {
  final Optional<ContentCrew> reached = Optional.empty();
}
