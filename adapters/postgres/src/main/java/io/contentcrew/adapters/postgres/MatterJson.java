package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.Letter.Matter;
import io.contentcrew.domain.user.UserId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shape in which is kept as JSON what a letter is about, but for the account. */
record MatterJson(
    @Nullable String name,
    @Nullable String payAt,
    @Nullable String trialEnd,
    @Nullable String tier) {
  /** The names of all kinds. */
  static final List<String> KINDS =
      List.of(
          "confirm_sign_up",
          "address_in_use",
          "verify_email",
          "reset_password",
          "password_changed",
          "access_added",
          "payment_failed",
          "trial_ending",
          "plan_ended",
          "account_deleted");

  private static final MatterJson NOTHING = new MatterJson(null, null, null, null);

  static String kind(Matter matter) {
    return switch (matter) {
      case Matter.ConfirmSignUp confirm -> "confirm_sign_up";
      case Matter.AddressInUse inUse -> "address_in_use";
      case Matter.VerifyEmail verify -> "verify_email";
      case Matter.ResetPassword reset -> "reset_password";
      case Matter.PasswordChanged changed -> "password_changed";
      case Matter.AccessAdded added -> "access_added";
      case Matter.PaymentFailed failed -> "payment_failed";
      case Matter.TrialEnding ending -> "trial_ending";
      case Matter.PlanEnded ended -> "plan_ended";
      case Matter.AccountDeleted deleted -> "account_deleted";
    };
  }

  static MatterJson of(Matter matter) {
    return switch (matter) {
      case Matter.ConfirmSignUp confirm -> new MatterJson(confirm.name(), null, null, null);
      case Matter.PaymentFailed failed ->
          new MatterJson(null, failed.payAt().map(URI::toString).orElse(null), null, null);
      case Matter.TrialEnding ending ->
          new MatterJson(null, null, SnapshotJson.text(ending.trialEnd()), null);
      case Matter.PlanEnded ended -> new MatterJson(null, null, null, ended.tier().value());
      case Matter.AddressInUse inUse -> NOTHING;
      case Matter.VerifyEmail verify -> NOTHING;
      case Matter.ResetPassword reset -> NOTHING;
      case Matter.PasswordChanged changed -> NOTHING;
      case Matter.AccessAdded added -> NOTHING;
      case Matter.AccountDeleted deleted -> NOTHING;
    };
  }

  Matter toMatter(String kind, Optional<UserId> user) {
    return switch (kind) {
      case "confirm_sign_up" -> new Matter.ConfirmSignUp(there(name));
      case "address_in_use" -> new Matter.AddressInUse(account(user));
      case "verify_email" -> new Matter.VerifyEmail(account(user));
      case "reset_password" -> new Matter.ResetPassword(account(user));
      case "password_changed" -> new Matter.PasswordChanged(account(user));
      case "access_added" -> new Matter.AccessAdded(account(user));
      case "payment_failed" ->
          new Matter.PaymentFailed(account(user), Json.maybeUri(payAt, "letter"));
      case "trial_ending" -> new Matter.TrialEnding(account(user), SnapshotJson.maybe(trialEnd));
      case "plan_ended" -> new Matter.PlanEnded(account(user), new TierId(there(tier)));
      case "account_deleted" -> new Matter.AccountDeleted();
      default -> throw Json.unreadable("letter");
    };
  }

  private static String there(@Nullable String member) {
    if (member == null) {
      throw Json.unreadable("letter");
    }
    return member;
  }

  private static UserId account(Optional<UserId> user) {
    return user.orElseThrow(() -> Json.unreadable("letter"));
  }
}
