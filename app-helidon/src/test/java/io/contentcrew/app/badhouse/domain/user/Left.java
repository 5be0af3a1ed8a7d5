package io.contentcrew.app.badhouse.domain.user;

import io.contentcrew.app.badhouse.domain.tier.Right;
import java.util.Optional;

/** Half of a cycle of packages. */
public final class Left {
  final Optional<Right> other = Optional.empty();
}
