package io.contentcrew.adapters.memory;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks and pages of {@link TestPayments}, and knows what it has signed. Safe for use by
 * many threads.
 */
final class TestPaymentsSeal {
  static final String HEADER = "Test-Signature";

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int LEAST_SECRET = 16;
  private static final Pattern SHAPE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
  private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]{1,65536})\\.([0-9a-f]{64})");

  /** Of a webhook that begins with figures, so that neither can be taken for the other. */
  private static final String PAGE = "page.";

  private final SecretKeySpec key;
  private final InstantSource clock;

  TestPaymentsSeal(Secret secret, InstantSource clock) {
    if (secret.reveal().length() < LEAST_SECRET) {
      throw new IllegalArgumentException(
          "the secret of the test payments has 16 characters or more");
    }
    this.key = new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.clock = clock;
  }

  /** A webhook with that body, signed now. */
  WebhookDelivery sign(byte[] body) {
    String second = Long.toString(clock.instant().getEpochSecond());
    String signature = "t=" + second + ",v1=" + HexFormat.of().formatHex(mac(second + ".", body));
    return new WebhookDelivery(
        Map.of(
            HEADER,
            List.of(signature),
            "Content-Type",
            List.of("application/x-www-form-urlencoded")),
        body);
  }

  Verdict verify(WebhookDelivery delivery) {
    List<String> headers = delivery.header(HEADER);
    if (headers.size() != 1) {
      return new Verdict.Forged("there is not exactly one header " + HEADER);
    }
    Matcher parts = SHAPE.matcher(headers.getFirst());
    if (!parts.matches()) {
      return new Verdict.Forged(HEADER + " does not look like t=1700000000,v1=0123456789abcdef...");
    }
    byte[] claimed = HexFormat.of().parseHex(parts.group(2));
    if (!MessageDigest.isEqual(mac(parts.group(1) + ".", delivery.body()), claimed)) {
      return new Verdict.Forged(HEADER + " is not the signature of the body");
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    return Duration.between(at, clock.instant()).abs().compareTo(TOLERANCE) > 0
        ? new Verdict.Forged(HEADER + " is of another time: more than 300 s from now")
        : new Verdict.Genuine();
  }

  /** A text for an address, from which nobody else can make another one. */
  String seal(byte[] content) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    return text + "." + HexFormat.of().formatHex(mac(PAGE, bytes(text)));
  }

  /** What was sealed; empty if it was not, or not here. */
  Optional<byte[]> open(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] claimed = HexFormat.of().parseHex(parts.group(2));
    return MessageDigest.isEqual(mac(PAGE, bytes(parts.group(1))), claimed)
        ? Optional.of(Base64.getUrlDecoder().decode(parts.group(1)))
        : Optional.empty();
  }

  private byte[] mac(String begin, byte[] rest) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(bytes(begin));
      return mac.doFinal(rest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A name for something, that two things have only if they are the same. */
  static String name(String of) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
