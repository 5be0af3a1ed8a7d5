package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.SignedWebhook;
import io.contentcrew.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stripe's own library for Java and we agree on what is genuine. */
class StripeJavaPeerTest {
  private static final String SECRET = "whsec_ofOurEndpoint";
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000L);

  private final TestClock clock = new TestClock(NOW);
  private final Verifier verifier = new Verifier(StripeConfig.of(Secret.of(SECRET)), clock);

  @Test
  void what_it_signs_is_genuine() throws Exception {
    for (String name : Fixtures.names()) {
      byte[] body = Fixtures.event(name);
      String text = new String(body, StandardCharsets.UTF_8);
      String header = Webhook.Signature.generateSignatureHeader(text, SECRET, NOW.getEpochSecond());
      assertThat(verifier.verify(delivery(header, body))).isInstanceOf(Verdict.Genuine.class);

      String other =
          Webhook.Signature.generateSignatureHeader(text, "whsec_other", NOW.getEpochSecond());
      assertThat(verifier.verify(delivery(other, body))).isInstanceOf(Verdict.Forged.class);
    }
  }

  @Test
  void it_takes_what_we_sign() throws Exception {
    for (String name : Fixtures.names()) {
      byte[] body = Fixtures.event(name);
      String text = new String(body, StandardCharsets.UTF_8);
      String header = SignedWebhook.stripeHeader(SECRET, NOW, body);
      assertThat(Webhook.Signature.verifyHeader(text, header, SECRET, 0)).isTrue();

      assertThatThrownBy(() -> Webhook.Signature.verifyHeader(text + " ", header, SECRET, 0))
          .isInstanceOf(SignatureVerificationException.class);
    }
  }

  private static WebhookDelivery delivery(String header, byte[] body) {
    return new WebhookDelivery(Map.of("Stripe-Signature", List.of(header)), body);
  }
}
