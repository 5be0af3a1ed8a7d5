package io.contentcrew.sdk.user;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.Sessions.SignedIn;
import java.util.Optional;

/**
 * A session that has just begun.
 *
 * @param token lets its holder in until the session ends
 * @param device to be shown at the next sign-in from the same device: with it, its owner is let in
 *     also while strangers try passwords; empty for accounts without a password
 */
public record NewSession(SignedIn signedIn, Secret token, Optional<Secret> device) {}
