package io.contentcrew.app.badhouse.domain.tier;

import io.contentcrew.app.badhouse.domain.user.Left;
import java.util.Optional;

/** The other half of it. */
public final class Right {
  final Optional<Left> other = Optional.empty();
}
