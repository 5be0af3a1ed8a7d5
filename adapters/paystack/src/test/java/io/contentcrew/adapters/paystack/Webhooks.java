package io.contentcrew.adapters.paystack;

import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as Paystack sends them. */
final class Webhooks {
  static final Secret KEY = Secret.of("sk_test_a-key-of-paystack");
  static final String HEADER = "x-paystack-signature";

  private Webhooks() {}

  static byte[] fixture(String name) {
    try (InputStream in = Webhooks.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sign(Secret key, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(bytes(key.reveal()), "HmacSHA512"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static WebhookDelivery delivery(byte[] body, String... signatures) {
    return new WebhookDelivery(Map.of(HEADER, List.of(signatures)), body);
  }

  static SubscriptionEvents events(Secret... keys) {
    return new PaystackEvents(new Signatures(List.of(keys)));
  }

  static WebhookEvent read(byte[] body) {
    return events().read(body);
  }

  static WebhookEvent read(String json) {
    return read(bytes(json));
  }

  static List<SubscriptionEvent> meaning(String json) {
    return read(json).events();
  }
}
