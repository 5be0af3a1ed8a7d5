package io.contentcrew.ports.generation;

import io.contentcrew.domain.generation.Failure;

/** The ways in which a model's server lets one down. */
public enum ModelFault {
  /** No connection, or it was lost before the first token. */
  UNREACHABLE(Failure.Code.LLM_UNAVAILABLE),
  /** It answered that it has too much to do. */
  BUSY(Failure.Code.LLM_UNAVAILABLE),
  /** It failed so often of late that it is left alone for a while. */
  CIRCUIT_OPEN(Failure.Code.LLM_UNAVAILABLE),
  /** It does not have the model. */
  MODEL_MISSING(Failure.Code.MODEL_MISSING),
  /** It refused the request as wrong, or us as not allowed. */
  REJECTED(Failure.Code.LLM_ERROR),
  /** It said that it failed, before or during the answer. */
  MODEL_ERROR(Failure.Code.LLM_ERROR),
  /** No first token in time. */
  FIRST_TOKEN_TIMEOUT(Failure.Code.LLM_TIMEOUT),
  /** No further token in time. */
  STALLED(Failure.Code.LLM_TIMEOUT),
  /** The whole answer took too long. */
  TOTAL_TIMEOUT(Failure.Code.LLM_TIMEOUT),
  /** The answer was cut off: the connection was lost or ended without the sign of the end. */
  INCOMPLETE(Failure.Code.LLM_INCOMPLETE),
  /** What came is not what the protocol says. */
  PROTOCOL(Failure.Code.LLM_ERROR),
  /** The answer ended properly and held no text. */
  EMPTY(Failure.Code.OUTPUT_INVALID),
  /** A line or the whole answer was larger than anything sensible. */
  TOO_LARGE(Failure.Code.LLM_ERROR);

  private final Failure.Code code;

  ModelFault(Failure.Code code) {
    this.code = code;
  }

  /** What the owner of a job is told. */
  public Failure.Code code() {
    return code;
  }
}
