package io.contentcrew.sdk.generation;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Engine;
import io.contentcrew.domain.generation.EngineName;
import io.contentcrew.ports.generation.Readiness;
import io.contentcrew.ports.generation.TextGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The generators there are, in order of preference, and the rule by which a job gets one: the first
 * whose server answers. A server that answers but lacks the model is not passed over: whoever runs
 * it wants it used, so they are told what to do. Safe for use by many threads.
 */
public final class Engines {
  private final List<TextGenerator> generators;

  private Engines(List<TextGenerator> generators) {
    this.generators = generators;
  }

  /** This generator and no other. */
  public static Engines of(TextGenerator generator) {
    return new Engines(List.of(generator));
  }

  /** {@code first} while its server answers, else {@code otherwise}; chosen anew for each job. */
  public static Engines firstThatAnswers(TextGenerator first, TextGenerator otherwise) {
    if (first.name().equals(otherwise.name())) {
      throw new IllegalArgumentException("two generators are called " + first.name());
    }
    return new Engines(List.of(first, otherwise));
  }

  /** What a job would be written by. */
  public sealed interface Choice {
    /** By this. */
    record Chosen(Engine engine) implements Choice {}

    /** By nothing: the model must be fetched first. */
    record ModelMissing(ModelName model, String remedy) implements Choice {}

    /** By nothing now. */
    record Unavailable(String reason, Optional<Duration> retryAfter) implements Choice {}
  }

  /**
   * Chooses for a job of that model. Takes up to two seconds where a server is slow to say that it
   * is there.
   */
  public Choice choose(ModelName model) {
    Choice choice = new Choice.Unavailable("no generator is configured", Optional.empty());
    for (TextGenerator generator : generators) {
      switch (generator.readiness(model)) {
        case Readiness.Ready() -> {
          return new Choice.Chosen(
              new Engine(generator.name(), generator.modelFor(model), generator.isDemo()));
        }
        case Readiness.ModelMissing(String remedy) -> {
          return new Choice.ModelMissing(model, remedy);
        }
        case Readiness.Unavailable(String reason, Optional<Duration> retryAfter) ->
            choice = new Choice.Unavailable(reason, retryAfter);
      }
    }
    return choice;
  }

  /** The generator of that name. */
  Optional<TextGenerator> find(EngineName name) {
    return generators.stream().filter(generator -> generator.name().equals(name)).findFirst();
  }
}
