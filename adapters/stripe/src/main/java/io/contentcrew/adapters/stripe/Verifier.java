package io.contentcrew.adapters.stripe;

import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells by a signature whether Stripe has sent a delivery: an HMAC-SHA256 of the time, a dot and
 * the bytes. The key is the whole secret, with its {@code whsec_}.
 */
final class Verifier {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String HEADER = "Stripe-Signature";

  private final List<SecretKeySpec> keys;
  private final long toleranceSeconds;
  private final InstantSource clock;

  Verifier(StripeConfig config, InstantSource clock) {
    this.keys =
        config.webhookSecrets().stream()
            .map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8))
            .map(bytes -> new SecretKeySpec(bytes, ALGORITHM))
            .toList();
    this.toleranceSeconds = config.tolerance().toSeconds();
    this.clock = clock;
  }

  Verdict verify(WebhookDelivery delivery) {
    if (keys.isEmpty()) {
      return new Verdict.NoSecret();
    }
    List<String> values = delivery.header(HEADER);
    if (values.size() != 1) {
      return new Verdict.Forged(
          values.isEmpty() ? "no header " + HEADER : "more than one header " + HEADER);
    }
    Optional<SignatureHeader> header = SignatureHeader.parse(values.getFirst());
    if (header.isEmpty()) {
      return new Verdict.Forged("the header " + HEADER + " is not t=<seconds>,v1=<signature>");
    }
    long age = clock.instant().getEpochSecond() - header.get().second();
    if (Math.abs(age) > toleranceSeconds) {
      return new Verdict.Forged(
          "signed too long ago, or in the future; if all deliveries are, a clock is wrong");
    }
    return isSigned(header.get(), delivery.body())
        ? new Verdict.Genuine()
        : new Verdict.Forged("no signature is one of our webhook secrets'");
  }

  /** Always does all of the work, so that the time it takes does not tell which secret it was. */
  private boolean isSigned(SignatureHeader header, byte[] body) {
    byte[] prefix = (header.time() + ".").getBytes(StandardCharsets.US_ASCII);
    boolean found = false;
    for (SecretKeySpec key : keys) {
      byte[] expected = sign(key, prefix, body);
      for (byte[] signature : header.signatures()) {
        found |= MessageDigest.isEqual(expected, signature);
      }
    }
    return found;
  }

  /** A Mac is for one thread; getting another one costs little beside the work that it does. */
  private static byte[] sign(SecretKeySpec key, byte[] prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(prefix);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
