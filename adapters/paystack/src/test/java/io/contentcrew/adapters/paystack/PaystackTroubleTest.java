package io.contentcrew.adapters.paystack;

import static io.contentcrew.adapters.paystack.Buyer.holding;
import static io.contentcrew.adapters.paystack.Buyer.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.BillingInterval;
import io.contentcrew.domain.subscription.PaystackStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.ports.subscription.SubscriptionArbiter;
import io.contentcrew.testkit.FakePaystack;
import io.contentcrew.testkit.FakePaystackAnswer;
import io.contentcrew.testkit.TestClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When Paystack is away, slow, busy, wrong, or does not want us. */
class PaystackTroubleTest {
  private static final String CODE = "SUB_fake1";

  private final TestClock clock = new TestClock(Instant.parse("2026-01-10T09:00:00Z"));
  private final FakePaystack paystack =
      FakePaystack.start(clock).plan("PLN_pro", Buyer.PRICE, BillingInterval.MONTH);
  private final List<PaystackAdapter> adapters = new ArrayList<>();
  private final PaystackAdapter adapter = adapter(config());
  private final Checkout checkout = adapter.paymentProvider().checkout().orElseThrow();
  private final SubscriptionArbiter arbiter = adapter.paymentProvider().arbiter().orElseThrow();
  private final Subscription held =
      holding(CODE, PaystackStatus.ACTIVE, Optional.of("token-of-" + CODE));

  private PaystackConfig config() {
    return PaystackConfig.of(paystack.key())
        .withBaseUrl(paystack.url())
        .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20))
        .withRetries(2, Duration.ofMillis(1));
  }

  private PaystackAdapter adapter(PaystackConfig config) {
    PaystackAdapter opened = PaystackAdapter.open(config, clock);
    adapters.add(opened);
    return opened;
  }

  @AfterEach
  void close() {
    adapters.forEach(PaystackAdapter::close);
    paystack.close();
  }

  private int asked() {
    return paystack.requests().size();
  }

  private void subscribe() {
    paystack.pay(checkout.start(order("k-sub")));
  }

  // ---- what passes

  @Test
  void a_failure_that_passes_is_not_noticed() {
    subscribe();
    int before = asked();
    paystack.next(FakePaystackAnswer.broken(), FakePaystackAnswer.cut(false));

    assertThat(arbiter.ask(Buyer.ref(CODE))).isPresent();
    assertThat(asked() - before).isEqualTo(3);
  }

  @Test
  void a_cancellation_that_was_done_before_the_line_was_cut_is_done() {
    subscribe();
    paystack.next(FakePaystackAnswer.cut(true));

    checkout.cancelAtPeriodEnd(held);

    assertThat(paystack.status(CODE)).isEqualTo("non-renewing");
  }

  @Test
  void a_payment_that_may_have_been_begun_is_begun_anew_when_it_is_wanted_again() {
    paystack.next(FakePaystackAnswer.usual(), FakePaystackAnswer.cut(true));

    assertThatThrownBy(() -> checkout.start(order("k1")))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("Paystack did not answer, asked to begin a payment");
    assertThat(asked()).isEqualTo(2);
    assertThat(paystack.pay(checkout.start(order("k1")))).hasSize(2);
  }

  @Test
  void a_payment_that_paystack_was_too_busy_for_is_begun_again() {
    paystack.next(
        FakePaystackAnswer.busy(Duration.ZERO),
        FakePaystackAnswer.usual(),
        FakePaystackAnswer.busy(Duration.ZERO),
        FakePaystackAnswer.broken());

    assertThat(checkout.start(order("k1"))).isNotNull();
    assertThat(asked()).isEqualTo(5);
  }

  // ---- what does not

  @Test
  void who_is_asked_for_a_proxys_password_is_refused() {
    paystack.next(FakePaystackAnswer.whole(407, Map.of(), ""));

    assertThatThrownBy(() -> checkout.start(order("k1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("status 407");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void it_is_tried_again_as_often_as_was_said_and_no_more() {
    paystack.next(
        FakePaystackAnswer.broken(), FakePaystackAnswer.broken(), FakePaystackAnswer.broken());

    assertThatThrownBy(() -> arbiter.ask(Buyer.ref(CODE)))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessage("Paystack answered with status 500, asked how a subscription is");
    assertThat(asked()).isEqualTo(3);
  }

  @Test
  void a_long_time_to_wait_is_left_to_the_caller() {
    paystack.next(FakePaystackAnswer.busy(Duration.ofMinutes(3)));

    assertThatThrownBy(() -> arbiter.ask(Buyer.ref(CODE)))
        .isInstanceOfSatisfying(
            PortUnavailableException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(3)));
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void a_server_that_is_away_is_unavailable() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    PaystackAdapter lost = adapter(config().withBaseUrl(nobody));

    assertUnavailable(() -> checkoutOf(lost).start(order("k1")));
    assertUnavailable(() -> checkoutOf(lost).end(held));
    assertUnavailable(() -> checkoutOf(lost).manage(held, Buyer.PAID));
    assertUnavailable(() -> lost.paymentProvider().arbiter().orElseThrow().ask(Buyer.ref(CODE)));
  }

  @Test
  void a_server_that_falls_silent_is_unavailable() {
    PaystackAdapter impatient =
        adapter(
            config()
                .withTimeouts(Duration.ofMillis(200), Duration.ofMillis(200))
                .withRetries(1, Duration.ofMillis(1)));
    paystack.next(FakePaystackAnswer.silence(), FakePaystackAnswer.silence());

    assertUnavailable(
        () -> impatient.paymentProvider().arbiter().orElseThrow().ask(Buyer.ref(CODE)));
    assertThat(asked()).isEqualTo(2);
  }

  private static void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("Paystack did not answer")
        .hasCauseInstanceOf(IOException.class);
  }

  private static Checkout checkoutOf(PaystackAdapter adapter) {
    return adapter.paymentProvider().checkout().orElseThrow();
  }

  @Test
  void an_answer_that_makes_no_sense_is_for_somebody_to_look_at() {
    List<FakePaystackAnswer> senseless =
        List.of(
            FakePaystackAnswer.garbage(),
            FakePaystackAnswer.huge(),
            FakePaystackAnswer.whole(200, Map.of(), ""),
            FakePaystackAnswer.whole(200, Map.of(), "[]"),
            FakePaystackAnswer.whole(200, Map.of(), "{}"),
            FakePaystackAnswer.whole(200, Map.of(), "{\"status\":true}"),
            FakePaystackAnswer.whole(200, Map.of(), "{\"status\":true,\"data\":[]}"),
            FakePaystackAnswer.whole(200, Map.of(), "{\"status\":\"yes\",\"data\":{}}"),
            FakePaystackAnswer.whole(302, Map.of("Location", "http://127.0.0.1:1/"), ""));
    for (FakePaystackAnswer answer : senseless) {
      paystack.next(answer);
      assertThatThrownBy(() -> arbiter.ask(Buyer.ref(CODE)))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("check its address");
      paystack.next(answer);
      assertThatThrownBy(() -> checkout.start(order("k1")))
          .isInstanceOf(PortFailureException.class);
    }
    assertThat(asked()).isEqualTo(2 * senseless.size());
  }

  // ---- refusals

  @Test
  void a_key_that_paystack_does_not_take_is_for_the_operator_to_mend() {
    Secret wrong = Secret.of("sk_test_not-the-key");
    PaystackAdapter stranger =
        adapter(
            PaystackConfig.of(wrong)
                .withBaseUrl(paystack.url())
                .withRetries(2, Duration.ofMillis(1)));

    assertThatThrownBy(() -> checkoutOf(stranger).start(order("k1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("status 401")
        .hasMessageContaining("PAYSTACK_SECRET_KEY")
        .hasMessageNotContaining("not-the-key");
    assertThat(asked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Invalid key", "Your IP address is not allowed to make this call"})
  void who_is_not_let_in_is_to_look_at_the_key(String words) {
    for (int status : List.of(400, 403)) {
      paystack.next(FakePaystackAnswer.refusing(status, words));

      assertThatThrownBy(() -> checkout.start(order("k1")))
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("PAYSTACK_SECRET_KEY")
          .hasMessageContaining("allowed addresses");
    }
  }

  @Test
  void a_no_with_status_200_is_a_no() {
    paystack.next(FakePaystackAnswer.refusing(200, "Invalid key"));
    assertThatThrownBy(() -> checkout.start(order("k1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("PAYSTACK_SECRET_KEY");
    paystack.next(FakePaystackAnswer.refusing(200, "Invalid plan Sent"));
    assertThatThrownBy(() -> checkout.start(order("k1")))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("no plan PLN_pro");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 403, 404, 409, 422})
  void what_paystack_says_is_in_no_message(int status) {
    String words = "Sorry buyer@example.com, k1, " + paystack.key().reveal();
    FakePaystackAnswer no = FakePaystackAnswer.refusing(status, words);

    assertSilent(() -> checkout.start(order("k1")), no);
    assertSilent(() -> checkout.start(order("k1")), FakePaystackAnswer.usual(), no);
    assertSilent(() -> checkout.manage(held, Buyer.PAID), no);
    assertSilent(() -> checkout.resume(held), no, no);
  }

  private void assertSilent(Runnable call, FakePaystackAnswer... answers) {
    int before = asked();
    paystack.next(answers);
    assertThatThrownBy(call::run)
        .isInstanceOf(PortFailureException.class)
        .hasMessageNotContaining("buyer")
        .hasMessageNotContaining("k1")
        .hasMessageNotContaining("sk_test_0");
    assertThat(asked() - before).isEqualTo(answers.length);
  }

  // ---- the end

  @Test
  void closing_ends_what_is_under_way() {
    paystack.next(FakePaystackAnswer.silence());
    CompletableFuture<Object> call =
        CompletableFuture.supplyAsync(() -> arbiter.ask(Buyer.ref(CODE)));
    await();

    adapter.close();

    assertThatThrownBy(() -> call.orTimeout(15, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> arbiter.ask(Buyer.ref(CODE)))
        .isInstanceOf(IllegalStateException.class);
    adapter.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_interrupt_ends_a_call_and_stays_set(boolean virtual) throws InterruptedException {
    paystack.next(FakePaystackAnswer.silence());
    CompletableFuture<Boolean> isSet = new CompletableFuture<>();
    Thread caller =
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
            .start(
                () -> {
                  try {
                    arbiter.ask(Buyer.ref(CODE));
                    isSet.completeExceptionally(new AssertionError("it returned"));
                  } catch (PortUnavailableException e) {
                    isSet.complete(Thread.currentThread().isInterrupted());
                  } catch (RuntimeException | Error e) {
                    isSet.completeExceptionally(e);
                  }
                });
    await();

    caller.interrupt();

    assertThat(isSet.orTimeout(15, TimeUnit.SECONDS).join()).isTrue();
    assertThat(asked()).isEqualTo(1);
    caller.join();
  }

  /** Until the request has come. */
  private void await() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (paystack.requests().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
