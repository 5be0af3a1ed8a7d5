package io.contentcrew.domain.user;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to the safety of an account, for its owner and for whoever must find out
 * later what happened. It holds no secret and no personal data: the account is named by its id.
 *
 * @param user empty where nobody knows whose account it was about
 * @param facts what else belongs to it, by name, such as the provider or the session's handle
 */
public record SecurityEvent(
    Kind kind, Optional<UserId> user, Instant at, Map<String, String> facts) {
  /** What happened. Stores keep the names. */
  public enum Kind {
    /** An account was made. */
    SIGNED_UP,
    /** A guest came. */
    GUEST_STARTED,
    /** What a guest had made became the account's. */
    GUEST_HANDED_OVER,
    /** Somebody signed in. */
    SIGNED_IN,
    /** Somebody tried to sign in to the account, and was refused. */
    SIGN_IN_REFUSED,
    /** Somebody who was signed in gave a wrong password for something that needs it. */
    PASSWORD_REFUSED,
    /** Somebody signed out, or ended a session. */
    SESSION_ENDED,
    /** All sessions of the account, or all but one, were ended. */
    SESSIONS_ENDED,
    /** The address was proved to be the owner's. */
    EMAIL_VERIFIED,
    /** The address was taken away, because somebody else has proved to own it. */
    EMAIL_RELEASED,
    /** The password was changed by its owner. */
    PASSWORD_CHANGED,
    /** A letter for a new password was asked for. */
    PASSWORD_RESET_REQUESTED,
    /** A new password was set by the letter's link. */
    PASSWORD_RESET,
    /** An identity was linked to the account. */
    IDENTITY_LINKED,
    /** An identity was taken off the account. */
    IDENTITY_UNLINKED,
    /** An API key was made. */
    API_KEY_CREATED,
    /** An API key was revoked. */
    API_KEY_REVOKED,
    /** What the owner has bought from a payment provider has changed. */
    SUBSCRIPTION_CHANGED,
    /** An operator has had a delivery of a payment provider applied again. */
    WEBHOOK_REPLAYED,
    /** An operator has put the owner on a tier. */
    TIER_GRANTED,
    /** The owner had the account's data given out. */
    DATA_EXPORTED,
    /** An operator closed the account. */
    ACCOUNT_DISABLED,
    /** An operator opened the account again. */
    ACCOUNT_ENABLED,
    /** The owner deleted the account. */
    ACCOUNT_DELETED,
    /** The data of a deleted account is gone. */
    ACCOUNT_ERASED
  }

  public SecurityEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(at, "at");
    facts = Map.copyOf(facts);
  }
}
