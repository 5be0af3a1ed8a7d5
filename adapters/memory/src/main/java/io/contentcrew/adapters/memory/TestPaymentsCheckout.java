package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.subscription.Checkout;
import java.net.URI;

/** What {@link TestPayments} does when it is asked: it tells that it has done it. */
final class TestPaymentsCheckout implements Checkout {
  private final TestPayments payments;

  TestPaymentsCheckout(TestPayments payments) {
    this.payments = payments;
  }

  @Override
  public URI start(Order order) {
    return payments.page(order);
  }

  /** There is nothing to manage, so the page is the one that it would lead back to. */
  @Override
  public URI manage(Subscription subscription, URI returnTo) {
    return returnTo;
  }

  @Override
  public void cancelAtPeriodEnd(Subscription subscription) {
    payments.tell(payments.desk().turned(ours(subscription), true));
  }

  @Override
  public void resume(Subscription subscription) {
    payments.tell(payments.desk().turned(ours(subscription), false));
  }

  @Override
  public boolean canChange() {
    return true;
  }

  /** The period stays as it is, for what costs nothing has no difference to be charged. */
  @Override
  public void change(Subscription subscription, String price, String idempotencyKey) {
    payments.tell(payments.desk().changed(ours(subscription), price, idempotencyKey));
  }

  @Override
  public void end(Subscription subscription) {
    payments.tell(payments.desk().ended(ours(subscription)));
  }

  private static Subscription ours(Subscription subscription) {
    if (!subscription.ref().provider().equals(PaymentProviderName.TEST)) {
      throw new IllegalArgumentException(subscription.ref() + " is not of the test payments");
    }
    return subscription;
  }
}
