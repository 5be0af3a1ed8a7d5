package io.contentcrew.domain.user;

import io.contentcrew.domain.tier.TierId;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that somebody is to be told by mail. It holds no token: one is made when the letter is
 * sent, so that none lies readable in a store.
 */
public record Letter(LetterId id, EmailAddress to, Matter matter, Instant writtenAt) {
  public Letter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(matter, "matter");
    Objects.requireNonNull(writtenAt, "writtenAt");
  }

  /** What it is about. */
  public sealed interface Matter {
    /** Whose account it is about; empty if there is none. A letter goes with its account. */
    Optional<UserId> user();

    /** "Is this your address? Then your account is ready." */
    record ConfirmSignUp(String name) implements Matter {
      public ConfirmSignUp {
        Objects.requireNonNull(name, "name");
      }

      @Override
      public Optional<UserId> user() {
        return Optional.empty();
      }

      @Override
      public String toString() {
        return "ConfirmSignUp[hidden]";
      }
    }

    /** "Somebody signed up with your address, but you have an account already." */
    record AddressInUse(UserId owner) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Is this your address?" */
    record VerifyEmail(UserId owner) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Here you can choose a new password." */
    record ResetPassword(UserId owner) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Your password was changed." */
    record PasswordChanged(UserId owner) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "There is another way into your account: an API key, or an identity provider." */
    record AccessAdded(UserId owner) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /**
     * "We could not collect your payment."
     *
     * @param payAt a page where it can be paid, if there is one
     */
    record PaymentFailed(UserId owner, Optional<URI> payAt) implements Matter {
      public PaymentFailed {
        Objects.requireNonNull(payAt, "payAt");
      }

      /** Hides the page: it opens for whoever has its address. */
      @Override
      public String toString() {
        return "PaymentFailed[" + owner + "]";
      }

      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Your trial ends soon; then you will be charged." */
    record TrialEnding(UserId owner, Optional<Instant> trialEnd) implements Matter {
      public TrialEnding {
        Objects.requireNonNull(trialEnd, "trialEnd");
      }

      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Your plan has ended." */
    record PlanEnded(UserId owner, TierId tier) implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.of(owner);
      }
    }

    /** "Your account was deleted." It outlives the account. */
    record AccountDeleted() implements Matter {
      @Override
      public Optional<UserId> user() {
        return Optional.empty();
      }
    }
  }
}
