package io.contentcrew.domain.generation;

import java.util.Locale;
import java.util.Objects;

/**
 * Why a format or a job did not come about.
 *
 * @param message what happened and what to do, for the job's owner; holds no secret and nothing of
 *     anybody else's
 */
public record Failure(Code code, String message) {
  /** The kinds of failure; their names are part of the API. */
  public enum Code {
    /** The model's server cannot be reached, is busy, or its circuit is open. */
    LLM_UNAVAILABLE,
    /** The server does not have the model. */
    MODEL_MISSING,
    /** The model stayed silent for too long. */
    LLM_TIMEOUT,
    /** The model's server failed, or what it sent made no sense. */
    LLM_ERROR,
    /** The answer was cut off before its end. */
    LLM_INCOMPLETE,
    /** The answer did not pass the checks, also when it was asked for again. */
    OUTPUT_INVALID,
    /** What the format is made from had failed. */
    UPSTREAM_FAILED,
    /** The job took longer than a job may. */
    DEADLINE_EXCEEDED,
    /** The instances that worked on the job were lost, as often as a job is tried. */
    WORKER_LOST,
    /** The owner stopped the job. */
    CANCELLED,
    /** A fault of ours. */
    INTERNAL_ERROR;

    /** Whether the same brief may well succeed later. */
    public boolean retryable() {
      return switch (this) {
        case LLM_UNAVAILABLE,
            LLM_TIMEOUT,
            LLM_ERROR,
            LLM_INCOMPLETE,
            OUTPUT_INVALID,
            DEADLINE_EXCEEDED,
            WORKER_LOST ->
            true;
        case MODEL_MISSING, UPSTREAM_FAILED, CANCELLED, INTERNAL_ERROR -> false;
      };
    }

    /** The name in lower case with spaces, for a sentence. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Failure {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}
