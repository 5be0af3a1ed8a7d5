package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.StripeObject;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.EventListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.testkit.FakeStripe;
import io.contentcrew.testkit.FakeStripeEvent;
import io.contentcrew.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stripe's own library takes the fake for Stripe. */
@Timeout(60)
class FakeStripeTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T10:00:00Z"));
  private final FakeStripe stripe =
      FakeStripe.start(clock).selling("price_basic", BillingInterval.MONTH, 999);
  private final StripeClient client = client(stripe.apiKey());

  private StripeClient client(String key) {
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(stripe.url().toString())
        .setMaxNetworkRetries(0)
        .build();
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  private static SessionCreateParams session(String price) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
        .addLineItem(SessionCreateParams.LineItem.builder().setPrice(price).setQuantity(1L).build())
        .setCustomerEmail("reader@example.com")
        .setClientReferenceId("u1")
        .setSubscriptionData(
            SessionCreateParams.SubscriptionData.builder().putMetadata("user_id", "u1").build())
        .setSuccessUrl("https://crew.test/paid")
        .setCancelUrl("https://crew.test/left")
        .build();
  }

  private String bought() throws StripeException {
    return stripe.pay(client.v1().checkout().sessions().create(session("price_basic")).getId());
  }

  @Test
  void it_sells_subscriptions() throws Exception {
    Session session = client.v1().checkout().sessions().create(session("price_basic"));
    assertThat(session.getStatus()).isEqualTo("open");
    assertThat(session.getUrl()).startsWith(stripe.url().toString());

    Subscription subscription = client.v1().subscriptions().retrieve(stripe.pay(session.getId()));

    assertThat(subscription.getStatus()).isEqualTo("active");
    assertThat(subscription.getMetadata()).containsEntry("user_id", "u1");
    assertThat(subscription.getItems().getData().getFirst().getPrice().getId())
        .isEqualTo("price_basic");
    assertThat(subscription.getItems().getData().getFirst().getCurrentPeriodEnd())
        .isEqualTo(Instant.parse("2026-12-22T10:00:00Z").getEpochSecond());
  }

  @Test
  void it_changes_and_ends_them() throws Exception {
    String id = bought();

    Subscription ending =
        client
            .v1()
            .subscriptions()
            .update(id, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    assertThat(ending.getCancelAtPeriodEnd()).isTrue();
    assertThat(client.v1().subscriptions().cancel(id).getStatus()).isEqualTo("canceled");
    assertThatThrownBy(() -> client.v1().subscriptions().cancel(id))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getCode()).isEqualTo("resource_missing"));
  }

  @Test
  void it_bills_a_change_at_once_or_refuses_it() throws Exception {
    stripe.selling("price_pro", BillingInterval.MONTH, 2_999);
    String id = bought();
    stripe.decline(stripe.customer(id), true);

    assertThatThrownBy(() -> client.v1().subscriptions().update(id, to("price_pro", id)))
        .isInstanceOfSatisfying(
            CardException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(402);
              assertThat(e.getCode()).isEqualTo("card_declined");
            });
    assertThat(price(client.v1().subscriptions().retrieve(id))).isEqualTo("price_basic");

    stripe.decline(stripe.customer(id), false);
    stripe.take();
    assertThat(price(client.v1().subscriptions().update(id, to("price_pro", id))))
        .isEqualTo("price_pro");
    assertThat(stripe.take())
        .extracting(FakeStripeEvent::type)
        .containsExactly("invoice.paid", "customer.subscription.updated");
  }

  private static String price(Subscription subscription) {
    return subscription.getItems().getData().getFirst().getPrice().getId();
  }

  private SubscriptionUpdateParams to(String price, String id) throws StripeException {
    return SubscriptionUpdateParams.builder()
        .addItem(
            SubscriptionUpdateParams.Item.builder()
                .setId(
                    client
                        .v1()
                        .subscriptions()
                        .retrieve(id)
                        .getItems()
                        .getData()
                        .getFirst()
                        .getId())
                .setPrice(price)
                .build())
        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
        .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
        .build();
  }

  @Test
  void a_page_of_the_checkout_can_be_paid_on_for_a_while() throws Exception {
    long now = clock.instant().getEpochSecond();
    for (long seconds : List.of(29 * 60L, 25 * 60 * 60L)) {
      assertThatThrownBy(() -> client.v1().checkout().sessions().create(until(now + seconds)))
          .isInstanceOfSatisfying(
              InvalidRequestException.class, e -> assertThat(e.getParam()).isEqualTo("expires_at"));
    }
    String brief = client.v1().checkout().sessions().create(until(now + 30 * 60L)).getId();
    String day = client.v1().checkout().sessions().create(session("price_basic")).getId();

    clock.advance(Duration.ofMinutes(30));

    assertThatThrownBy(() -> stripe.pay(brief)).isInstanceOf(IllegalStateException.class);
    assertThat(stripe.pay(day)).isNotNull();
  }

  private static SessionCreateParams until(long second) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
        .addLineItem(
            SessionCreateParams.LineItem.builder().setPrice("price_basic").setQuantity(1L).build())
        .setSuccessUrl("https://crew.test/paid")
        .setExpiresAt(second)
        .build();
  }

  @Test
  void it_refuses_as_stripe_does() {
    assertThatThrownBy(() -> client.v1().checkout().sessions().create(session("price_gone")))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.getParam()).isEqualTo("line_items[0][price]"));
    assertThatThrownBy(
            () -> client("sk_test_wrong").v1().checkout().sessions().create(session("price_basic")))
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> client.v1().subscriptions().retrieve("sub_nobody's"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
  }

  @Test
  void of_two_requests_with_the_same_key_one_counts() throws Exception {
    RequestOptions key = RequestOptions.builder().setIdempotencyKey("k").build();
    Session first = client.v1().checkout().sessions().create(session("price_basic"), key);
    Session second = client.v1().checkout().sessions().create(session("price_basic"), key);

    assertThat(second.getId()).isEqualTo(first.getId());
    assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
    assertThat(stripe.sessions()).hasSize(1);
    assertThatThrownBy(() -> client.v1().checkout().sessions().create(session("price_gone"), key))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void its_events_are_stripes() throws Exception {
    String id = bought();
    stripe.renew(id);
    stripe.refund(id);
    stripe.deleteCustomer(stripe.customer(id));

    List<FakeStripeEvent> events = stripe.take();

    assertThat(events)
        .extracting(FakeStripeEvent::type)
        .containsExactly(
            "customer.subscription.created",
            "invoice.paid",
            "customer.subscription.updated",
            "checkout.session.completed",
            "invoice.paid",
            "customer.subscription.updated",
            "refund.created",
            "customer.subscription.deleted",
            "customer.deleted");
    assertThat(stripe.take()).isEmpty();
    for (FakeStripeEvent each : events) {
      String header = stripe.delivery(each).header("Stripe-Signature").getFirst();
      String body = new String(each.body(), StandardCharsets.UTF_8);
      Event event = Webhook.constructEvent(body, header, stripe.webhookSecret(), 0);
      assertThat(event.getId()).isEqualTo(each.id());
      // empty unless the library has this very version, and the object is one of its own
      StripeObject object = event.getDataObjectDeserializer().getObject().orElseThrow();
      if (object instanceof Invoice invoice) {
        assertThat(invoice.getParent().getSubscriptionDetails().getSubscription()).isEqualTo(id);
      }
    }
  }

  @Test
  void what_nobody_took_could_not_be_delivered() throws Exception {
    bought();
    EventListParams failed =
        EventListParams.builder().setDeliverySuccess(false).setLimit(3L).build();

    assertThat(client.v1().events().list(failed).getData()).hasSize(3);
    assertThat(client.v1().events().list(failed).getHasMore()).isTrue();
    EventListParams bills =
        EventListParams.builder().setDeliverySuccess(false).addType("invoice.paid").build();
    assertThat(client.v1().events().list(bills).getData())
        .extracting(Event::getType)
        .containsExactly("invoice.paid");
    stripe.take();
    assertThat(client.v1().events().list(failed).getData()).isEmpty();
  }
}
