package io.contentcrew.testkit;

import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes deliveries as providers sign them, so that a test can be the provider.
 *
 * <pre>{@code
 * var delivery = SignedWebhook.stripe("whsec_test", clock.instant(), body);
 * assertThat(provider.events().verify(delivery)).isInstanceOf(Verdict.Genuine.class);
 * }</pre>
 */
public final class SignedWebhook {
  private SignedWebhook() {}

  /**
   * As Stripe signs: with the secret of the endpoint, all of it, at that time.
   *
   * @param secret as Stripe shows it, with its {@code whsec_}
   */
  public static WebhookDelivery stripe(String secret, Instant at, byte[] body) {
    return delivery("Stripe-Signature", stripeHeader(secret, at, body), body);
  }

  /** The header of such a delivery: {@code t=<seconds>,v1=<signature>}. */
  public static String stripeHeader(String secret, Instant at, byte[] body) {
    String time = Long.toString(at.getEpochSecond());
    return "t=" + time + ",v1=" + stripeSignature(secret, time, body);
  }

  /**
   * The signature in such a header.
   *
   * @param time as it stands in the header, which for a test may be no number at all
   */
  public static String stripeSignature(String secret, String time, byte[] body) {
    return hmac("HmacSHA256", secret, (time + ".").getBytes(StandardCharsets.UTF_8), body);
  }

  /**
   * As Paystack signs: with the API key of the account.
   *
   * @param key {@code sk_test_...} or {@code sk_live_...}
   */
  public static WebhookDelivery paystack(String key, byte[] body) {
    return delivery("x-paystack-signature", paystackSignature(key, body), body);
  }

  /** The header of such a delivery. */
  public static String paystackSignature(String key, byte[] body) {
    return hmac("HmacSHA512", key, new byte[0], body);
  }

  private static WebhookDelivery delivery(String header, String value, byte[] body) {
    return new WebhookDelivery(
        Map.of(header, List.of(value), "Content-Type", List.of("application/json")), body);
  }

  private static String hmac(String algorithm, String key, byte[] prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      mac.update(prefix);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
