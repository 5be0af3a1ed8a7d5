package io.contentcrew.examples;

import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.ApiScope;
import io.contentcrew.ports.Secret;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.user.Authenticate;
import io.contentcrew.sdk.user.Caller;
import io.contentcrew.sdk.user.DeleteAccount;
import io.contentcrew.sdk.user.ManageApiKeys;
import io.contentcrew.sdk.user.Proof;
import io.contentcrew.sdk.user.RegisterUser;
import io.contentcrew.sdk.user.SignIn;
import io.contentcrew.sdk.user.UserAccounts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Users with passwords, sessions and API keys, and without any identity provider or mail. The same
 * calls serve behind any HTTP framework.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-security}.
 */
public final class Accounts {
  private static final String PASSWORD = "correct horse battery";

  private Accounts() {}

  /** Has a user sign up, in, make a key, and leave. */
  public static void main(String[] args) {
    // in a service the key is a secret of its own, and the same at each start
    var config = SecurityConfig.of(Secret.of("an example's key, known to everybody who reads it"));
    try (var security = SecurityAdapter.open(config);
        var crew =
            ContentCrew.builder()
                .accounts(security.passwordHasher(), security.accessTokens(), security.seals())
                .build()) {
      UserAccounts users = crew.users();
      System.out.println(signUp(users));
      Secret token = signIn(users);
      Caller ada = caller(users, token);
      System.out.println("The token is " + ada.user().name() + "'s.");

      crew.grantTier(ada.user().id(), new TierId("pro")); // API keys are for pro and up
      Secret key = makeKey(users, ada);
      System.out.println("A program may read: " + caller(users, key).may(ApiScope.CONTENT_READ));
      System.out.println("A program may write: " + caller(users, key).may(ApiScope.CONTENT_WRITE));

      var proof = new Proof.Password(Secret.of(PASSWORD));
      if (users.deleteAccount().delete(ada.user().id(), proof, true)
          instanceof DeleteAccount.Outcome.Deleted) {
        System.out.println(
            "Afterwards the token opens: " + users.authenticate().authenticate(token.reveal()));
      }
    }
  }

  private static String signUp(UserAccounts users) {
    var form = new RegisterUser.Request("ada@example.com", PASSWORD, "Ada", "An example");
    return switch (users.registerUser().register(form)) {
      case RegisterUser.Outcome.Registered in ->
          "Registered " + in.session().signedIn().user().name() + ".";
      case RegisterUser.Outcome.LetterSent sent -> "Look into your mail.";
      case RegisterUser.Outcome.Invalid wrong -> wrong.problems().toString();
      case RegisterUser.Outcome.EmailTaken taken -> "That address cannot be had.";
    };
  }

  private static Secret signIn(UserAccounts users) {
    var form = new SignIn.Request("ada@example.com", PASSWORD, "An example", Optional.empty());
    return switch (users.signIn().signIn(form)) {
      case SignIn.Outcome.Admitted in -> in.session().token();
      case SignIn.Outcome.Refused no -> throw new IllegalStateException("not admitted");
    };
  }

  private static Secret makeKey(UserAccounts users, Caller caller) {
    var wanted =
        new ManageApiKeys.Request(
            "CI", Set.of(ApiScope.CONTENT_READ), Optional.of(Duration.ofDays(90)));
    return users
                .manageApiKeys()
                .create(caller.user().id(), new Proof.Password(Secret.of(PASSWORD)), wanted)
            instanceof ManageApiKeys.Outcome.Created created
        ? created.secret()
        : Secret.of("none");
  }

  private static Caller caller(UserAccounts users, Secret credential) {
    return switch (users.authenticate().authenticate(credential.reveal())) {
      case Authenticate.Outcome.Known known -> known.caller();
      case Authenticate.Outcome.KeyNotInTier no -> throw new IllegalStateException("no keys here");
      case Authenticate.Outcome.Unknown no -> throw new IllegalStateException("nobody");
    };
  }
}
