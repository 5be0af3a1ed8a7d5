package io.contentcrew.adapters.paystack;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells by their signature which deliveries are Paystack's: an HMAC-SHA512 of the raw body, in
 * lower-case hexadecimal digits, and nothing else. Safe for use by many threads.
 */
final class Signatures {
  private static final String HEADER = "x-paystack-signature";
  private static final String ALGORITHM = "HmacSHA512";
  private static final int DIGITS = 128;

  /** Copied for each use: to make one and give it its key costs more than a small body. */
  private final List<Mac> keyed;

  Signatures(List<Secret> keys) {
    keyed = keys.stream().map(Signatures::keyed).toList();
  }

  private static Mac keyed(Secret key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }

  Verdict verify(WebhookDelivery delivery) {
    if (keyed.isEmpty()) {
      return new Verdict.NoSecret();
    }
    List<String> headers = delivery.header(HEADER);
    if (headers.size() != 1) {
      return new Verdict.Forged(
          headers.isEmpty()
              ? "there is no header " + HEADER
              : "there is more than one header " + HEADER);
    }
    byte[] claimed = new byte[DIGITS / 2];
    if (!decode(headers.getFirst(), claimed)) {
      return new Verdict.Forged(HEADER + " is not 128 lower-case hexadecimal digits");
    }
    boolean isGenuine = false;
    for (Mac mac : keyed) { // all of them: which one fits is nobody's business
      isGenuine |= MessageDigest.isEqual(copy(mac).doFinal(delivery.body()), claimed);
    }
    return isGenuine
        ? new Verdict.Genuine()
        : new Verdict.Forged(HEADER + " is not the signature of the body");
  }

  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of this JDK cannot be copied", e);
    }
  }

  private static boolean decode(String hex, byte[] bytes) {
    if (hex.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = hex.charAt(i);
      boolean isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (!isDigit) {
        return false;
      }
      bytes[i / 2] = (byte) (bytes[i / 2] << 4 | (c <= '9' ? c - '0' : c - 'a' + 10));
    }
    return true;
  }
}
