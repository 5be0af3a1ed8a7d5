package io.contentcrew.app;

import io.contentcrew.domain.tier.Rate;
import io.contentcrew.domain.user.Digest;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Locale;

/** What one address of the network may do before anybody knows who is there. */
final class AddressLimits {
  private static final String SIGN_UP = "sign-up";
  private static final String LOGIN = "login";
  private static final String FAILED_LOGIN = "failed-login";
  private static final String VISIT = "provider-visit";
  private static final String LETTER = "letter";

  private final Rates rates;
  private final ClientAddresses addresses;
  private final Rate signUps;
  private final Rate logins;
  private final Rate failedLogins;
  private final Rate letters;

  AddressLimits(Rates rates, ClientAddresses addresses, AccountConfig.Limits limits) {
    this.rates = rates;
    this.addresses = addresses;
    this.signUps = new Rate(limits.signUps(), Duration.ofHours(1));
    this.logins = new Rate(limits.logins(), Duration.ofMinutes(15));
    this.failedLogins = new Rate(limits.failedLogins(), Duration.ofMinutes(15));
    this.letters = new Rate(limits.letters(), Duration.ofHours(1));
  }

  /** Counts a sign-up. */
  void signUp(ServerRequest request, ServerResponse response) {
    spend(request, response, SIGN_UP, signUps);
  }

  /** Counts a letter that is asked for, or the token of one that is tried. */
  void letter(ServerRequest request, ServerResponse response) {
    spend(request, response, LETTER, letters);
  }

  /** Counts a visit to an identity provider. */
  void visit(ServerRequest request, ServerResponse response) {
    spend(request, response, VISIT, letters);
  }

  /**
   * Counts a sign-in of whoever has that e-mail address, and as a failed one of the network address
   * it comes from, before the password is looked at.
   */
  void login(ServerRequest request, ServerResponse response, String email) {
    rates.spend(
        response,
        LOGIN,
        Digest.of(email.strip().toLowerCase(Locale.ROOT)).hex(),
        logins,
        "There were too many sign-ins with this e-mail address. Please wait some minutes.");
    spend(request, response, FAILED_LOGIN, failedLogins);
  }

  /** Says that it was none. */
  void notFailed(ServerRequest request) {
    rates.giveBack(FAILED_LOGIN, key(request), failedLogins);
  }

  private void spend(ServerRequest request, ServerResponse response, String policy, Rate rate) {
    rates.spend(
        response,
        policy,
        key(request),
        rate,
        "From your network address this was tried too often. Please wait a little.");
  }

  private String key(ServerRequest request) {
    return ClientAddresses.key(addresses.of(request));
  }
}
