package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.ports.subscription.SubscriptionEvents;
import io.contentcrew.ports.subscription.WebhookDelivery;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A payment provider that takes no money: for development, and for the tests of whoever embeds the
 * crew. Never to be offered to customers, for whoever wants something from it has it.
 *
 * <p>It goes the way that all providers go. {@link Checkout#start} leads to a page, which shows
 * what {@link #look} says and calls {@link #pay} or {@link #leave}; what was paid, cancelled or
 * changed is told by signed webhooks, and by them only. They are handed to a courier, who is to
 * deliver them as a web server would; nothing else becomes of them.
 *
 * <p>It holds nothing but its secret. What is to be paid for is in the address of the page, sealed;
 * how a subscription is, is what its caller says. So it works on several instances, and forgets
 * nothing when one is started anew. Who calls with an outdated {@link Subscription} makes it tell
 * outdated things.
 *
 * <p>Safe for use by many threads, if the courier is.
 */
public final class TestPayments implements PaymentProvider {
  private final URI checkoutPage;
  private final InstantSource clock;
  private final Consumer<WebhookDelivery> courier;
  private final TestPaymentsSeal seal;
  private final TestPaymentsDesk desk;
  private final SubscriptionEvents events;
  private final Checkout checkout;

  private TestPayments(
      Secret secret, URI checkoutPage, InstantSource clock, Consumer<WebhookDelivery> courier) {
    this.checkoutPage = checkoutPage;
    this.clock = clock;
    this.courier = courier;
    this.seal = new TestPaymentsSeal(secret, clock);
    this.desk = new TestPaymentsDesk(seal, clock);
    this.events = new TestPaymentsEvents(seal);
    this.checkout = new TestPaymentsCheckout(this);
  }

  /**
   * Test payments.
   *
   * @param secret by which webhooks and pages are known to be its own: 16 characters at least; of
   *     all instances the same
   * @param checkoutPage the page that is to show what is sold; gets a parameter {@code token}
   * @param courier is given each webhook, on the thread of the call that has caused it
   */
  public static TestPayments of(
      Secret secret, URI checkoutPage, InstantSource clock, Consumer<WebhookDelivery> courier) {
    return new TestPayments(
        secret,
        Objects.requireNonNull(checkoutPage, "checkoutPage"),
        Objects.requireNonNull(clock, "clock"),
        Objects.requireNonNull(courier, "courier"));
  }

  /**
   * What the page is to show.
   *
   * @param amount what it costs, if that was said
   * @param until when the page is of no more use
   */
  public record Shown(Plan plan, Optional<Money> amount, Instant until) {
    public Shown {
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(until, "until");
    }

    /** How often it is to be paid. */
    public BillingInterval interval() {
      return plan.interval();
    }
  }

  // ---- for the page

  /**
   * What is sold by the page with that token; empty if the token is not one of ours, or was made
   * more than an hour ago.
   */
  public Optional<Shown> look(String token) {
    return TestPaymentsOrder.open(seal, token, clock.instant())
        .map(order -> new Shown(order.plan(), order.amount(), order.until()));
  }

  /**
   * Pays. That the user is a customer and has a subscription, paid for a month or a year from now,
   * is handed to the courier before this returns. Who pays twice tells the same events of the same
   * subscription again.
   *
   * @return where to go on
   * @throws IllegalArgumentException if {@link #look} finds nothing
   */
  public URI pay(String token) {
    payment(token).forEach(courier);
    return order(token).paid();
  }

  /**
   * The webhooks that {@link #pay} hands to the courier, to deliver them oneself: twice, late, in
   * another order.
   *
   * @throws IllegalArgumentException if {@link #look} finds nothing
   */
  public List<WebhookDelivery> payment(String token) {
    return desk.bought(order(token));
  }

  /**
   * Leaves without paying; nothing is told to anybody.
   *
   * @return where to go on
   * @throws IllegalArgumentException if {@link #look} finds nothing
   */
  public URI leave(String token) {
    return order(token).left();
  }

  private TestPaymentsOrder order(String token) {
    return TestPaymentsOrder.open(seal, token, clock.instant())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this page of the test payments is not one of ours, or too old: begin the"
                        + " checkout again"));
  }

  // ---- for tests: what time does

  /**
   * The period of a subscription is over: it is paid for the next one, or has ended if it was
   * cancelled. That is handed to the courier. Nothing happens if it has ended already.
   */
  public void renew(Subscription subscription) {
    desk.renewed(subscription).ifPresent(courier);
  }

  /**
   * A payment for a subscription fails, and will be tried again in three days. That is handed to
   * the courier. Nothing happens if it has ended already.
   */
  public void failPayment(Subscription subscription) {
    desk.failed(subscription).ifPresent(courier);
  }

  // ---- for the checkout

  URI page(Checkout.Order order) {
    String token = TestPaymentsOrder.of(order, clock.instant()).seal(seal);
    String separator = checkoutPage.getRawQuery() == null ? "?" : "&";
    return URI.create(checkoutPage + separator + "token=" + token);
  }

  TestPaymentsDesk desk() {
    return desk;
  }

  void tell(Optional<WebhookDelivery> delivery) {
    delivery.ifPresent(courier);
  }

  // ---- the provider

  @Override
  public PaymentProviderName name() {
    return PaymentProviderName.TEST;
  }

  @Override
  public String displayName() {
    return "Test payments (no money moves)";
  }

  @Override
  public boolean isTest() {
    return true;
  }

  @Override
  public SubscriptionEvents events() {
    return events;
  }

  @Override
  public Optional<Checkout> checkout() {
    return Optional.of(checkout);
  }

  /** Nobody: it holds nothing. */
  @Override
  public Optional<SubscriptionArbiter> arbiter() {
    return Optional.empty();
  }
}
