package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What deliveries mean that somebody once got from Stripe. */
class RecordedEventsTest {
  private static final Currency USD = Currency.getInstance("USD");

  static Stream<Arguments> recorded() {
    return Stream.of(
        Arguments.of(
            "2020-03-02.charge.dispute.created.json",
            new MoneyReturned(
                PaymentProviderName.STRIPE,
                MoneyReturned.Kind.DISPUTE,
                Optional.empty(),
                "dp_1MLuxQJDPojXS6LNrukJCBBG",
                "warning_needs_response",
                Optional.of(new Money(USD, 1000)),
                at(1619701111))),
        Arguments.of(
            "2020-03-02.charge.refunded.json",
            new MoneyReturned(
                PaymentProviderName.STRIPE,
                MoneyReturned.Kind.REFUND,
                Optional.of("cus_J7Mkgr8mvbl1eK"),
                "re_3Kl36gJDPojXS6LN0eP4yPDz",
                "succeeded",
                Optional.of(new Money(USD, 2500)),
                at(1619701111))),
        Arguments.of(
            "2020-03-02.customer.subscription.created.json",
            stated(
                "sub_JdIzvfy6o5GZRd",
                "cus_IhGfebO16cMIGN",
                StripeStatus.ACTIVE,
                "price_1IDQm5JDPojXS6LNM31hxKzp",
                0,
                term(1623148918, 1625740918),
                dated(1623148918, "evt_1J02NfJDPojXS6LNawmt1X8q", Step.CREATED))),
        Arguments.of(
            "2020-03-02.customer.subscription.deleted.json",
            stated(
                "sub_JdIzvfy6o5GZRd",
                "cus_IhGfebO16cMIGN",
                StripeStatus.CANCELED,
                "price_1IDQm5JDPojXS6LNM31hxKzp",
                0,
                term(1623148918, 1625740918).withEndedAt(at(1623149102)),
                dated(1623149102, "evt_1J02QdJDPojXS6LNnOJB09Xb", Step.DELETED))),
        Arguments.of(
            "2020-03-02.customer.subscription.updated.json",
            stated(
                "sub_JLEPMp81LApOJl",
                "cus_IhGfebO16cMIGN",
                StripeStatus.ACTIVE,
                "price_1IDQm5JDPojXS6LNM31hxKzp",
                0,
                term(1618980344, 1621572344),
                dated(1619706820, "evt_1IlavxJDPojXS6LNGNOrPWFQ", Step.UPDATED))),
        Arguments.of(
            "2020-03-02.invoice.paid.json",
            new Paid(
                ref("sub_JsuPyCPhXWfZar"),
                "in_1KJqKBJDPojXS6LNJbvLUgEy",
                Optional.of(new Money(USD, 0)),
                Optional.of(at(1645323680)), // of its line; its own period_end is a month earlier
                at(1642649111))),
        Arguments.of("2020-08-27.checkout.session.completed.json", new Irrelevant()), // a one-off
        Arguments.of(
            "2020-08-27.customer.subscription.created.json",
            stated(
                "sub_000000000000000000000000",
                "cus_00000000000000",
                StripeStatus.ACTIVE,
                "price_000000000000000000000000",
                1500,
                term(1648320110, 1650998510),
                dated(1648320110, "evt_000000000000000000000000", Step.CREATED))),
        Arguments.of(
            "2020-08-27.customer.subscription.deleted.json",
            stated(
                "sub_000000000000000000000000",
                "cus_00000000000000",
                StripeStatus.CANCELED,
                "price_000000000000000000000000",
                1500,
                term(1648320096, 1650998496).withEndedAt(at(1648320097)),
                dated(1648320097, "evt_000000000000000000000000", Step.DELETED))),
        Arguments.of(
            "2020-08-27.customer.subscription.updated.json",
            stated(
                "sub_000000000000000000000000",
                "cus_00000000000000",
                StripeStatus.ACTIVE,
                "price_000000000000000000000000",
                1500,
                term(1648320105, 1650998505),
                dated(1648320106, "evt_000000000000000000000000", Step.UPDATED))),
        Arguments.of("2020-08-27.invoice.paid.json", new Irrelevant()), // of no subscription
        Arguments.of("2020-08-27.invoice.payment_action_required.json", new Irrelevant()),
        Arguments.of("2020-08-27.invoice.payment_failed.json", new Irrelevant()),
        Arguments.of(
            "object.invoice.openapi-2026-08.json",
            new Paid(
                ref("subscription"),
                "in_1Pgc6tB7WZ01zgkWu9fdqL6I",
                Optional.of(new Money(USD, 0)),
                Optional.of(at(1721954054)),
                at(1700000000))),
        Arguments.of(
            "object.subscription.openapi-2026-08.json",
            stated(
                "sub_1Pgc6rB7WZ01zgkWNy0Cn5nw",
                "cus_QXg1o8vcGmoR32",
                StripeStatus.ACTIVE,
                "price_1PgafmB7WZ01zgkW6dKueIc5",
                2000,
                new Term(
                    Optional.of(at(1896570518)),
                    Optional.of(at(976287773)),
                    true,
                    Optional.of(at(1234567890)),
                    Optional.of(at(1234567890)),
                    Optional.of(at(1234567890))),
                dated(1700000000, "evt_1", Step.UPDATED))));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void a_recorded_delivery_means_what_it_meant(String fixture, SubscriptionEvent meaning) {
    WebhookEvent event = EventReader.read(Fixtures.event(fixture));

    assertThat(event.events()).containsExactly(meaning);
    assertThat(event.hasOwnId()).isTrue();
    assertThat(event.key()).startsWith("evt_");
    assertThat(event.apiVersion()).isPresent();
    assertThat(event.at()).isPresent();
    assertThat(fixture).contains(fixture.startsWith("object.") ? "" : event.type());
  }

  @Test
  void none_of_them_is_left_out() {
    assertThat(recorded().map(arguments -> (String) arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(Fixtures.names())
        .hasSize(15);
  }

  private static Stated stated(
      String id,
      String customer,
      StripeStatus status,
      String price,
      long cost,
      Term term,
      Order order) {
    Snapshot snapshot =
        Snapshot.of(ref(id), customer, status)
            .withPrices(List.of(price))
            .withTerm(term)
            .withCost(new Money(USD, cost));
    return new Stated(snapshot, order);
  }

  private static Term term(long start, long end) {
    return Term.of(Optional.of(at(start)), Optional.of(at(end)));
  }

  private static Order dated(long second, String event, Step step) {
    return new Order.Dated(at(second), event, step, Map.of());
  }

  private static SubscriptionRef ref(String id) {
    return new SubscriptionRef(PaymentProviderName.STRIPE, id);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
