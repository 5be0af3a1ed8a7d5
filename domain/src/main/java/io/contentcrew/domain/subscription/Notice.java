package io.contentcrew.domain.subscription;

import java.util.Objects;

/**
 * Something about a subscription that its owner is to be told, once.
 *
 * @param key of two with the same provider, kind and key, one is told
 */
public record Notice(Kind kind, String key) {
  /** What about. */
  public enum Kind {
    /** A payment has failed; the key is the bill's. */
    PAYMENT_FAILED,
    /** A trial ends soon. */
    TRIAL_ENDING,
    /** It has ended. */
    PLAN_ENDED
  }

  public Notice {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
  }
}
