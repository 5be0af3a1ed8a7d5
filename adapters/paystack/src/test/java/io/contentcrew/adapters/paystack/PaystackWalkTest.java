package io.contentcrew.adapters.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.testkit.FakePaystack;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A subscription from its beginning to its end, as the domain sees it. */
class PaystackWalkTest {
  private static final Duration GRACE = Duration.ofDays(7);

  private final TestClock clock = new TestClock(Instant.parse("2026-01-10T09:00:00Z"));
  private final FakePaystack paystack =
      FakePaystack.start(clock).plan("PLN_pro", Buyer.PRICE, BillingInterval.MONTH);
  private final PaystackAdapter adapter =
      PaystackAdapter.open(PaystackConfig.of(paystack.key()).withBaseUrl(paystack.url()), clock);
  private final Checkout checkout = adapter.paymentProvider().checkout().orElseThrow();
  private final List<Charged> charges = new ArrayList<>();
  private @Nullable Subscription held;

  @AfterEach
  void close() {
    adapter.close();
    paystack.close();
  }

  private Subscription told(List<byte[]> events) {
    events.forEach(this::told);
    assertThat(held).isNotNull();
    return Objects.requireNonNull(held);
  }

  private void told(byte[] event) {
    for (SubscriptionEvent one : adapter.paymentProvider().events().read(event).events()) {
      if (one instanceof Charged charged) {
        charges.add(charged);
      } else {
        apply((OfSubscription) one);
      }
    }
  }

  private void apply(OfSubscription event) {
    Transition transition =
        Transition.of(
            Optional.ofNullable(held),
            event,
            Optional.of(Buyer.USER),
            prices -> prices.contains("PLN_pro") ? Optional.of(Buyer.PRO) : Optional.empty());
    assertThat(transition).isNotInstanceOf(Transition.Waiting.class);
    if (transition instanceof Transition.Changed(Subscription next, var notices)) {
      held = next;
    }
  }

  @Test
  void it_is_bought_renewed_owed_paid_cancelled_resumed_and_over() {
    URI page = checkout.start(Buyer.order("k1"));
    Subscription bought = told(paystack.pay(page));
    String code = bought.ref().id();
    assertThat(charges.getFirst().user()).contains(Buyer.USER);
    assertThat(charges.getFirst().price()).contains("PLN_pro");
    assertThat(bought.status()).isEqualTo(PaystackStatus.ACTIVE);
    assertThat(until(bought)).isEqualTo("2026-02-17T09:00:00Z");

    clock.set(Instant.parse("2026-02-10T09:00:00Z"));
    assertThat(until(told(paystack.renew(code)))).isEqualTo("2026-03-17T09:00:00Z");
    told(paystack.changeCard(code));
    assertThat(charges.getLast().price()).isEmpty();

    clock.set(Instant.parse("2026-03-10T09:00:00Z"));
    Subscription owed = told(paystack.failRenewal(code));
    assertThat(owed.status()).isEqualTo(PaystackStatus.ATTENTION);
    assertThat(until(owed)).isEqualTo("2026-03-17T09:00:00Z");

    clock.set(Instant.parse("2026-03-12T09:00:00Z"));
    Subscription paid = told(paystack.renew(code));
    assertThat(paid.status()).isEqualTo(PaystackStatus.ACTIVE);

    checkout.cancelAtPeriodEnd(paid);
    Subscription ending = told(paystack.events());
    assertThat(ending.status()).isEqualTo(PaystackStatus.NON_RENEWING);
    assertThat(until(ending)).isEqualTo("2026-04-10T09:00:00Z"); // by the date told before

    checkout.resume(ending);
    apply(adapter.paymentProvider().arbiter().orElseThrow().ask(ending.ref()).orElseThrow());
    assertThat(told(List.of()).status()).isEqualTo(PaystackStatus.ACTIVE);

    Subscription over = told(List.of(paystack.lapse(code)));
    assertThat(over.status()).isEqualTo(PaystackStatus.CANCELLED);
    assertThat(until(over)).isEqualTo("1970-01-01T00:00:00Z");
    told(paystack.pay(page)); // told once more, from the beginning
    assertThat(told(List.of()).status()).isEqualTo(PaystackStatus.CANCELLED);
  }

  private static String until(Subscription subscription) {
    return subscription.grantsUntil(GRACE).map(Instant::toString).orElse("for ever");
  }

  @Test
  void a_payment_that_is_told_twice_is_told_in_the_same_words() {
    URI page = checkout.start(Buyer.order("k1"));

    assertThat(keys(paystack.pay(page))).isEqualTo(keys(paystack.pay(page)));
  }

  private List<String> keys(List<byte[]> events) {
    return events.stream()
        .map(event -> adapter.paymentProvider().events().read(event).key())
        .toList();
  }
}
