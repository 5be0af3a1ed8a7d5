package io.contentcrew.adapters.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.subscription.Snapshot;
import io.contentcrew.domain.subscription.Snapshot.Facet;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionEvent;
import io.contentcrew.domain.subscription.SubscriptionEvent.CustomerKnown;
import io.contentcrew.domain.subscription.SubscriptionEvent.OfSubscription;
import io.contentcrew.domain.subscription.SubscriptionEvent.Order.Dated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Paid;
import io.contentcrew.domain.subscription.SubscriptionEvent.PaymentFailed;
import io.contentcrew.domain.subscription.SubscriptionEvent.Stated;
import io.contentcrew.domain.subscription.SubscriptionEvent.Step;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.subscription.Transition;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.EmailAddress;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.SubscriptionEvents.Verdict;
import io.contentcrew.ports.subscription.SubscriptionEvents.WebhookEvent;
import io.contentcrew.ports.subscription.WebhookDelivery;
import io.contentcrew.testkit.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestPaymentsTest {
  private static final UserId USER =
      new UserId(UUID.fromString("0190a1b2-0000-7000-8000-0123456789ab"));
  private static final Plan PRO = new Plan(new TierId("pro"), BillingInterval.MONTH);
  private static final Plan YEARLY = new Plan(new TierId("pro"), BillingInterval.YEAR);
  private static final Money PRICE = new Money(Currency.getInstance("USD"), 2_999);
  private static final URI PAID = URI.create("https://crew.example/paid?a=b&c=%C3%A9");
  private static final URI LEFT = URI.create("https://crew.example/left");
  private static final Duration GRACE = Duration.ofDays(7);

  private final TestClock clock = new TestClock(Instant.parse("2026-01-31T10:00:00.750Z"));
  private final List<WebhookDelivery> delivered = new ArrayList<>();
  private final TestPayments payments = payments("https://crew.example/test-checkout");
  private final Checkout checkout = payments.checkout().orElseThrow();
  private @Nullable Subscription held;

  private TestPayments payments(String page) {
    return TestPayments.of(
        Secret.of("a secret of the tests"), URI.create(page), clock, delivered::add);
  }

  private static Checkout.Order order(Plan plan, String key) {
    return new Checkout.Order(
        USER,
        new EmailAddress("buyer@example.com"),
        Optional.empty(),
        plan,
        "test pro, each " + plan.interval(),
        Optional.of(PRICE),
        PAID,
        LEFT,
        key);
  }

  private String token(Checkout.Order order) {
    String page = checkout.start(order).toString();
    return page.substring(page.indexOf("token=") + "token=".length());
  }

  // ---- as a web server and the use cases would

  private Subscription told() {
    List<WebhookDelivery> all = List.copyOf(delivered);
    delivered.clear();
    all.forEach(this::told);
    return Objects.requireNonNull(held);
  }

  private void told(WebhookDelivery delivery) {
    assertThat(payments.events().verify(delivery)).isEqualTo(new Verdict.Genuine());
    for (SubscriptionEvent event : payments.events().read(delivery.body()).events()) {
      if (event instanceof OfSubscription one) {
        Transition transition =
            Transition.of(
                Optional.ofNullable(held),
                one,
                Optional.of(USER),
                prices -> prices.isEmpty() ? Optional.empty() : Optional.of(PRO));
        assertThat(transition)
            .isNotInstanceOf(Transition.Waiting.class)
            .isNotInstanceOf(Transition.Undecided.class);
        if (transition instanceof Transition.Changed(Subscription next, var notices)) {
          held = next;
        }
      }
    }
  }

  private Subscription bought() {
    payments.pay(token(order(PRO, "k1")));
    return told();
  }

  private WebhookEvent event(WebhookDelivery delivery) {
    return payments.events().read(delivery.body());
  }

  private Dated lastOrder() {
    return (Dated) ((Stated) event(delivered.getLast()).events().getFirst()).order();
  }

  private static String until(Subscription subscription) {
    return subscription.grantsUntil(GRACE).map(Instant::toString).orElse("for ever");
  }

  // ---- what it is

  @Test
  void it_says_on_every_door_that_no_money_moves() {
    assertThat(payments.name()).isEqualTo(PaymentProviderName.TEST);
    assertThat(payments.displayName()).isEqualTo("Test payments (no money moves)");
    assertThat(payments.isTest()).isTrue();
    assertThat(payments.arbiter()).isEmpty();
  }

  @Test
  void a_secret_that_can_be_guessed_is_refused() {
    assertThatThrownBy(() -> TestPayments.of(Secret.of("short"), PAID, clock, delivered::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("short ");
  }

  // ---- the page

  @Test
  void the_page_is_the_one_that_was_chosen_with_a_token() {
    assertThat(checkout.start(order(PRO, "k1")).toString())
        .matches("https://crew\\.example/test-checkout\\?token=[A-Za-z0-9_.-]+");
    TestPayments other = payments("https://crew.example/page?lang=en");
    assertThat(other.checkout().orElseThrow().start(order(PRO, "k1")).toString())
        .matches("https://crew\\.example/page\\?lang=en&token=[A-Za-z0-9_.-]+");
  }

  @Test
  void the_page_shows_what_is_sold() {
    TestPayments.Shown shown = payments.look(token(order(YEARLY, "k1"))).orElseThrow();

    assertThat(shown.plan()).isEqualTo(YEARLY);
    assertThat(shown.interval()).isEqualTo(BillingInterval.YEAR);
    assertThat(shown.amount()).contains(PRICE);
    assertThat(shown.until()).isEqualTo("2026-01-31T11:00:00Z");
    assertThat(delivered).isEmpty();
  }

  @Test
  void who_leaves_comes_back_and_nothing_is_told() {
    assertThat(payments.leave(token(order(PRO, "k1")))).isEqualTo(LEFT);
    assertThat(delivered).isEmpty();
  }

  @Test
  void a_page_is_of_use_for_an_hour() {
    String token = token(order(PRO, "k1"));
    clock.set(Instant.parse("2026-01-31T10:59:59.999Z"));
    assertThat(payments.look(token)).isPresent();
    clock.set(Instant.parse("2026-01-31T11:00:00Z"));

    assertUseless(token);
  }

  @Test
  void a_page_that_somebody_else_has_made_is_of_no_use() {
    String token = token(order(PRO, "k1"));
    TestPayments other =
        TestPayments.of(Secret.of("another secret of the tests"), PAID, clock, delivered::add);
    int dot = token.indexOf('.');
    String content = token.substring(0, dot);
    String seal = token.substring(dot + 1);

    assertThat(other.look(token)).isEmpty();
    assertUseless("");
    assertUseless(".");
    assertUseless(content);
    assertUseless(content + "." + seal.substring(1));
    assertUseless(content + "." + seal.toUpperCase(Locale.ROOT));
    assertUseless(content + "A." + seal);
    assertUseless(content + "=." + seal);
    assertUseless("A" + content.substring(1) + "." + seal);
    assertUseless(token + " ");
    for (int i = 0; i < token.length(); i += 7) {
      char letter = token.charAt(i) == 'b' ? 'c' : 'b';
      assertUseless(token.substring(0, i) + letter + token.substring(i + 1));
    }
  }

  private void assertUseless(String token) {
    assertThat(payments.look(token)).isEmpty();
    assertThatThrownBy(() -> payments.pay(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin the checkout again");
    assertThatThrownBy(() -> payments.payment(token)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> payments.leave(token)).isInstanceOf(IllegalArgumentException.class);
    assertThat(delivered).isEmpty();
  }

  // ---- to pay

  @Test
  void who_pays_is_a_customer_and_has_a_subscription() {
    assertThat(payments.pay(token(order(PRO, "k1")))).isEqualTo(PAID);

    assertThat(delivered).hasSize(2);
    WebhookEvent customer = event(delivered.getFirst());
    WebhookEvent created = event(delivered.getLast());
    assertThat(customer.events())
        .containsExactly(
            new CustomerKnown(PaymentProviderName.TEST, "test_cus_" + USER, Optional.of(USER)));
    assertThat(created.hasOwnId()).isTrue();
    assertThat(created.type()).isEqualTo("subscription.created");
    assertThat(created.customer()).contains("test_cus_" + USER);
    assertThat(created.at()).contains(Instant.parse("2026-01-31T10:00:00Z"));
    Stated stated = (Stated) created.events().getFirst();
    Snapshot snapshot = stated.snapshot();
    assertThat(snapshot.status()).isEqualTo(StripeStatus.ACTIVE);
    assertThat(snapshot.user()).contains(USER);
    assertThat(snapshot.prices()).containsExactly("test pro, each MONTH");
    assertThat(snapshot.term())
        .isEqualTo(
            Term.of(
                Optional.of(Instant.parse("2026-01-31T10:00:00Z")),
                Optional.of(Instant.parse("2026-02-28T10:00:00Z"))));
    assertThat(stated.order())
        .isEqualTo(
            new Dated(
                Instant.parse("2026-01-31T10:00:00Z"), created.key(), Step.CREATED, Map.of()));
    Paid paid = (Paid) created.events().getLast();
    assertThat(paid.amount()).contains(PRICE);
    assertThat(paid.through()).contains(Instant.parse("2026-02-28T10:00:00Z"));
  }

  @Test
  void a_year_is_a_year() {
    payments.pay(token(order(YEARLY, "k1")));

    assertThat(told().snapshot().term().periodEnd())
        .contains(Instant.parse("2027-01-31T10:00:00Z"));
  }

  @Test
  void a_customer_who_is_known_already_stays_that_one() {
    Checkout.Order known =
        new Checkout.Order(
            USER,
            new EmailAddress("buyer@example.com"),
            Optional.of("cus_7"),
            PRO,
            "p",
            Optional.empty(),
            PAID,
            LEFT,
            "k1");

    payments.pay(token(known));

    assertThat(told().snapshot().customer()).isEqualTo("cus_7");
  }

  @Test
  void who_pays_twice_pays_once() {
    String token = token(order(PRO, "k1"));
    payments.pay(token);
    List<String> first = delivered.stream().map(one -> event(one).key()).toList();
    Subscription bought = told();
    clock.advance(Duration.ofMinutes(5));
    payments.pay(token);

    assertThat(delivered.stream().map(one -> event(one).key()).toList()).isEqualTo(first);
    assertThat(told().ref()).isEqualTo(bought.ref());
  }

  @Test
  void of_two_checkouts_with_one_key_one_counts_and_of_two_users_both() {
    List<String> once = keys(order(PRO, "k1"));
    clock.advance(Duration.ofMinutes(1));

    assertThat(keys(order(PRO, "k1"))).isEqualTo(once);
    assertThat(keys(order(PRO, "k2"))).doesNotContainAnyElementsOf(once);
    Checkout.Order others =
        new Checkout.Order(
            new UserId(new UUID(0x7000, 0x8000_0000_0000_0000L)),
            new EmailAddress("other@example.com"),
            Optional.empty(),
            PRO,
            "p",
            Optional.empty(),
            PAID,
            LEFT,
            "k1");
    assertThat(keys(others)).doesNotContainAnyElementsOf(once);
  }

  private List<String> keys(Checkout.Order order) {
    return payments.payment(token(order)).stream().map(one -> event(one).key()).toList();
  }

  @Test
  void the_webhooks_of_a_payment_can_be_had_without_the_courier() {
    assertThat(payments.payment(token(order(PRO, "k1")))).hasSize(2);
    assertThat(delivered).isEmpty();
  }

  @Test
  void a_courier_who_fails_is_heard() {
    TestPayments failing =
        TestPayments.of(
            Secret.of("a secret of the tests"),
            PAID,
            clock,
            delivery -> {
              throw new IllegalStateException("no courier");
            });

    assertThatThrownBy(() -> failing.pay(token(order(PRO, "k1")))).hasMessage("no courier");
  }

  // ---- what becomes of it

  @Test
  void it_is_cancelled_resumed_changed_renewed_owed_paid_and_ended() {
    Subscription bought = bought();
    assertThat(until(bought)).isEqualTo("2026-03-07T10:00:00Z");

    checkout.cancelAtPeriodEnd(bought);
    assertThat(lastOrder().previous()).isEqualTo(Map.of(Facet.CANCELS_AT_PERIOD_END, "false"));
    Subscription ending = told();
    assertThat(ending.isEnding()).isTrue();
    assertThat(until(ending)).isEqualTo("2026-02-28T10:00:00Z");

    checkout.resume(ending);
    assertThat(lastOrder().previous()).isEqualTo(Map.of(Facet.CANCELS_AT_PERIOD_END, "true"));
    Subscription resumed = told();
    assertThat(resumed.isEnding()).isFalse();

    checkout.change(resumed, "test enterprise", "c1");
    assertThat(lastOrder().previous()).isEqualTo(Map.of(Facet.PRICES, "test pro, each MONTH"));
    Subscription changed = told();
    assertThat(changed.snapshot().prices()).containsExactly("test enterprise");

    clock.set(Instant.parse("2026-02-28T10:00:00Z"));
    payments.failPayment(changed);
    assertThat(lastOrder().previous()).isEqualTo(Map.of(Facet.STATUS, "active"));
    Subscription owed = told();
    assertThat(owed.status()).isEqualTo(StripeStatus.PAST_DUE);
    assertThat(owed.payments().problem().orElseThrow().attempts()).isEqualTo(1);
    payments.failPayment(owed);
    assertThat(told().payments().problem().orElseThrow().attempts()).isEqualTo(2);

    clock.advance(Duration.ofDays(1));
    payments.renew(told());
    assertThat(lastOrder().previous()).containsOnlyKeys(Facet.STATUS, Facet.PERIOD_END);
    Subscription renewed = told();
    assertThat(renewed.status()).isEqualTo(StripeStatus.ACTIVE);
    assertThat(renewed.payments().problem()).isEmpty();
    assertThat(renewed.snapshot().term().periodEnd())
        .contains(Instant.parse("2026-03-28T10:00:00Z"));

    clock.advance(Duration.ofDays(1));
    checkout.end(renewed);
    assertThat(lastOrder().step()).isEqualTo(Step.DELETED);
    Subscription over = told();
    assertThat(over.status()).isEqualTo(StripeStatus.CANCELED);
    assertThat(over.snapshot().term().endedAt()).contains(clock.instant());
    assertThat(until(over)).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void all_in_one_second_is_told_in_its_order() {
    Subscription now = bought();
    for (int i = 0; i < 5; i++) {
      checkout.cancelAtPeriodEnd(now);
      now = told();
      assertThat(now.isEnding()).isTrue();
      checkout.resume(now);
      now = told();
      assertThat(now.isEnding()).isFalse();
    }
  }

  @Test
  void a_failed_bill_and_the_one_that_is_paid_later_are_one() {
    Subscription bought = bought();
    payments.failPayment(bought);
    PaymentFailed failed = (PaymentFailed) event(delivered.getLast()).events().getLast();
    assertThat(failed.nextAttemptAt()).contains(failed.at().plus(Duration.ofDays(3)));
    payments.renew(told());
    Paid paid = (Paid) event(delivered.getLast()).events().getLast();

    assertThat(paid.invoice()).isEqualTo(failed.invoice());
  }

  @Test
  void one_that_was_cancelled_ends_when_its_period_is_over() {
    checkout.cancelAtPeriodEnd(bought());
    payments.renew(told());

    assertThat(told().status()).isEqualTo(StripeStatus.CANCELED);
  }

  @Test
  void what_is_so_already_is_not_told_again() {
    Subscription bought = bought();
    checkout.resume(bought);
    checkout.change(bought, "test pro, each MONTH", "c1");
    assertThat(delivered).isEmpty();
    checkout.cancelAtPeriodEnd(bought);
    Subscription ending = told();
    checkout.cancelAtPeriodEnd(ending);
    assertThat(delivered).isEmpty();
    checkout.end(ending);
    Subscription over = told();
    checkout.end(over);
    checkout.cancelAtPeriodEnd(over);
    payments.renew(over);
    payments.failPayment(over);
    assertThat(delivered).isEmpty();
  }

  @Test
  void what_has_ended_cannot_be_resumed_or_changed() {
    checkout.end(bought());
    Subscription over = told();

    assertThatThrownBy(() -> checkout.resume(over))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("subscribe anew");
    assertThatThrownBy(() -> checkout.change(over, "p", "c"))
        .isInstanceOf(PortFailureException.class);
  }

  @Test
  void of_two_changes_with_one_key_one_counts() {
    Subscription bought = bought();
    checkout.change(bought, "p2", "c1");
    checkout.change(bought, "p2", "c1");
    checkout.change(bought, "p2", "c2");

    List<String> keys = delivered.stream().map(one -> event(one).key()).toList();
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    assertThat(checkout.canChange()).isTrue();
  }

  @Test
  void to_manage_is_to_go_back() {
    assertThat(checkout.manage(bought(), LEFT)).isEqualTo(LEFT);
  }

  @Test
  void two_events_never_have_one_name() {
    Subscription bought = bought();
    payments.failPayment(bought);
    payments.failPayment(bought);
    payments.renew(bought);

    assertThat(delivered.stream().map(one -> event(one).key())).doesNotHaveDuplicates();
  }
}
