package io.contentcrew.adapters.paystack;

import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Paystack is known, and for how long one puts up with it.
 *
 * @param webhookKeys by which webhooks are known to be genuine, each good: Paystack signs with the
 *     API secret key ({@code sk_live_...} or {@code sk_test_...}) and has no other secret for it;
 *     two while one is taken out of use. Without any, no webhook can be verified
 * @param apiKey the API secret key; without it nothing can be bought, changed or asked
 * @param baseUrl where the API is; https, or http on this machine
 * @param connectTimeout for finding and reaching the server; 3 s if nobody chose another
 * @param timeout for one exchange, from looking up the address to the last byte of the answer; 10 s
 *     if nobody chose another
 * @param retries how often a call is tried again that has failed and can be repeated without harm;
 *     2 if nobody chose another
 * @param retryPause before the first of them, double before the next, and half as long at random;
 *     250 ms if nobody chose another
 */
public record PaystackConfig(
    List<Secret> webhookKeys,
    Optional<Secret> apiKey,
    URI baseUrl,
    Duration connectTimeout,
    Duration timeout,
    int retries,
    Duration retryPause) {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,1024}");
  private static final int MOST_KEYS = 10;
  private static final int MOST_RETRIES = 5;

  public PaystackConfig {
    webhookKeys = List.copyOf(webhookKeys);
    if (webhookKeys.size() > MOST_KEYS) {
      throw new IllegalArgumentException("10 webhook keys of Paystack are the most");
    }
    webhookKeys.forEach(key -> requireKey("a webhook key", key));
    apiKey.ifPresent(key -> requireKey("the API key", key));
    baseUrl = Urls.base(baseUrl);
    requireBetween("connect timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    requireBetween("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(
          "calls of Paystack are tried again 0 to 5 times, not " + retries);
    }
    requireBetween("retry pause", retryPause, Duration.ofMillis(1), Duration.ofSeconds(10));
  }

  /** Paystack itself, with the usual numbers. */
  public static PaystackConfig of(List<Secret> webhookKeys, Optional<Secret> apiKey) {
    return new PaystackConfig(
        webhookKeys,
        apiKey,
        URI.create("https://api.paystack.co"),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        2,
        Duration.ofMillis(250));
  }

  /** Paystack itself, with the usual numbers, and one key for all. */
  public static PaystackConfig of(Secret apiKey) {
    return of(List.of(apiKey), Optional.of(apiKey));
  }

  /** A copy for an API somewhere else. */
  public PaystackConfig withBaseUrl(URI changed) {
    return new PaystackConfig(
        webhookKeys, apiKey, changed, connectTimeout, timeout, retries, retryPause);
  }

  /** A copy that waits so long to reach the server, and so long for each answer. */
  public PaystackConfig withTimeouts(Duration changedConnect, Duration changed) {
    return new PaystackConfig(
        webhookKeys, apiKey, baseUrl, changedConnect, changed, retries, retryPause);
  }

  /** A copy that tries again so often, after such a pause. */
  public PaystackConfig withRetries(int changed, Duration changedPause) {
    return new PaystackConfig(
        webhookKeys, apiKey, baseUrl, connectTimeout, timeout, changed, changedPause);
  }

  private static void requireKey(String what, Secret key) {
    if (!KEY.matcher(key.reveal()).matches()) {
      throw new IllegalArgumentException(
          what + " of Paystack has 1 to 1,024 visible ASCII characters and no blanks");
    }
  }

  private static void requireBetween(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the %s of Paystack is from %s to %s, not %s".formatted(what, least, most, value));
    }
  }
}
