package io.contentcrew.adapters.llmhttp;

import java.io.IOException;

/** A server is there, but cannot be used: what is wrong, and what to do, in a sentence or two. */
public final class UnusableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Cannot be used, for that reason. */
  public UnusableException(String message) {
    super(message);
  }
}
