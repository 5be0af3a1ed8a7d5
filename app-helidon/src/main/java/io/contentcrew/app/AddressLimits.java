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
  private static final String GUEST = "guest";
  private static final String LOGIN = "login";
  private static final String FAILED_LOGIN = "failed-login";
  private static final String VISIT = "provider-visit";
  private static final String LETTER = "letter";
  private static final String FORGED_WEBHOOK = "forged-webhook";

  private final Rates rates;
  private final ClientAddresses addresses;
  private final Rate signUps;
  private final Rate guests;
  private final Rate logins;
  private final Rate failedLogins;
  private final Rate letters;
  private final Rate forgedWebhooks;

  AddressLimits(
      Rates rates,
      ClientAddresses addresses,
      AccountConfig.Limits limits,
      int forgedWebhooksPerMinute) {
    this.rates = rates;
    this.addresses = addresses;
    this.signUps = new Rate(limits.signUps(), Duration.ofHours(1));
    this.guests = new Rate(limits.guests(), Duration.ofDays(1));
    this.logins = new Rate(limits.logins(), Duration.ofMinutes(15));
    this.failedLogins = new Rate(limits.failedLogins(), Duration.ofMinutes(15));
    this.letters = new Rate(limits.letters(), Duration.ofHours(1));
    this.forgedWebhooks = Rate.perMinute(forgedWebhooksPerMinute);
  }

  /** Counts a sign-up. */
  void signUp(ServerRequest request, ServerResponse response) {
    spend(request, response, SIGN_UP, signUps);
  }

  /** Counts a guest. */
  void guest(ServerRequest request, ServerResponse response) {
    rates.spend(
        response,
        GUEST,
        key(request),
        guests,
        "There were many guests from your network address today. Sign up, free of charge, and go"
            + " on at once.");
  }

  /** Counts a letter that is asked for, or the token of one that is tried. */
  void letter(ServerRequest request, ServerResponse response) {
    spend(request, response, LETTER, letters);
  }

  /** Counts a webhook that has turned out not to be genuine. */
  void forgedWebhook(ServerRequest request, ServerResponse response) {
    spend(request, response, FORGED_WEBHOOK, forgedWebhooks);
  }

  /** Counts a visit to an identity provider. */
  void visit(ServerRequest request, ServerResponse response) {
    spend(request, response, VISIT, letters);
  }

  /**
   * Counts a try to sign in before the password is looked at, so that many at once gain nothing: as
   * a failed one of the network address it comes from, and as one that succeeds with that e-mail
   * address. Whichever it turns out not to be is to be given back.
   */
  void login(ServerRequest request, ServerResponse response, String email) {
    spend(request, response, FAILED_LOGIN, failedLogins);
    boolean counted = false;
    try {
      rates.spendUnseen(
          response,
          LOGIN,
          key(email),
          logins,
          "There were too many sign-ins with this e-mail address. Please wait some minutes.");
      counted = true;
    } finally {
      if (!counted) {
        notFailed(request);
      }
    }
  }

  /** Says that a try has not failed. */
  void notFailed(ServerRequest request) {
    rates.giveBack(FAILED_LOGIN, key(request), failedLogins);
  }

  /**
   * Says that a try has not succeeded: what strangers try must not use up the sign-ins of the
   * address's owner.
   */
  void notSucceeded(String email) {
    rates.giveBack(LOGIN, key(email), logins);
  }

  private void spend(ServerRequest request, ServerResponse response, String policy, Rate rate) {
    rates.spend(
        response,
        policy,
        key(request),
        rate,
        "From your network address this was tried too often. Please wait a little.");
  }

  private static String key(String email) {
    return Digest.of(email.strip().toLowerCase(Locale.ROOT)).hex();
  }

  private String key(ServerRequest request) {
    return ClientAddresses.key(addresses.of(request));
  }
}
