package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.SignedWebhook;
import io.contentcrew.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stripe's own library for Node.js and we agree on what is genuine. */
class StripeNodePeerTest {
  private static final String SECRET = "whsec_ofOurEndpoint";
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);
  private static NodePeer node;

  private final Verifier verifier =
      new Verifier(StripeConfig.of(Secret.of(SECRET)), new TestClock(NOW));

  @BeforeAll
  static void start() {
    node = NodePeer.start();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void what_it_signs_is_genuine() {
    for (String name : Fixtures.names()) {
      byte[] body = Fixtures.event(name);
      String text = new String(body, StandardCharsets.UTF_8);
      assertThat(verdict(node.sign(SECRET, NOW.getEpochSecond(), text), body))
          .isInstanceOf(Verdict.Genuine.class);
      assertThat(verdict(node.sign("whsec_other", NOW.getEpochSecond(), text), body))
          .isInstanceOf(Verdict.Forged.class);
    }
  }

  @Test
  void it_takes_what_we_sign() {
    for (String name : Fixtures.names()) {
      byte[] body = Fixtures.event(name);
      String text = new String(body, StandardCharsets.UTF_8);
      String header = SignedWebhook.stripeHeader(SECRET, NOW, body);
      assertThat(node.takes(header, SECRET, NOW.getEpochSecond(), text)).isTrue();
      assertThat(node.takes(header, SECRET, NOW.getEpochSecond(), text + " ")).isFalse();
    }
  }

  private Verdict verdict(String header, byte[] body) {
    return verifier.verify(new WebhookDelivery(Map.of("Stripe-Signature", List.of(header)), body));
  }
}
