package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Webhooks.bytes;
import static io.contentcrew.adapters.paystack.Webhooks.meaning;
import static io.contentcrew.adapters.paystack.Webhooks.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.Charged;
import io.contentcrew.domain.subscription.SubscriptionEvent.Irrelevant;
import io.contentcrew.domain.subscription.SubscriptionEvent.MoneyReturned;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.StatusUnknown;
import io.contentcrew.domain.subscription.SubscriptionEvent.Unreadable;
import io.contentcrew.domain.user.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which Paystack's events are not what one would think. */
class PaystackTrapsTest {
  private static final String USER = "0190a1b2-0000-7000-8000-0123456789ab";

  private static String event(String type, String data) {
    return "{\"event\":\"" + type + "\",\"data\":" + data + "}";
  }

  private static String subscription(String more) {
    return "{\"subscription_code\":\"SUB_1\",\"customer\":{\"customer_code\":\"CUS_1\"}"
        + more
        + "}";
  }

  private static String invoice(String subscription, String more) {
    return "{\"invoice_code\":\"INV_1\",\"customer\":{\"customer_code\":\"CUS_1\"},"
        + "\"created_at\":\"2026-01-31T10:00:00.000Z\",\"subscription\":"
        + subscription
        + more
        + "}";
  }

  private static Charged charge(String more) {
    String data =
        "{\"reference\":\"r1\",\"customer\":{\"customer_code\":\"CUS_1\"},\"amount\":100,"
            + "\"currency\":\"NGN\",\"paid_at\":\"2026-01-31T10:00:00.000Z\""
            + more
            + "}";
    return (Charged) meaning(event("charge.success", data)).getFirst();
  }

  private static Snapshot snapshot(String json) {
    return ((Stated) meaning(json).getFirst()).snapshot();
  }

  // ---- charges

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "\"\"", "0", "[]", "{\"plan_code\":null}"})
  void a_charge_whose_plan_is_nothing_in_any_form_has_no_price(String plan) {
    assertThat(charge(",\"plan\":" + plan).price()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"plan\":{\"plan_code\":\"PLN_1\"}",
        "\"plan\":\"PLN_1\"",
        "\"plan\":7,\"plan_object\":{\"plan_code\":\"PLN_1\"}"
      })
  void a_plan_is_an_object_or_its_code(String plan) {
    assertThat(charge("," + plan).price()).contains("PLN_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "\"\"",
        "null",
        "[]",
        "true",
        "\"some words\"",
        "\"{\\\"user_id\\\":\"",
        "{}",
        "{\"user_id\":7}",
        "{\"user_id\":\"somebody\"}",
        "{\"user_id\":\"1-1-1-1-1\"}",
        "{\"user_id\":\"٠190a1b2-0000-7000-8000-0123456789ab\"}",
        "\"[\\\"user_id\\\"]\""
      })
  void metadata_that_says_nothing_of_a_user_is_no_user(String metadata) {
    assertThat(charge(",\"metadata\":" + metadata).user()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\":\"" + USER + "\",\"custom_fields\":[]}",
        "\"{\\\"user_id\\\":\\\"" + USER + "\\\"}\""
      })
  void metadata_names_the_user_as_an_object_or_as_a_text(String metadata) {
    assertThat(charge(",\"metadata\":" + metadata).user())
        .contains(new UserId(UUID.fromString(USER)));
  }

  @Test
  void a_charge_without_a_customer_or_a_reference_must_be_looked_at() {
    assertThat(meaning(event("charge.success", "{\"reference\":\"r1\"}")).getFirst())
        .isInstanceOf(Unreadable.class);
    assertThat(
            meaning(event("charge.success", "{\"customer\":{\"customer_code\":\"CUS_1\"}}"))
                .getFirst())
        .isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"XXXX\"", "\"\"", "null", "7", "\"naira\""})
  void an_amount_in_no_currency_is_no_amount(String currency) {
    String data =
        "{\"reference\":\"r1\",\"customer\":{\"customer_code\":\"CUS_1\"},\"amount\":100,"
            + "\"currency\":"
            + currency
            + "}";

    Charged charged = (Charged) meaning(event("charge.success", data)).getFirst();

    assertThat(charged.amount()).isEmpty();
    assertThat(charged.at()).isEqualTo(Instant.EPOCH); // and no time was said
  }

  // ---- subscriptions

  @ParameterizedTest
  @CsvSource({
    "complete,COMPLETED",
    "completed,COMPLETED",
    "cancelled,CANCELLED",
    "active,CANCELLED",
    "non-renewing,CANCELLED",
    "something-new,CANCELLED"
  })
  void what_is_disabled_has_ended_in_whatever_words(String word, PaystackStatus status) {
    String data = subscription(",\"status\":\"" + word + "\",\"email_token\":\"t1\"");

    Snapshot snapshot = snapshot(event("subscription.disable", data));

    assertThat(snapshot.status()).isEqualTo(status);
    assertThat(snapshot.manageToken()).contains("t1");
  }

  @Test
  void what_is_not_renewed_says_so_by_the_name_of_its_event() {
    assertThat(snapshot(event("subscription.not_renew", subscription(""))).status())
        .isEqualTo(PaystackStatus.NON_RENEWING);
    assertThat(
            snapshot(
                    event(
                        "subscription.not_renew",
                        subscription(",\"status\":\"active\",\"next_payment_date\":null")))
                .status())
        .isEqualTo(PaystackStatus.NON_RENEWING);
  }

  @Test
  void a_status_that_we_do_not_know_is_passed_on_as_such() {
    String data = subscription(",\"status\":\"paused\"");

    assertThat(meaning(event("subscription.create", data)))
        .containsExactly(new StatusUnknown(Snapshots.ref(json(data)).orElseThrow(), "paused"));
    assertThat(meaning(event("invoice.update", invoice(data, ",\"paid\":true"))))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(StatusUnknown.class),
            second -> assertThat(second).isInstanceOf(Paid.class));
  }

  private static JsonNode json(String text) {
    return Json.object(text).orElseThrow();
  }

  @Test
  void one_that_was_made_and_says_no_status_is_active() {
    assertThat(snapshot(event("subscription.create", subscription(""))).status())
        .isEqualTo(PaystackStatus.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-28T07:00:00.000Z,2026-02-28T07:00:00Z",
    "2026-02-28T08:00:00+01:00,2026-02-28T07:00:00Z",
    "2026-02-28 07:00:00,2026-02-28T07:00:00Z",
    "2026-02-28T07:00:00,2026-02-28T07:00:00Z"
  })
  void times_are_read_in_each_of_their_forms(String written, String meant) {
    String data = subscription(",\"next_payment_date\":\"" + written + "\"");

    assertThat(snapshot(event("subscription.create", data)).term().periodEnd())
        .contains(Instant.parse(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "0",
        "1772262000",
        "\"Invalid date\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"+999999999-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"٢٠٢٦-02-28T07:00:00Z\"",
        "{}"
      })
  void what_is_no_time_is_not_said(String time) {
    String data = subscription(",\"next_payment_date\":" + time);

    assertThat(snapshot(event("subscription.create", data)).term().periodEnd()).isEmpty();
  }

  @Test
  void without_its_name_nothing_can_be_said_of_a_subscription() {
    for (String type : List.of("create", "not_renew", "disable")) {
      for (String data : List.of("{}", "null", "[]", "7", "{\"subscription_code\":\"a b\"}")) {
        assertThat(meaning(event("subscription." + type, data)).getFirst())
            .isInstanceOf(Unreadable.class);
      }
    }
  }

  @Test
  void cards_that_expire_come_in_an_array_and_change_nothing() {
    String data =
        "[{\"expiry_date\":\"12/2021\",\"customer\":{\"customer_code\":\"CUS_1\"},"
            + "\"subscription\":{\"subscription_code\":\"SUB_1\"}}]";

    assertThat(meaning(event("subscription.expiring_cards", data)))
        .containsExactly(new Irrelevant());
  }

  // ---- bills

  @Test
  void a_bill_that_is_not_paid_only_states_how_the_subscription_is() {
    String data = invoice(subscription(",\"status\":\"attention\""), ",\"paid\":false");

    assertThat(meaning(event("invoice.create", data))).singleElement().isInstanceOf(Stated.class);
    Snapshot snapshot = snapshot(event("invoice.create", data));
    assertThat(snapshot.status()).isEqualTo(PaystackStatus.ATTENTION);
    assertThat(snapshot.prices()).isEmpty();
    assertThat(snapshot.customer()).isEqualTo("CUS_1");
    assertThat(snapshot.manageToken()).isEmpty();
  }

  @Test
  void a_sane_period_says_until_when_a_bill_pays() {
    assertThat(paidThrough("2026-01-31T10:00:00.000Z", "2026-02-28T09:59:59.000Z"))
        .isEqualTo("2026-02-28T09:59:59Z");
    assertThat(paidThrough("2026-01-31T10:00:00.000Z", "2026-01-30T23:59:59.000Z")).isEmpty();
    assertThat(paidThrough("2026-01-31T10:00:00.000Z", "2031-01-30T23:59:59.000Z")).isEmpty();
    assertThat(paidThrough("2025-01-01T10:00:00.000Z", "2025-02-01T09:59:59.000Z")).isEmpty();
    assertThat(paidThrough("", "2026-02-28T09:59:59.000Z")).isEmpty();
  }

  private static String paidThrough(String start, String end) {
    String data =
        invoice(
            subscription(",\"status\":\"active\""),
            ",\"paid\":true,\"paid_at\":\"2026-01-31T10:00:05.000Z\",\"period_start\":\""
                + start
                + "\",\"period_end\":\""
                + end
                + "\"");
    Paid paid = (Paid) meaning(event("invoice.update", data)).getLast();
    return paid.through().map(Instant::toString).orElse("");
  }

  @Test
  void a_failed_bill_is_tried_again_at_the_next_payment_where_that_is_to_come() {
    String later = ",\"status\":\"active\",\"next_payment_date\":\"2026-02-28T10:00:00.000Z\"";
    String data = invoice(subscription(later), ",\"paid\":false,\"transaction\":{}");

    PaymentFailed failed = (PaymentFailed) meaning(event("invoice.payment_failed", data)).getLast();

    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(failed.nextAttemptAt()).contains(Instant.parse("2026-02-28T10:00:00Z"));
    assertThat(failed.at()).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
    assertThat(failed.actionRequired()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "\"\"", "0"})
  void a_bill_for_no_subscription_is_none_of_our_business(String subscription) {
    assertThat(meaning(event("invoice.update", invoice(subscription, ",\"paid\":true"))))
        .containsExactly(new Irrelevant());
  }

  @Test
  void a_bill_or_a_subscription_without_a_name_must_be_looked_at() {
    assertThat(meaning(event("invoice.update", invoice("{\"status\":\"active\"}", ""))).getFirst())
        .isInstanceOf(Unreadable.class);
    assertThat(
            meaning(event("invoice.update", "{\"subscription\":" + subscription("") + "}"))
                .getFirst())
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void a_bill_that_says_nothing_at_all_is_irrelevant() {
    assertThat(meaning(event("invoice.update", invoice(subscription(""), ""))))
        .containsExactly(new Irrelevant());
  }

  // ---- money that goes back

  @ParameterizedTest
  @ValueSource(strings = {"pending", "processing", "processed", "failed", "needs-attention"})
  void every_stage_of_a_refund_is_for_the_books(String stage) {
    String data =
        "{\"status\":\""
            + stage
            + "\",\"transaction_reference\":\"T1\",\"refund_reference\":null,\"amount\":\"100\","
            + "\"currency\":\"NGN\",\"customer\":{\"email\":\"somebody@example.com\"}}";

    MoneyReturned refund = (MoneyReturned) meaning(event("refund." + stage, data)).getFirst();

    assertThat(refund.state()).isEqualTo(stage);
    assertThat(refund.reference()).isEqualTo("T1");
    assertThat(refund.amount().orElseThrow().minor()).isEqualTo(100);
    assertThat(refund.customer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "remind", "resolve"})
  void every_stage_of_a_dispute_is_for_the_books(String stage) {
    String data = "{\"id\":7,\"currency\":\"NGN\",\"transaction\":{\"amount\":\"5800\"}}";

    MoneyReturned dispute =
        (MoneyReturned) meaning(event("charge.dispute." + stage, data)).getFirst();

    assertThat(dispute.kind()).isEqualTo(MoneyReturned.Kind.DISPUTE);
    assertThat(dispute.state()).isEqualTo(stage);
    assertThat(dispute.amount().orElseThrow().minor()).isEqualTo(5_800);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"12.50\"", "12.5", "-5", "\"١٢\"", "null", "1e9", "{}"})
  void what_is_no_amount_is_not_said(String amount) {
    String data =
        "{\"transaction_reference\":\"T1\",\"currency\":\"NGN\",\"amount\":" + amount + "}";

    MoneyReturned refund = (MoneyReturned) meaning(event("refund.pending", data)).getFirst();

    assertThat(refund.amount()).isEmpty();
  }

  @Test
  void money_without_a_name_must_be_looked_at() {
    assertThat(meaning(event("refund.pending", "{}")).getFirst()).isInstanceOf(Unreadable.class);
    assertThat(meaning(event("charge.dispute.create", "{}")).getFirst())
        .isInstanceOf(Unreadable.class);
  }

  // ---- the envelope

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer.success",
        "transfer.failed",
        "paymentrequest.success",
        "dedicatedaccount.assign.success",
        "customeridentification.failed",
        "subscription.enabled",
        "something.new"
      })
  void what_is_not_ours_changes_nothing(String type) {
    for (String data : List.of("{}", "null", "[]", "\"x\"", subscription(""))) {
      assertThat(meaning(event(type, data))).containsExactly(new Irrelevant());
    }
    assertThat(meaning("{\"event\":\"" + type + "\"}")).containsExactly(new Irrelevant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"event\"",
        "[]",
        "[{\"event\":\"charge.success\"}]",
        "{",
        "{\"event\":\"charge.success\",}",
        "{\"event\":\"charge.success\",\"event\":\"charge.success\"}",
        "{\"event\":\"charge.success\",\"data\":{\"reference\":1,\"reference\":2}}",
        "{\"event\":\"charge.success\"} {}",
        "{\"event\":\"charge.success\"} x",
        "{}",
        "{\"event\":null,\"data\":{}}",
        "{\"event\":\"\",\"data\":{}}",
        "{\"event\":\"a b\",\"data\":{}}",
        "{\"event\":\"a\\u0000\",\"data\":{}}",
        "{\"event\":{},\"data\":{}}",
        "\uFEFF{\"event\":\"charge.success\",\"data\":{}}"
      })
  void what_is_no_event_is_unreadable_and_named_by_its_bytes(String body) {
    assertUnreadable(bytes(body));
  }

  @Test
  void bytes_that_are_not_utf_8_are_unreadable() {
    assertUnreadable(
        "{\"event\":\"charge.success\",\"data\":{}}".getBytes(StandardCharsets.UTF_16));
    assertUnreadable(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    assertUnreadable(new byte[] {(byte) 0xff});
  }

  @Test
  void what_is_too_deep_too_long_or_too_wordy_is_unreadable() {
    assertUnreadable(bytes("{\"event\":\"charge.success\",\"data\":" + "[".repeat(100_000)));
    assertUnreadable(bytes("{\"event\":\"e\",\"data\":" + "[".repeat(65) + "]".repeat(65) + "}"));
    assertUnreadable(bytes("{\"event\":\"e\",\"data\":\"" + "x".repeat(4 << 20) + "\"}"));
    assertUnreadable(bytes("{\"event\":\"" + "e".repeat(101) + "\",\"data\":{}}"));
    assertUnreadable(bytes("{\"event\":\"e\",\"data\":" + "9".repeat(1_000) + "}"));
  }

  @Test
  void what_is_long_is_read() {
    String padding = "\"x\":\"" + "x".repeat(3 << 20) + "\"";

    assertThat(read(event("subscription.create", "{" + padding + "}")).type())
        .isEqualTo("subscription.create");
  }

  @Test
  void the_longest_names_still_make_a_key() {
    String data = "{\"subscription_code\":\"" + "s".repeat(255) + "\"}";
    String type = "subscription." + "e".repeat(87);

    assertThat(read(event(type, data)).key()).hasSize(100 + 1 + 255 + 1 + 64);
  }

  private static void assertUnreadable(byte[] body) {
    assertThat(read(body).key()).matches("sha256:[0-9a-f]{64}");
    assertThat(read(body).events()).singleElement().isInstanceOf(Unreadable.class);
    assertThat(read(body)).isEqualTo(read(body.clone()));
    List<SubscriptionEvent> events = read(body).events();
    assertThat(((Unreadable) events.getFirst()).why()).doesNotContain("charge");
  }
}
