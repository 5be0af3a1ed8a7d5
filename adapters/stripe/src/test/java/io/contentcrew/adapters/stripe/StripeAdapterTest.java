package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.FakeStripeEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripeAdapterTest extends StripeTest {
  @Test
  void it_is_stripe() {
    assertThat(provider.name()).isEqualTo(PaymentProviderName.STRIPE);
    assertThat(provider.displayName()).isEqualTo("Stripe");
    assertThat(provider.isTest()).isFalse();
  }

  @Test
  void without_a_key_it_understands_events_and_does_nothing_else() {
    PaymentProvider mute = provider(StripeConfig.of(Secret.of(stripe.webhookSecret())));
    bought();
    FakeStripeEvent created = stripe.take().getFirst();
    WebhookDelivery delivery = stripe.delivery(created);

    assertThat(mute.checkout()).isEmpty();
    assertThat(mute.arbiter()).isEmpty();
    assertThat(mute.events().verify(delivery)).isEqualTo(new Verdict.Genuine());
    assertThat(mute.events().read(delivery.body()).key()).isEqualTo(created.id());
    assertThat(mute.events().read(delivery.body()).events()).hasOnlyElementsOfType(Stated.class);
  }

  @Test
  void without_a_secret_it_believes_nobody() {
    PaymentProvider deaf = provider(StripeConfig.of(List.of()));
    bought();

    assertThat(deaf.events().verify(stripe.delivery(stripe.take().getFirst())))
        .isEqualTo(new Verdict.NoSecret());
  }
}
