package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.subscription.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The signatures are those that {@code openssl dgst -hmac} makes. */
class SignedWebhookTest {
  private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void stripes_deliveries_are_signed_with_the_time() {
    WebhookDelivery delivery =
        SignedWebhook.stripe("whsec_test", Instant.ofEpochSecond(1_700_000_000L, 999), BODY);

    assertThat(delivery.header("stripe-signature"))
        .containsExactly(
            "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925");
    assertThat(delivery.body()).isSameAs(BODY);
  }

  @Test
  void paystacks_deliveries_are_signed_with_the_key() {
    assertThat(SignedWebhook.paystack("sk_test_x", BODY).header("X-Paystack-Signature"))
        .containsExactly(
            "0a2d38a6d4c1f1e4dda698525b6ae48712c8e875c42b499708a98fb63cae4c15"
                + "006acd26df70387f9e2fa9c2a1898421877d2e678a63d0fc87616b59b701b462");
  }
}
