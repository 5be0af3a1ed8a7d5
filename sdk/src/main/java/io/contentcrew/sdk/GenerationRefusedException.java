package io.contentcrew.sdk;

import io.contentcrew.sdk.generation.SubmitGeneration;
import io.contentcrew.sdk.generation.SubmitGeneration.Outcome;

/** A brief was not taken on. */
public final class GenerationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  GenerationRefusedException(SubmitGeneration.Outcome outcome) {
    super("The brief was not taken on: " + outcome);
    this.outcome = outcome;
  }

  /** Why; any case of {@link Outcome} but {@link Outcome.Accepted}. */
  public Outcome outcome() {
    return outcome;
  }
}
