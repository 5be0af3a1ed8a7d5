package io.contentcrew.app.badhouse.adapters.ollama;

import io.contentcrew.adapters.openai.OpenAiAdapter;
import java.util.Optional;

/** An adapter that knows another. */
public final class ReachesTooFar {
  final Optional<OpenAiAdapter> reached = Optional.empty();
}
