package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shape in which is kept as JSON what a letter is about, but for the account. */
record MatterJson(@Nullable String name) {
  /** The names of all kinds. */
  static final List<String> KINDS =
      List.of(
          "confirm_sign_up",
          "address_in_use",
          "verify_email",
          "reset_password",
          "password_changed",
          "access_added",
          "account_deleted");

  private static final MatterJson NOTHING = new MatterJson(null);

  static String kind(Matter matter) {
    return switch (matter) {
      case Matter.ConfirmSignUp confirm -> "confirm_sign_up";
      case Matter.AddressInUse inUse -> "address_in_use";
      case Matter.VerifyEmail verify -> "verify_email";
      case Matter.ResetPassword reset -> "reset_password";
      case Matter.PasswordChanged changed -> "password_changed";
      case Matter.AccessAdded added -> "access_added";
      case Matter.AccountDeleted deleted -> "account_deleted";
    };
  }

  static MatterJson of(Matter matter) {
    return matter instanceof Matter.ConfirmSignUp confirm
        ? new MatterJson(confirm.name())
        : NOTHING;
  }

  Matter toMatter(String kind, Optional<UserId> user) {
    return switch (kind) {
      case "confirm_sign_up" -> confirmSignUp();
      case "address_in_use" -> new Matter.AddressInUse(account(user));
      case "verify_email" -> new Matter.VerifyEmail(account(user));
      case "reset_password" -> new Matter.ResetPassword(account(user));
      case "password_changed" -> new Matter.PasswordChanged(account(user));
      case "access_added" -> new Matter.AccessAdded(account(user));
      case "account_deleted" -> new Matter.AccountDeleted();
      default -> throw Json.unreadable("letter");
    };
  }

  private Matter confirmSignUp() {
    if (name == null) {
      throw Json.unreadable("letter");
    }
    return new Matter.ConfirmSignUp(name);
  }

  private static UserId account(Optional<UserId> user) {
    return user.orElseThrow(() -> Json.unreadable("letter"));
  }
}
