package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Checkout;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/**
 * What a page of {@link TestPayments} sells.
 *
 * @param name of two with the same name one is the other again
 * @param until when the page is of no more use
 */
record TestPaymentsOrder(
    String name,
    UserId user,
    String customer,
    Plan plan,
    String price,
    Optional<Money> amount,
    URI paid,
    URI left,
    Instant until) {
  private static final Duration VALID = Duration.ofHours(1);

  static TestPaymentsOrder of(Checkout.Order order, Instant now) {
    return new TestPaymentsOrder(
        TestPaymentsSeal.name(order.user() + "\n" + order.idempotencyKey()),
        order.user(),
        order.customer().orElse("test_cus_" + order.user()),
        order.plan(),
        order.price(),
        order.amount(),
        order.paid(),
        order.left(),
        Instant.ofEpochSecond(now.plus(VALID).getEpochSecond()));
  }

  String seal(TestPaymentsSeal seal) {
    return seal.seal(
        new TestPaymentsForm()
            .put("name", name)
            .put("user", user.toString())
            .put("customer", customer)
            .put("tier", plan.tier().value())
            .put("interval", plan.interval().wireName())
            .put("price", price)
            .put("amount", amount.map(Money::minor))
            .put("currency", amount.map(money -> money.currency().getCurrencyCode()))
            .put("paid", paid.toString())
            .put("left", left.toString())
            .put("until", Long.toString(until.getEpochSecond()))
            .bytes());
  }

  /** The order that was sealed, if it was, and the page is of use still. */
  static Optional<TestPaymentsOrder> open(TestPaymentsSeal seal, String token, Instant now) {
    return seal.open(token)
        .flatMap(TestPaymentsForm::read)
        .map(TestPaymentsOrder::of)
        .filter(order -> now.isBefore(order.until));
  }

  /** Trusts the form, for we have sealed it. */
  private static TestPaymentsOrder of(TestPaymentsForm form) {
    return new TestPaymentsOrder(
        form.get("name").orElseThrow(),
        new UserId(UUID.fromString(form.get("user").orElseThrow())),
        form.get("customer").orElseThrow(),
        new Plan(
            new TierId(form.get("tier").orElseThrow()),
            form.get("interval").equals(Optional.of(BillingInterval.YEAR.wireName()))
                ? BillingInterval.YEAR
                : BillingInterval.MONTH),
        form.get("price").orElseThrow(),
        form.get("amount")
            .map(
                minor ->
                    new Money(
                        Currency.getInstance(form.get("currency").orElseThrow()),
                        Long.parseLong(minor))),
        URI.create(form.get("paid").orElseThrow()),
        URI.create(form.get("left").orElseThrow()),
        Instant.ofEpochSecond(Long.parseLong(form.get("until").orElseThrow())));
  }

  String subscription() {
    return "test_sub_" + name;
  }
}
