package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.subscription.PaymentProvider;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.testkit.FakeStripeAnswer;
import io.contentcrew.testkit.FakeStripeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripeArbiterTest extends StripeTest {
  private static final SubscriptionRef SUB =
      new SubscriptionRef(PaymentProviderName.STRIPE, "sub_1");
  private static final String OBJECT =
      "{\"id\":\"sub_1\",\"customer\":\"cus_1\",\"status\":\"active\"}";

  /** Whatever it is taken for. */
  private static final String WHOLE =
      "{'id':'cus_1','customer':'cus_1','status':'active','mode':'subscription',"
          + "'subscription':'sub_1','trial_end':1700000500,'amount':5,'amount_refunded':5,"
          + "'currency':'usd','charge':'ch_1'}";

  @Test
  void it_says_how_a_subscription_is_and_when_it_was_so() {
    Instant now = clock.instant();
    String id = stripe.pay(checkout.start(order("k")));
    SubscriptionRef ref = new SubscriptionRef(PaymentProviderName.STRIPE, id);

    assertThat(arbiter.ask(ref))
        .contains(
            new Stated(
                Snapshot.of(ref, stripe.customer(id), StripeStatus.ACTIVE)
                    .withUser(USER)
                    .withPrices(List.of("price_basic"))
                    .withCost(new Money(Currency.getInstance("USD"), 999))
                    .withTerm(
                        Term.of(
                            Optional.of(now), Optional.of(Instant.parse("2026-12-22T10:00:00Z")))),
                new Order.Asked(now)));
  }

  @Test
  void an_older_version_of_the_api_says_the_same() {
    String id = bought().ref().id();
    SubscriptionRef ref = new SubscriptionRef(PaymentProviderName.STRIPE, id);
    PaymentProvider old = provider(config().withApiVersion("2019-12-03"));

    assertThat(old.arbiter().orElseThrow().ask(ref)).isEqualTo(arbiter.ask(ref));
  }

  @Test
  void it_was_so_when_stripe_says_and_no_later_than_it_was_asked() {
    String early = "Sun, 22 Nov 2026 09:59:30 GMT";
    stripe.next(FakeStripeAnswer.of(200, OBJECT).with("Date", early));
    assertThat(arbiter.ask(SUB).orElseThrow().order())
        .isEqualTo(new Order.Asked(Instant.parse("2026-11-22T09:59:30Z")));

    for (String date : List.of("Sun, 22 Nov 2026 10:05:00 GMT", "yesterday")) {
      stripe.next(FakeStripeAnswer.of(200, OBJECT).with("Date", date));
      assertThat(arbiter.ask(SUB).orElseThrow().order())
          .isEqualTo(new Order.Asked(clock.instant()));
    }
  }

  @Test
  void of_one_that_stripe_does_not_know_it_says_nothing() {
    assertThat(arbiter.ask(SUB)).isEmpty();
  }

  @Test
  void one_of_the_other_mode_is_not_unknown() {
    stripe.next(
        FakeStripeAnswer.error(
            404,
            "invalid_request_error",
            "resource_missing",
            "No such subscription: 'sub_1'; a similar object exists in test mode, but a live mode"
                + " key was used to make this request."));

    assertThat(failure(() -> arbiter.ask(SUB)))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("other mode");
  }

  @Test
  void not_found_by_a_wrong_address_is_a_failure() {
    stripe.next(FakeStripeAnswer.of(404, "<html>404</html>"));

    assertThat(failure(() -> arbiter.ask(SUB))).isInstanceOf(PortFailureException.class);
  }

  @Test
  void an_answer_that_makes_no_sense_is_a_failure() {
    for (String object :
        List.of(
            OBJECT.replace("active", "hibernating"),
            OBJECT.replace("sub_1", "sub_2"),
            OBJECT.replace("customer", "owner"),
            "{}")) {
      stripe.next(FakeStripeAnswer.of(200, object));
      assertThat(failure(() -> arbiter.ask(SUB)))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("makes no sense");
    }
  }

  @Test
  void trouble_is_told_as_such() {
    stripe.next(FakeStripeAnswer.trouble(), FakeStripeAnswer.trouble(), FakeStripeAnswer.trouble());

    assertThat(failure(() -> arbiter.ask(SUB))).isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void what_is_not_stripes_is_not_asked_for() {
    assertThatThrownBy(
            () -> arbiter.ask(new SubscriptionRef(PaymentProviderName.PAYSTACK, "SUB_1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- what could not be delivered

  @Test
  void what_could_not_be_delivered_is_listed_from_the_earliest_on() {
    Instant begun = clock.instant();
    String id = bought().ref().id();
    List<FakeStripeEvent> delivered = stripe.take();
    for (int i = 0; i < 130; i++) {
      clock.advance(Duration.ofDays(31));
      stripe.renew(id);
    }
    List<String> missed =
        stripe.events().stream().map(FakeStripeEvent::id).skip(delivered.size()).toList();

    assertThat(missed).hasSizeGreaterThan(200);
    assertThat(ids(arbiter, begun, 10_000)).isEqualTo(missed);
    assertThat(ids(arbiter, begun, 3)).isEqualTo(missed.subList(0, 3));
    assertThat(ids(arbiter, clock.instant(), 10)).isEqualTo(missed.subList(258, 260));
    assertThat(ids(arbiter, clock.instant().plusSeconds(1), 10)).isEmpty();
  }

  private static List<String> ids(SubscriptionArbiter arbiter, Instant since, int limit) {
    return arbiter.undelivered(since, limit).stream()
        .map(body -> EventReader.read(body).key())
        .toList();
  }

  @Test
  void what_was_not_delivered_means_the_same_as_if_it_had_been() {
    bought();

    List<byte[]> bodies = arbiter.undelivered(Instant.EPOCH, 100);

    assertThat(bodies.stream().map(EventReader::read))
        .isEqualTo(stripe.events().stream().map(e -> EventReader.read(e.body())).toList());
  }

  @Test
  void events_of_other_things_are_not_listed() {
    String id = bought().ref().id();
    stripe.refund(id); // told as refund.created, which endpoints need not be registered for
    stripe.end(id);
    stripe.deleteCustomer(stripe.customer(id));

    List<String> types =
        arbiter.undelivered(Instant.EPOCH, 100).stream()
            .map(body -> EventReader.read(body).type())
            .toList();

    assertThat(types)
        .containsExactly(
            "customer.subscription.created",
            "invoice.paid",
            "customer.subscription.updated",
            "checkout.session.completed",
            "customer.subscription.deleted",
            "customer.deleted");
  }

  @Test
  void every_type_that_is_listed_is_understood_and_stripe_takes_so_many() {
    arbiter.undelivered(Instant.EPOCH, 100);

    List<String> types =
        stripe.requests().getLast().fields().entrySet().stream()
            .filter(field -> field.getKey().startsWith("types["))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(types).hasSizeBetween(1, 20).doesNotHaveDuplicates();
    assertThat(types)
        .allSatisfy(
            type -> {
              assertThat(EventReader.read(Fixtures.event(type, WHOLE)).events())
                  .isNotEmpty()
                  .doesNotHaveAnyElementsOfTypes(Irrelevant.class, Unreadable.class);
            });
  }

  @Test
  void a_list_that_never_ends_is_left() {
    String page =
        "{\"object\":\"list\",\"has_more\":true,\"data\":[{\"id\":\"evt_1\",\"object\":\"event\"}]}";
    for (int i = 0; i < 500; i++) {
      stripe.next(FakeStripeAnswer.of(200, page));
    }

    assertThat(failure(() -> arbiter.undelivered(Instant.EPOCH, 10)))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("later time");
  }

  @Test
  void at_least_one_is_asked_for() {
    assertThatThrownBy(() -> arbiter.undelivered(Instant.EPOCH, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
