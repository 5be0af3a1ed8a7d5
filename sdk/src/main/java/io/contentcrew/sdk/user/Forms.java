package io.contentcrew.sdk.user;

import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.PasswordPolicy;
import io.contentcrew.domain.user.User;
import io.contentcrew.sdk.FieldProblem;
import java.util.Optional;

/** What is wrong with forms, where several have the same members. */
final class Forms {
  /** Stands for the address where there is none: no password is like it. */
  private static final EmailAddress NOWHERE = new EmailAddress("nobody@invalid.invalid");

  /** Tells what a name must be. */
  static FieldProblem nameProblem(int mostCharacters) {
    return new FieldProblem(
        "/name",
        "invalid",
        "A name has 1 to " + mostCharacters + " characters and no control characters.");
  }

  /** What is wrong with a new password of that user. */
  static Optional<FieldProblem> passwordProblem(
      PasswordPolicy policy, User user, String pointer, String password) {
    return passwordProblem(policy, user.email(), user.name(), pointer, password);
  }

  /** What is wrong with the password of an account that is to be. */
  static Optional<FieldProblem> passwordProblem(
      PasswordPolicy policy,
      Optional<EmailAddress> email,
      String name,
      String pointer,
      String password) {
    return policy
        .objection(password, email.orElse(NOWHERE), name)
        .map(objection -> new FieldProblem(pointer, "unsuitable", objection));
  }

  private Forms() {}
}
