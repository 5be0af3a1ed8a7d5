package io.contentcrew.adapters.stripe;

import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Stripe and we know each other, and for how long one puts up with it.
 *
 * @param webhookSecrets what Stripe signs deliveries with, one of each endpoint ({@code
 *     whsec_...}), and while one is rolled both; any of them will do. Without any, nobody can tell
 *     whether a delivery is genuine.
 * @param apiKey by which its API knows us ({@code sk_...} or {@code rk_...}); without it nothing
 *     can be bought or asked, but events are understood all the same
 * @param api where its API is; https, or http on this machine
 * @param apiVersion in which version of its API we talk to it. Events have the version of their
 *     endpoint, and are understood in all of them.
 * @param tolerance how far the time of a signature may be from ours, before or after; 300 s if
 *     nobody chose another
 * @param timeout for one exchange with its API, from looking up its address to the last byte of its
 *     answer; 15 s if nobody chose another
 * @param retries how often an exchange is tried again that failed in a way that may pass; twice if
 *     nobody chose another
 * @param pause before the first of these, about doubled before each further one; half a second if
 *     nobody chose another
 * @param answerBytes more than any sensible answer has; 8 MiB if nobody chose another
 */
public record StripeConfig(
    List<Secret> webhookSecrets,
    Optional<Secret> apiKey,
    URI api,
    String apiVersion,
    Duration tolerance,
    Duration timeout,
    int retries,
    Duration pause,
    int answerBytes) {
  private static final int MOST_SECRETS = 16;
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private static final Pattern API_KEY = Pattern.compile("(?:sk|rk|pk)_.*");
  private static final Pattern VERSION =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\\.[a-z]{1,32})?");

  public StripeConfig {
    webhookSecrets = List.copyOf(webhookSecrets);
    if (webhookSecrets.size() > MOST_SECRETS) {
      throw new IllegalArgumentException(
          "Stripe's webhook secrets are at most " + MOST_SECRETS + ": leave out those of the past");
    }
    webhookSecrets.forEach(StripeConfig::checkWebhookSecret);
    apiKey.ifPresent(StripeConfig::checkApiKey);
    api = Urls.base(api);
    if (!VERSION.matcher(apiVersion).matches()) {
      throw new IllegalArgumentException(
          "a version of Stripe's API looks like 2026-07-29.dahlia or 2020-08-27");
    }
    requireBetween("tolerance", tolerance, Duration.ofSeconds(1), Duration.ofHours(1));
    requireBetween("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(2));
    requireBetween("pause", pause, Duration.ZERO, Duration.ofSeconds(10));
    if (retries < 0 || retries > 5) {
      throw new IllegalArgumentException("Stripe is asked again 0 to 5 times, not " + retries);
    }
    if (answerBytes < 1_024 || answerBytes > 1 << 26) {
      throw new IllegalArgumentException(
          "an answer of Stripe may have 1,024 to 67,108,864 bytes, not " + answerBytes);
    }
  }

  /** Stripe itself, with the usual numbers and without an API key. */
  public static StripeConfig of(List<Secret> webhookSecrets) {
    return new StripeConfig(
        webhookSecrets,
        Optional.empty(),
        URI.create("https://api.stripe.com"),
        "2026-07-29.dahlia",
        Duration.ofSeconds(300),
        Duration.ofSeconds(15),
        2,
        Duration.ofMillis(500),
        8 << 20);
  }

  /** Stripe itself, with one webhook secret and the usual numbers, and without an API key. */
  public static StripeConfig of(Secret webhookSecret) {
    return of(List.of(webhookSecret));
  }

  /** A copy with that key. */
  public StripeConfig withApiKey(Secret changed) {
    return new StripeConfig(
        webhookSecrets,
        Optional.of(changed),
        api,
        apiVersion,
        tolerance,
        timeout,
        retries,
        pause,
        answerBytes);
  }

  /** A copy that asks there. */
  public StripeConfig withApi(URI changed) {
    return new StripeConfig(
        webhookSecrets,
        apiKey,
        changed,
        apiVersion,
        tolerance,
        timeout,
        retries,
        pause,
        answerBytes);
  }

  /** A copy that talks in that version of the API. */
  public StripeConfig withApiVersion(String changed) {
    return new StripeConfig(
        webhookSecrets, apiKey, api, changed, tolerance, timeout, retries, pause, answerBytes);
  }

  /** A copy that takes signatures so far from now. */
  public StripeConfig withTolerance(Duration changed) {
    return new StripeConfig(
        webhookSecrets, apiKey, api, apiVersion, changed, timeout, retries, pause, answerBytes);
  }

  /** A copy that waits so long for each answer. */
  public StripeConfig withTimeout(Duration changed) {
    return new StripeConfig(
        webhookSecrets, apiKey, api, apiVersion, tolerance, changed, retries, pause, answerBytes);
  }

  /** A copy that tries again so often, with so long a pause before the first time. */
  public StripeConfig withRetries(int times, Duration firstPause) {
    return new StripeConfig(
        webhookSecrets,
        apiKey,
        api,
        apiVersion,
        tolerance,
        timeout,
        times,
        firstPause,
        answerBytes);
  }

  /** A copy that reads answers of that size. */
  public StripeConfig withAnswerBytes(int changed) {
    return new StripeConfig(
        webhookSecrets, apiKey, api, apiVersion, tolerance, timeout, retries, pause, changed);
  }

  private static void checkWebhookSecret(Secret secret) {
    String text = secret.reveal();
    if (!SECRET.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a webhook secret of Stripe has 1 to 255 visible ASCII characters and no blanks");
    }
    if (API_KEY.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a webhook secret of Stripe begins with whsec_; what is configured as one is an API key");
    }
  }

  private static void checkApiKey(Secret key) {
    String text = key.reveal();
    if (!SECRET.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "an API key of Stripe has 1 to 255 visible ASCII characters and no blanks");
    }
    if (text.startsWith("pk_") || text.startsWith("whsec_")) {
      throw new IllegalArgumentException(
          "an API key of Stripe that we can use begins with sk_ or rk_; what is configured as one"
              + " is a publishable key or a webhook secret");
    }
  }

  private static void requireBetween(String what, Duration value, Duration least, Duration most) {
    Objects.requireNonNull(value, what);
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the %s of Stripe is from %s to %s, not %s".formatted(what, least, most, value));
    }
  }
}
