package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Webhooks.KEY;
import static io.contentcrew.adapters.paystack.Webhooks.bytes;
import static io.contentcrew.adapters.paystack.Webhooks.delivery;
import static io.contentcrew.adapters.paystack.Webhooks.events;
import static io.contentcrew.adapters.paystack.Webhooks.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another's signer and our verifier are of one mind. */
class NodeSignerTest {
  private static NodeSigner signer;

  @BeforeAll
  static void start() {
    signer = NodeSigner.start();
  }

  @AfterAll
  static void stop() {
    signer.close();
  }

  @Test
  void what_another_library_has_signed_is_genuine() {
    List<byte[]> bodies =
        List.of(
            fixture("subscription.create"),
            fixture("charge.dispute.create"),
            fixture("invoice.payment_failed"),
            bytes("{\"naïve\":\"日本語 \uD83D\uDE00\"}"),
            new byte[] {(byte) 0xff, 0, 10, 13});

    for (byte[] body : bodies) {
      String signature = signer.sign(KEY, body);
      assertThat(events(KEY).verify(delivery(body, signature))).isEqualTo(new Verdict.Genuine());
      assertThat(signature).isEqualTo(Webhooks.sign(KEY, body));
    }
  }

  @Test
  void what_another_library_has_signed_with_another_key_is_forged() {
    byte[] body = fixture("subscription.create");
    String signature = signer.sign(Secret.of("sk_test_another"), body);

    assertThat(events(KEY).verify(delivery(body, signature))).isInstanceOf(Verdict.Forged.class);
  }
}
