package io.contentcrew.sdk;

import io.contentcrew.sdk.generation.ReviseArtifact.Outcome;

/** A revision of a piece was not taken on. */
public final class RevisionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome.Refused outcome;

  RevisionRefusedException(Outcome.Refused outcome) {
    super("The revision was not taken on: " + reason(outcome));
    this.outcome = outcome;
  }

  /** For people; programs look at the outcome. */
  private static String reason(Outcome.Refused outcome) {
    return switch (outcome) {
      case Outcome.NotSubmitted(var reason) -> GenerationRefusedException.reason(reason);
      case Outcome.NoSuchPiece() -> "the user has no such piece";
      case Outcome.OfRevision(var of) -> "the job is a revision itself, of job " + of;
      case Outcome.UnderWay(var revision) ->
          "another revision of the piece, job " + revision + ", waits or runs";
    };
  }

  /** Why. */
  public Outcome.Refused outcome() {
    return outcome;
  }
}
