package io.contentcrew.domain.user;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a one-time token stands for. */
public sealed interface Ticket {
  /** How long a token of this kind is good for. */
  Duration lifetime();

  /**
   * A sign-up that becomes an account when its address is proved. It holds no password: whoever
   * proves the address chooses one, or a stranger's would be in force who signed up with it.
   */
  record SignUp(EmailAddress email, String name) implements Ticket {
    public SignUp {
      Objects.requireNonNull(email, "email");
      Objects.requireNonNull(name, "name");
    }

    @Override
    public Duration lifetime() {
      return Duration.ofDays(1);
    }

    @Override
    public String toString() {
      return "SignUp[hidden]";
    }
  }

  /** The proof that the owner of an account reads mail at that address. */
  record VerifyEmail(UserId user, EmailAddress email) implements Ticket {
    public VerifyEmail {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(email, "email");
    }

    @Override
    public Duration lifetime() {
      return Duration.ofDays(1);
    }
  }

  /** A new password for an account, whose owner reads mail at that address. */
  record ResetPassword(UserId user, EmailAddress email) implements Ticket {
    public ResetPassword {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(email, "email");
    }

    @Override
    public Duration lifetime() {
      return Duration.ofMinutes(30);
    }
  }

  /**
   * A visit to an identity provider, from which somebody will come back.
   *
   * @param verifier of PKCE (RFC 7636)
   * @param nonce that the provider's answer must repeat, where it can
   * @param browser the digest of a secret that only the browser has which was sent there
   * @param returnTo where the reader goes afterwards: a path in the web page
   * @param link whose account is to get the identity; empty for signing in
   */
  record ProviderVisit(
      ProviderName provider,
      String verifier,
      String nonce,
      Digest browser,
      String returnTo,
      Optional<Link> link)
      implements Ticket {
    /** Whose account is to get the identity, as long as the session is open that asked for it. */
    public record Link(UserId user, SessionHandle session) {
      public Link {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(session, "session");
      }
    }

    public ProviderVisit {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(verifier, "verifier");
      Objects.requireNonNull(nonce, "nonce");
      Objects.requireNonNull(browser, "browser");
      Objects.requireNonNull(returnTo, "returnTo");
      Objects.requireNonNull(link, "link");
    }

    @Override
    public Duration lifetime() {
      return Duration.ofMinutes(10);
    }

    @Override
    public String toString() {
      return "ProviderVisit[" + provider + "]";
    }
  }
}
