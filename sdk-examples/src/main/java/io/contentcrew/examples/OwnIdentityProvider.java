package io.contentcrew.examples;

import io.contentcrew.adapters.security.SecurityAdapter;
import io.contentcrew.adapters.security.SecurityConfig;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.Identity;
import io.contentcrew.domain.user.ProviderName;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.IdentityProvider;
import io.contentcrew.sdk.ContentCrew;
import io.contentcrew.sdk.user.SignInWithProvider;
import io.contentcrew.sdk.user.SignInWithProvider.Answer;
import io.contentcrew.sdk.user.SignInWithProvider.Outcome;
import io.contentcrew.sdk.user.SignInWithProvider.Start;
import java.net.URI;
import java.util.Optional;

/**
 * An identity provider of one's own: the company's directory, say. Its test extends the testkit's
 * {@code IdentityProviderContract}.
 *
 * <p>Needs {@code contentcrew-sdk} and {@code contentcrew-security}, and {@code
 * contentcrew-testkit} in test scope.
 */
public final class OwnIdentityProvider {
  private static final URI CALLBACKS = URI.create("https://app.example.com/oauth");

  private OwnIdentityProvider() {}

  /** Has somebody come back from the provider, twice. */
  public static void main(String[] args) {
    var config = SecurityConfig.of(Secret.of("an example's key, known to everybody who reads it"));
    try (var security = SecurityAdapter.open(config);
        var crew =
            ContentCrew.builder()
                .accounts(security.passwordHasher(), security.accessTokens(), security.seals())
                .identityProviders(CALLBACKS, new Directory())
                .build()) {
      var cases = crew.users().signInWithProvider();
      System.out.println(visit(cases));
      System.out.println(visit(cases));
    }
  }

  /** What the browser would do: go there with the state, come back with a code. */
  private static String visit(SignInWithProvider cases) {
    if (!(cases.start(Directory.NAME, "/") instanceof Start.Started started)) {
      return "There is no such provider.";
    }
    String state = started.address().getQuery().replaceAll(".*state=", "");
    var answer =
        new Answer(
            Optional.of(state),
            Optional.of("code-of-ada"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(started.browser().reveal()), // from a cookie
            "An example");
    return switch (cases.finish(Directory.NAME, answer)) {
      case Outcome.Admitted in ->
          (in.isNew() ? "Welcome, " : "Welcome back, ") + in.session().signedIn().user().name();
      case Outcome.Linked linked -> "The identity is linked.";
      case Outcome.Refused no -> "Refused: " + no.reason();
    };
  }

  /** A directory that knows Ada; a real one is asked over the network. */
  static final class Directory implements IdentityProvider {
    static final ProviderName NAME = new ProviderName("directory");

    @Override
    public ProviderName name() {
      return NAME;
    }

    @Override
    public String displayName() {
      return "The company's directory";
    }

    @Override
    public URI authorizationUrl(Visit visit) {
      return URI.create("https://directory.example.com/authorize?state=" + visit.state());
    }

    @Override
    public Profile identify(Visit visit, Return back) {
      if (!back.code().equals("code-of-ada")) {
        throw new RefusedException("the directory does not know the code");
      }
      return new Profile(
          new Identity(NAME, "employee-1"),
          Optional.of(new EmailAddress("ada@example.com")),
          true,
          Optional.of("Ada"));
    }
  }
}
