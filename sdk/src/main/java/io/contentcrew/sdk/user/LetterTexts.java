package io.contentcrew.sdk.user;

import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.ports.user.Mailer.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The letters' texts: resources of which the first line is the subject. Tokens stand behind the
 * number sign of a link, so that browsers send them to nobody, and no log on the way has them.
 */
final class LetterTexts {
  private final URI webPage;

  /** Links lead to that address's site. */
  LetterTexts(URI webPage) {
    this.webPage = webPage;
  }

  /** Without the name: whoever signed up chose it, and may be a stranger. */
  Message confirmSignUp(EmailAddress to, String token) {
    return message(to, "confirm-sign-up", Map.of("link", link("/verify-email", token)));
  }

  Message verifyEmail(EmailAddress to, String name, String token) {
    return message(to, "verify-email", Map.of("name", name, "link", link("/verify-email", token)));
  }

  Message resetPassword(EmailAddress to, String name, String token) {
    return message(
        to, "reset-password", Map.of("name", name, "link", link("/reset-password", token)));
  }

  Message addressInUse(EmailAddress to, String name) {
    return message(
        to,
        "address-in-use",
        Map.of("name", name, "link", page("/sign-in"), "reset", page("/forgot-password")));
  }

  Message passwordChanged(EmailAddress to, String name) {
    return message(to, "password-changed", Map.of("name", name, "link", page("/forgot-password")));
  }

  Message accessAdded(EmailAddress to, String name) {
    return message(to, "access-added", Map.of("name", name, "link", page("/account")));
  }

  Message paymentFailed(EmailAddress to, String name, Optional<URI> payAt) {
    String link = payAt.map(URI::toString).orElseGet(() -> page("/billing"));
    return message(to, "payment-failed", Map.of("name", name, "link", link));
  }

  Message trialEnding(EmailAddress to, String name, Optional<Instant> trialEnd) {
    String when =
        trialEnd
            .map(end -> "on " + LocalDate.ofInstant(end, ZoneOffset.UTC))
            .orElse("in a few days");
    return message(
        to, "trial-ending", Map.of("name", name, "when", when, "link", page("/billing")));
  }

  Message planEnded(EmailAddress to, String name, TierId tier) {
    return message(
        to, "plan-ended", Map.of("name", name, "plan", tier.value(), "link", page("/billing")));
  }

  Message accountDeleted(EmailAddress to) {
    return message(to, "account-deleted", Map.of());
  }

  private String link(String path, String token) {
    return page(path) + "#token=" + token;
  }

  private String page(String path) {
    return webPage.resolve(path).toString();
  }

  private static Message message(EmailAddress to, String letter, Map<String, String> values) {
    String text = read(letter);
    int end = text.indexOf('\n');
    return new Message(
        to, text.substring(0, end), fill(text.substring(end).strip(), values) + "\n");
  }

  /** Fills each place once, from left to right, so that a name is never taken for a place. */
  private static String fill(String text, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int open; (open = text.indexOf('{', at)) >= 0; ) {
      int close = text.indexOf('}', open);
      String value = values.get(text.substring(open + 1, close));
      if (value == null) {
        throw new IllegalStateException("a letter has a place that nothing fills");
      }
      filled.append(text, at, open).append(value);
      at = close + 1;
    }
    return filled.append(text.substring(at)).toString();
  }

  private static String read(String letter) {
    try (InputStream in = LetterTexts.class.getResourceAsStream("letters/" + letter + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("there is no letter " + letter);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
