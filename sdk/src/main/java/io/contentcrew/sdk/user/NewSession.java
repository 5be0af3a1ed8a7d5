package io.contentcrew.sdk.user;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Sessions.SignedIn;
import java.time.Duration;
import java.util.Optional;

/**
 * A session that has just begun.
 *
 * @param token lets its holder in until the session ends
 * @param device to be shown at the next sign-in from the same device: with it, its owner is let in
 *     also while strangers try passwords; empty for accounts without a password
 */
public record NewSession(SignedIn signedIn, Secret token, Optional<Secret> device) {
  /** How long a device stays known after the last sign-in from it; no need to keep it longer. */
  public static final Duration DEVICE_KNOWN = Duration.ofDays(180);
}
