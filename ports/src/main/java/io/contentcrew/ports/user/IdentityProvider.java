package io.contentcrew.ports.user;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells who somebody is, after they have signed in there: by OAuth 2's code flow (RFC 6749) with
 * PKCE (RFC 7636). Safe for use by many threads.
 */
public interface IdentityProvider {
  /** Its name: part of addresses and stores, so it must never change. */
  ProviderName name();

  /** What it is called on a button. */
  String displayName();

  /**
   * Where to send the browser. May look up the provider's addresses, and then blocks.
   *
   * @throws io.contentcrew.ports.PortUnavailableException if they cannot be had now
   * @throws io.contentcrew.ports.PortFailureException if what is there makes no sense, for whoever
   *     runs us to mend
   */
  URI authorizationUrl(Visit visit);

  /**
   * Exchanges the code that the browser came back with for who its owner is. Blocks. Not
   * idempotent: a code is good for one exchange.
   *
   * @throws RefusedException if the provider does not vouch for anybody with this code: it is not
   *     genuine, was used, or its answer does not fit the visit
   * @throws io.contentcrew.ports.PortUnavailableException if the provider cannot be reached, or
   *     falls silent
   * @throws io.contentcrew.ports.PortFailureException if it does not take our own credentials, or
   *     its answers make no sense
   */
  Profile identify(Visit visit, Return back);

  /**
   * A visit to the provider. The same one is passed to both methods.
   *
   * @param state comes back unchanged; nobody can guess it
   * @param nonce stands in the provider's signed answer, where it gives one
   * @param verifier of PKCE: 43 to 128 unreserved characters; the provider first sees only its
   *     SHA-256
   * @param redirectUri where the provider sends the browser back to, exactly as it was registered
   */
  record Visit(String state, String nonce, String verifier, URI redirectUri) {
    public Visit {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(nonce, "nonce");
      Objects.requireNonNull(verifier, "verifier");
      Objects.requireNonNull(redirectUri, "redirectUri");
    }

    @Override
    public String toString() {
      return "Visit[hidden]";
    }
  }

  /**
   * What the browser brought back.
   *
   * @param issuer who says to have sent it (RFC 9207); empty if nobody does
   */
  record Return(String code, Optional<String> issuer) {
    public Return {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(issuer, "issuer");
    }

    @Override
    public String toString() {
      return "Return[hidden]";
    }
  }

  /**
   * Who somebody is.
   *
   * @param email what the provider has for their address, if it has one
   * @param emailVerified whether the provider has proved that they read mail there
   * @param name what they want to be called, if the provider knows
   */
  record Profile(
      Identity identity,
      Optional<EmailAddress> email,
      boolean emailVerified,
      Optional<String> name) {
    public Profile {
      Objects.requireNonNull(identity, "identity");
      Objects.requireNonNull(email, "email");
      Objects.requireNonNull(name, "name");
      if (emailVerified && email.isEmpty()) {
        throw new IllegalArgumentException("an address that is not there cannot be verified");
      }
    }

    @Override
    public String toString() {
      return "Profile[" + identity.provider() + "]";
    }
  }

  /** The provider vouches for nobody. The message is for the log: it repeats nothing secret. */
  final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the log, and what it came from. */
    public RefusedException(String message, Throwable cause) {
      super(message, cause);
    }

    /** With a message for the log. */
    public RefusedException(String message) {
      super(message);
    }
  }
}
