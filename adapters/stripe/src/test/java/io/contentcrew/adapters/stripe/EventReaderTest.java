package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Changed;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerDeleted;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.SubscriptionEvent.TrialEnding;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final SubscriptionRef SUB =
      new SubscriptionRef(PaymentProviderName.STRIPE, "sub_1");
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000L);
  private static final String USER = "0191d2c4-7f00-7000-8000-00000000000a";
  private static final String ITEMS =
      "'items':{'object':'list','data':[{'id':'si_1','price':{'id':'price_b'},"
          + "'current_period_start':1700000000,'current_period_end':1702592000}]}";
  private static final String SUBSCRIPTION =
      "{'id':'sub_1','customer':'cus_1','status':'active'," + ITEMS + "}";

  private static SubscriptionEvent only(byte[] body) {
    List<SubscriptionEvent> events = EventReader.read(body).events();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Stated stated(byte[] body) {
    return (Stated) only(body);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  // ---- the envelope

  @Test
  void an_event_is_known_by_its_id_and_says_whom_it_is_about() {
    WebhookEvent event =
        EventReader.read(Fixtures.event("customer.subscription.updated", SUBSCRIPTION));

    assertThat(event.key()).isEqualTo("evt_1");
    assertThat(event.hasOwnId()).isTrue();
    assertThat(event.type()).isEqualTo("customer.subscription.updated");
    assertThat(event.apiVersion()).contains("2026-07-29.dahlia");
    assertThat(event.customer()).contains("cus_1");
    assertThat(event.at()).contains(AT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "customer.created|{'id':'cus_1','object':'customer'}",
        "customer.updated|{'id':'cus_1','object':'customer'}",
        "customer.tax_id.created|{'id':'txi_1','object':'tax_id','customer':'cus_1'}",
        "customer.source.expiring|{'id':'card_1','object':'card','customer':'cus_1'}",
        "customer.discount.deleted|{'id':'di_1','object':'discount','customer':'cus_1'}",
        "customer.discount.deleted|{'object':'discount','customer':{'id':'cus_1'}}",
        "invoice.paid|{'id':'in_1','object':'invoice','customer':'cus_1'}",
      })
  void whom_it_is_about_may_be_the_object_or_its_owner(String type, String object) {
    assertThat(EventReader.read(Fixtures.event(type, object)).customer()).contains("cus_1");
  }

  @Test
  void what_is_nobodys_names_nobody() {
    for (String type : List.of("customer.source.created", "customer.updated")) {
      assertThat(EventReader.read(Fixtures.event(type, "{'id':'src_1'}")).customer()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'request':null",
        "'request':'req_1'",
        "'request':{'id':'req_1'}",
        "'api_version':null"
      })
  void old_and_new_envelopes_are_read(String member) {
    ObjectNode event =
        Fixtures.json(
            "{'id':'evt_9','object':'event','type':'customer.subscription.deleted','created':1700000000,"
                + member
                + ",'data':{'object':"
                + SUBSCRIPTION
                + "}}");

    WebhookEvent read = EventReader.read(event.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(read.key()).isEqualTo("evt_9");
    assertThat(read.events()).hasOnlyElementsOfType(Stated.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.upcoming",
        "invoice.created",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "customer.created",
        "customer.subscription.of_tomorrow",
        "payment_intent.succeeded",
        "charge.succeeded",
        "something.new"
      })
  void what_is_not_ours_is_irrelevant(String type) {
    assertThat(only(Fixtures.event(type, "{'id':'x_1'}"))).isEqualTo(new Irrelevant());
    assertThat(only(Fixtures.event(type, "{}"))).isEqualTo(new Irrelevant());
  }

  // ---- subscriptions

  @ParameterizedTest
  @CsvSource({
    "customer.subscription.created,CREATED",
    "customer.subscription.updated,UPDATED",
    "customer.subscription.paused,UPDATED",
    "customer.subscription.resumed,UPDATED",
    "customer.subscription.pending_update_applied,UPDATED",
    "customer.subscription.pending_update_expired,UPDATED",
    "customer.subscription.trial_will_end,UPDATED",
    "customer.subscription.deleted,DELETED"
  })
  void a_subscription_is_stated_with_the_time_and_the_step(String type, Step step) {
    assertThat(stated(Fixtures.event(type, SUBSCRIPTION)).order())
        .isEqualTo(new Order.Dated(AT, "evt_1", step, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // basil and later; the items' own, whatever stands beside them
        "{'id':'sub_1','customer':'cus_1','status':'active','current_period_end':1,"
            + "'items':{'data':[{'price':{'id':'price_b'},'plan':{'id':'other'},"
            + "'current_period_start':1700000000,'current_period_end':1702592000}]}}",
        // 2020 to acacia
        "{'id':'sub_1','customer':'cus_1','status':'active','current_period_start':1700000000,"
            + "'current_period_end':1702592000,'items':{'data':[{'price':{'id':'price_b'}}]}}",
        // 2019
        "{'id':'sub_1','customer':'cus_1','status':'active','current_period_start':1700000000,"
            + "'current_period_end':1702592000,'items':{'data':[{'plan':{'id':'price_b'}}]}}",
        // of old: without items
        "{'id':'sub_1','customer':'cus_1','status':'active','current_period_start':1700000000,"
            + "'current_period_end':1702592000,'plan':{'id':'price_b'}}",
        // with names only where there might be objects, and the other way round
        "{'id':'sub_1','customer':{'id':'cus_1','object':'customer'},'status':'active',"
            + "'current_period_start':1700000000,'current_period_end':1702592000,"
            + "'items':{'data':[{'price':'price_b'}]}}",
        // flexible billing: items with different periods
        "{'id':'sub_1','customer':'cus_1','status':'active','items':{'data':["
            + "{'price':'price_b','current_period_start':1699000000,'current_period_end':1699000001},"
            + "{'price':'price_b','current_period_start':1700000000,'current_period_end':1702592000}]}}"
      })
  void every_shape_of_a_subscription_says_the_same(String object) {
    assertThat(stated(Fixtures.event("customer.subscription.updated", object)).snapshot())
        .isEqualTo(
            Snapshot.of(SUB, "cus_1", StripeStatus.ACTIVE)
                .withPrices(List.of("price_b"))
                .withTerm(Term.of(Optional.of(at(1700000000)), Optional.of(at(1702592000)))));
  }

  @Test
  void all_prices_are_told_and_each_once() {
    String object =
        "{'id':'sub_1','customer':'cus_1','status':'active','items':{'data':["
            + "{'price':{'id':'price_b'}},{'price':{'id':'price_a'}},{'price':{'id':'price_b'}}]}}";

    assertThat(stated(Fixtures.event("customer.subscription.updated", object)).snapshot().prices())
        .containsExactly("price_b", "price_a");
  }

  @Test
  void the_end_is_told_however_it_was_chosen() {
    String object =
        "{'id':'sub_1','customer':'cus_1','status':'trialing','cancel_at_period_end':true,"
            + "'cancel_at':1702592000,'trial_end':1702000000,'ended_at':null}";

    assertThat(stated(Fixtures.event("customer.subscription.updated", object)).snapshot().term())
        .isEqualTo(
            Term.unknown()
                .withCancelsAtPeriodEnd(true)
                .withCancelAt(at(1702592000))
                .withTrialEnd(at(1702000000)));
  }

  @Test
  void the_user_is_the_one_whom_we_told_stripe() {
    assertThat(user("'" + USER + "'")).contains(new UserId(UUID.fromString(USER)));
    assertThat(user("'1-1-1-1-1'")).isEmpty();
    assertThat(user("'somebody'")).isEmpty();
    assertThat(user("42")).isEmpty();
    assertThat(user("null")).isEmpty();
  }

  private static Optional<UserId> user(String value) {
    String object =
        "{'id':'sub_1','customer':'cus_1','status':'active','metadata':{'user_id':" + value + "}}";
    return stated(Fixtures.event("customer.subscription.updated", object)).snapshot().user();
  }

  @Test
  void a_deleted_one_has_ended_whatever_its_status() {
    Stated stated = stated(Fixtures.event("customer.subscription.deleted", SUBSCRIPTION));

    assertThat(stated.snapshot().status()).isEqualTo(StripeStatus.CANCELED);
    assertThat(stated.snapshot().term().endedAt()).contains(AT);
  }

  @Test
  void an_unknown_status_is_told_as_such() {
    String object = "{'id':'sub_1','customer':'cus_1','status':'hibernating'}";

    for (String type : List.of("created", "updated", "paused", "trial_will_end")) {
      assertThat(only(Fixtures.event("customer.subscription." + type, object)))
          .isEqualTo(new StatusUnknown(SUB, "hibernating"));
    }
    assertThat(stated(Fixtures.event("customer.subscription.deleted", object)).snapshot().status())
        .isEqualTo(StripeStatus.CANCELED);
  }

  @Test
  void every_status_is_known() {
    for (StripeStatus status : StripeStatus.values()) {
      String object = "{'id':'sub_1','customer':'cus_1','status':'" + status.wireName() + "'}";
      assertThat(
              stated(Fixtures.event("customer.subscription.updated", object)).snapshot().status())
          .isEqualTo(status);
    }
  }

  @Test
  void the_end_of_a_trial_is_told_beside_the_subscription() {
    String object = "{'id':'sub_1','customer':'cus_1','status':'trialing','trial_end':1700259200}";

    List<SubscriptionEvent> events =
        EventReader.read(Fixtures.event("customer.subscription.trial_will_end", object)).events();

    assertThat(events).hasSize(2);
    assertThat(events.getFirst()).isInstanceOf(Stated.class);
    assertThat(events.getLast()).isEqualTo(new TrialEnding(SUB, at(1700259200)));
  }

  // ---- what was before

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"incomplete\"}|STATUS|incomplete",
        "{\"current_period_end\":1700000000}|PERIOD_END|1700000000",
        "{\"cancel_at_period_end\":true}|CANCELS_AT_PERIOD_END|true",
        "{\"cancel_at\":1700000000}|CANCEL_AT|1700000000",
        "{\"cancel_at\":null}|CANCEL_AT|''",
        "{\"trial_end\":null}|TRIAL_END|''",
        "{\"trial_end\":1700000000}|TRIAL_END|1700000000",
        "{\"plan\":{\"id\":\"price_a\",\"amount\":1}}|PRICES|price_a",
        "{\"items\":{\"data\":[{\"plan\":{\"id\":\"price_a\"}}]}}|PRICES|price_a",
        "{\"items\":{\"data\":[{\"price\":{\"id\":\"price_b\"}},{\"price\":{\"id\":\"price_a\"}}]}}|PRICES|price_a,price_b"
      })
  void what_has_changed_is_told_as_it_was(String previous, Facet facet, String value) {
    assertThat(previous(previous)).containsExactlyEntriesOf(Map.of(facet, value));
  }

  @Test
  void the_period_before_is_the_items_since_basil() {
    assertThat(
            previous(
                "{'items':{'data':[{'price':{'id':'price_a'},'current_period_end':1700000000}]},"
                    + "'latest_invoice':'in_0'}"))
        .isEqualTo(Map.of(Facet.PRICES, "price_a", Facet.PERIOD_END, "1700000000"));
  }

  @Test
  void of_items_that_are_not_all_named_no_price_is_told() {
    assertThat(previous("{'items':{'data':[{'price':{'id':'price_a'}},{'quantity':1}]}}"))
        .isEmpty();
  }

  @Test
  void what_does_not_concern_us_has_not_changed() {
    assertThat(previous("{'metadata':{'a':'b'},'schedule':null,'plan':{'amount':1},'items':{}}"))
        .isEmpty();
    assertThat(previous("{'plan':null,'status':7,'cancel_at_period_end':'true'}")).isEmpty();
  }

  private static Map<Facet, String> previous(String previous) {
    byte[] body =
        Fixtures.event(
            "customer.subscription.updated", Fixtures.json(SUBSCRIPTION), Fixtures.json(previous));
    return ((Order.Dated) stated(body).order()).previous();
  }

  @Test
  void who_pays_may_be_an_account() {
    String object = "{'id':'sub_1','customer_account':'acct_1','status':'active'}";

    assertThat(
            stated(Fixtures.event("customer.subscription.updated", object)).snapshot().customer())
        .isEqualTo("acct_1");
  }

  // ---- sessions and customers

  @Test
  void what_is_about_a_card_of_a_customer_names_no_customer_by_the_card() {
    assertThat(
            EventReader.read(Fixtures.event("customer.source.created", "{'id':'card_1'}"))
                .customer())
        .isEmpty();
  }

  @Test
  void a_session_for_a_subscription_says_who_the_customer_is() {
    assertThat(
            only(
                Fixtures.event(
                    "checkout.session.completed",
                    "{'mode':'subscription','customer':'cus_1','client_reference_id':'"
                        + USER
                        + "'}")))
        .isEqualTo(known(Optional.of(new UserId(UUID.fromString(USER)))));
    assertThat(
            only(
                Fixtures.event(
                    "checkout.session.completed",
                    "{'mode':'subscription','customer':{'id':'cus_1'},'client_reference_id':'us',"
                        + "'metadata':{'user_id':'"
                        + USER
                        + "'}}")))
        .isEqualTo(known(Optional.of(new UserId(UUID.fromString(USER)))));
    assertThat(
            only(
                Fixtures.event(
                    "checkout.session.completed", "{'mode':'subscription','customer':'cus_1'}")))
        .isEqualTo(known(Optional.empty()));
  }

  private static CustomerKnown known(Optional<UserId> user) {
    return new CustomerKnown(PaymentProviderName.STRIPE, "cus_1", user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "setup"})
  void other_sessions_are_irrelevant(String mode) {
    assertThat(
            only(
                Fixtures.event(
                    "checkout.session.completed", "{'mode':'" + mode + "','customer':'cus_1'}")))
        .isEqualTo(new Irrelevant());
  }

  @Test
  void a_deleted_customer_is_told() {
    byte[] body = Fixtures.event("customer.deleted", "{'id':'cus_1','object':'customer'}");

    assertThat(only(body))
        .isEqualTo(new CustomerDeleted(PaymentProviderName.STRIPE, "cus_1", "evt_1", AT));
    assertThat(EventReader.read(body).customer()).contains("cus_1");
  }

  // ---- bills

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'parent':{'subscription_details':{'subscription':'sub_1'}},'subscription':'sub_0'",
        "'parent':{'subscription_details':{'subscription':{'id':'sub_1'}}}",
        "'subscription':'sub_1'",
        "'subscription':{'id':'sub_1'}",
        "'parent':null,'lines':{'data':[{'period':{'end':1},'parent':{'subscription_item_details':{'subscription':'sub_1'}}}]}",
        "'lines':{'data':[{'period':{'end':1},'subscription':'sub_1'}]}"
      })
  void every_shape_of_a_bill_says_what_it_is_of(String member) {
    for (String type : List.of("invoice.paid", "invoice.payment_succeeded")) {
      SubscriptionEvent event =
          only(
              Fixtures.event(
                  type, "{'id':'in_1','amount_paid':999,'currency':'usd'," + member + "}"));
      assertThat(event).isInstanceOf(Paid.class);
      assertThat(((Paid) event).subscription()).isEqualTo(SUB);
      assertThat(((Paid) event).invoice()).isEqualTo("in_1");
      assertThat(((Paid) event).amount()).contains(new Money(Currency.getInstance("USD"), 999));
    }
  }

  @Test
  void a_bill_pays_until_the_end_of_the_latest_line() {
    assertThat(through("{'period':{'end':1700000005}},{'period':{'end':1700000009}},{}"))
        .contains(at(1700000009));
    assertThat(through("")).isEmpty();
  }

  @Test
  void what_somebody_put_on_the_bill_by_hand_pays_for_no_more_of_the_subscription() {
    assertThat(
            through(
                "{'type':'invoiceitem','period':{'end':1900000000}},"
                    + "{'type':'subscription','period':{'end':1700000009}}"))
        .contains(at(1700000009));
    assertThat(
            through(
                "{'parent':{'type':'invoice_item_details'},'period':{'end':1900000000}},"
                    + "{'parent':{'type':'subscription_item_details'},'period':{'end':1700000009}}"))
        .contains(at(1700000009));
  }

  private static Optional<Instant> through(String lines) {
    return ((Paid)
            only(
                Fixtures.event(
                    "invoice.paid",
                    "{'id':'in_1','subscription':'sub_1','period_end':1699999999,'lines':{'data':["
                        + lines
                        + "]}}")))
        .through();
  }

  @Test
  void amounts_are_as_stripe_gives_them_in_every_currency() {
    assertThat(amount("jpy", "500")).contains(new Money(Currency.getInstance("JPY"), 500));
    assertThat(amount("kwd", "5000")).contains(new Money(Currency.getInstance("KWD"), 5000));
    assertThat(amount("eur", "'500'")).isEmpty();
    assertThat(amount("usdc", "500")).isEmpty();
    assertThat(amount("zzz", "500")).isEmpty();
  }

  private static Optional<Money> amount(String currency, String amount) {
    return ((Paid)
            only(
                Fixtures.event(
                    "invoice.paid",
                    "{'id':'in_1','subscription':'sub_1','currency':'%s','amount_paid':%s}"
                        .formatted(currency, amount))))
        .amount();
  }

  @Test
  void a_bill_that_was_not_paid_says_where_and_when_it_can_be() {
    String bill =
        "{'id':'in_1','subscription':'sub_1','attempt_count':2,'next_payment_attempt':1700259200,"
            + "'hosted_invoice_url':'https://invoice.stripe.com/i/acct_1/x?s=ap'}";

    for (boolean action : List.of(false, true)) {
      String type = action ? "invoice.payment_action_required" : "invoice.payment_failed";
      assertThat(only(Fixtures.event(type, bill)))
          .isEqualTo(
              new PaymentFailed(
                  SUB,
                  "in_1",
                  2,
                  Optional.of(at(1700259200)),
                  Optional.of(URI.create("https://invoice.stripe.com/i/acct_1/x?s=ap")),
                  action,
                  AT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'javascript:alert(1)'",
        "'http://x.test/'",
        "'not a url'",
        "'https:x'",
        "7"
      })
  void nobody_is_sent_to_what_is_no_page(String url) {
    String bill = "{'id':'in_1','subscription':'sub_1','hosted_invoice_url':" + url + "}";

    assertThat(((PaymentFailed) only(Fixtures.event("invoice.payment_failed", bill))).payAt())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "'3'", "null"})
  void a_senseless_count_of_attempts_is_none(String count) {
    String bill = "{'id':'in_1','subscription':'sub_1','attempt_count':" + count + "}";

    assertThat(((PaymentFailed) only(Fixtures.event("invoice.payment_failed", bill))).attempts())
        .isZero();
  }

  // ---- money that goes back

  @ParameterizedTest
  @CsvSource({
    "refund.created,REFUND",
    "refund.updated,REFUND",
    "refund.failed,REFUND",
    "charge.refund.updated,REFUND",
    "charge.dispute.created,DISPUTE",
    "charge.dispute.closed,DISPUTE",
    "charge.dispute.funds_withdrawn,DISPUTE"
  })
  void money_that_goes_back_is_told(String type, MoneyReturned.Kind kind) {
    assertThat(
            only(
                Fixtures.event(
                    type,
                    "{'id':'re_1','amount':700,'currency':'eur','charge':'ch_1','status':'lost'}")))
        .isEqualTo(
            new MoneyReturned(
                PaymentProviderName.STRIPE,
                kind,
                Optional.empty(),
                "re_1",
                "lost",
                Optional.of(new Money(Currency.getInstance("EUR"), 700)),
                AT));
  }

  @Test
  void a_charge_without_its_refunds_tells_what_was_refunded_this_time() {
    byte[] body =
        Fixtures.event(
            "charge.refunded",
            Fixtures.json(
                "{'id':'ch_1','customer':'cus_1','amount_refunded':700,'currency':'eur','refunded':false}"),
            Fixtures.json("{'amount_refunded':200}"));

    assertThat(only(body))
        .isEqualTo(
            new MoneyReturned(
                PaymentProviderName.STRIPE,
                MoneyReturned.Kind.REFUND,
                Optional.of("cus_1"),
                "ch_1/700",
                "partially_refunded",
                Optional.of(new Money(Currency.getInstance("EUR"), 500)),
                AT));
  }

  // ---- thin events

  @Test
  void a_thin_event_says_only_that_something_has_changed() {
    WebhookEvent event =
        thin("{'id':'sub_1','type':'subscription','url':'/v1/subscriptions/sub_1'}");

    assertThat(event.events()).containsExactly(new Changed(SUB));
    assertThat(event.key()).isEqualTo("evt_test_1");
    assertThat(event.hasOwnId()).isTrue();
    assertThat(event.at()).contains(Instant.parse("2026-03-22T16:00:00.123Z"));
    assertThat(thin("{'id':'mtr_1','type':'billing.meter'}").events())
        .containsExactly(new Irrelevant());
    assertThat(thin("null").events()).containsExactly(new Irrelevant());
    assertThat(thin("{'type':'subscription'}").events()).hasOnlyElementsOfType(Unreadable.class);
  }

  private static WebhookEvent thin(String related) {
    ObjectNode event =
        Fixtures.json(
            "{'id':'evt_test_1','object':'v2.core.event','type':'v1.customer.subscription.updated',"
                + "'created':'2026-03-22T16:00:00.123Z','livemode':true,'context':null,'related_object':"
                + related
                + "}");
    return EventReader.read(event.toString().getBytes(StandardCharsets.UTF_8));
  }
}
