package io.contentcrew.sdk;

import io.contentcrew.sdk.generation.SubmitGeneration.Outcome;
import java.util.stream.Collectors;

/** A brief was not taken on. */
public final class GenerationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome.Refused outcome;

  GenerationRefusedException(Outcome.Refused outcome) {
    super("The brief was not taken on: " + reason(outcome));
    this.outcome = outcome;
  }

  /** For people; programs look at the outcome. */
  static String reason(Outcome.Refused outcome) {
    return switch (outcome) {
      case Outcome.OverQuota over ->
          "tier %s allows no more pieces of %s until %s"
              .formatted(over.tier(), formats(over), over.period().end());
      case Outcome.TooManyJobs many ->
          "tier %s allows %d jobs at once, and %d wait or run"
              .formatted(many.tier(), many.limit(), many.active());
      case Outcome.KeyReused() ->
          "its idempotency key was used for another request, or its job was deleted";
      case Outcome.ModelMissing missing ->
          "the model %s is not there. %s".formatted(missing.model(), missing.remedy());
      case Outcome.EngineUnavailable unavailable -> unavailable.reason();
      case Outcome.UnknownUser() -> "there is no such user";
    };
  }

  private static String formats(Outcome.OverQuota over) {
    return over.formats().stream()
        .map(full -> "%s (limit %d)".formatted(full.format().wireName(), full.limit()))
        .collect(Collectors.joining(", "));
  }

  /** Why. */
  public Outcome.Refused outcome() {
    return outcome;
  }
}
