package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.subscription.Checkout;
import io.contentcrew.testkit.FakeStripeAnswer;
import io.contentcrew.testkit.FakeStripeRequest;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTroubleTest extends StripeTest {
  private static final FakeStripeAnswer.HangUp HANG_UP = new FakeStripeAnswer.HangUp();

  private List<String> keys() {
    return stripe.requests().stream().map(r -> r.header("Idempotency-Key").orElse("")).toList();
  }

  @Test
  void what_may_pass_is_tried_again_with_the_same_key() {
    for (FakeStripeAnswer trouble :
        List.of(
            HANG_UP,
            FakeStripeAnswer.trouble(),
            FakeStripeAnswer.tooMany(),
            FakeStripeAnswer.locked(),
            FakeStripeAnswer.of(502, "<html>Bad gateway</html>"))) {
      int before = stripe.requests().size();
      stripe.next(trouble, trouble);

      checkout.start(order("k" + before));

      List<FakeStripeRequest> requests =
          stripe.requests().subList(before, stripe.requests().size());
      assertThat(requests).as("after %s", trouble).hasSize(3);
      assertThat(requests.stream().map(r -> r.header("Idempotency-Key")).distinct()).hasSize(1);
    }
  }

  @Test
  void what_was_done_before_the_connection_broke_is_not_done_twice() {
    stripe.next(new FakeStripeAnswer.DoneThenHangUp());

    URI page = checkout.start(order("k"));

    assertThat(stripe.sessions()).hasSize(1);
    assertThat(page.toString()).contains(stripe.sessions().getFirst());
  }

  @Test
  void a_cancellation_without_a_key_of_the_callers_is_not_done_twice_either() {
    Subscription subscription = bought();
    int before = stripe.requests().size();
    int events = stripe.events().size();
    stripe.next(new FakeStripeAnswer.DoneThenHangUp());

    checkout.cancelAtPeriodEnd(subscription);

    assertThat(keys().subList(before, before + 2).stream().distinct()).hasSize(1);
    assertThat(stripe.events()).hasSize(events + 1);
  }

  @Test
  void an_end_that_was_not_heard_of_is_an_end() {
    Subscription subscription = bought();
    stripe.next(new FakeStripeAnswer.DoneThenHangUp());

    checkout.end(subscription);

    assertThat(stripe.status(subscription.ref().id())).isEqualTo("canceled");
  }

  @Test
  void it_gives_up_in_the_end() {
    stripe.next(HANG_UP, HANG_UP, HANG_UP, HANG_UP);

    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("start a checkout for price price_basic");
    assertThat(stripe.requests()).hasSize(3);
  }

  @Test
  void what_will_not_pass_is_not_tried_again() {
    for (FakeStripeAnswer refusal :
        List.of(
            FakeStripeAnswer.error(400, "invalid_request_error", "", "no"),
            FakeStripeAnswer.error(402, "card_error", "card_declined", "no"),
            FakeStripeAnswer.error(409, "invalid_request_error", "something_else", "no"))) {
      int before = stripe.requests().size();
      stripe.next(refusal);

      assertThat(failure(() -> checkout.start(order("k" + before))))
          .isInstanceOf(PortFailureException.class);
      assertThat(stripe.requests()).hasSize(before + 1);
    }
  }

  @Test
  void stripe_knows_best_whether_it_helps_to_try_again() {
    stripe.next(FakeStripeAnswer.trouble().with("Stripe-Should-Retry", "false"));
    assertThat(failure(() -> checkout.start(order("k1"))))
        .isInstanceOf(PortUnavailableException.class);
    assertThat(stripe.requests()).hasSize(1);

    stripe.next(
        FakeStripeAnswer.error(400, "invalid_request_error", "", "no")
            .with("Stripe-Should-Retry", "true"));
    checkout.start(order("k2"));
    assertThat(stripe.requests()).hasSize(3);
  }

  @Test
  void who_is_told_to_come_back_much_later_tells_the_caller() {
    stripe.next(FakeStripeAnswer.tooMany().with("Retry-After", "120"));

    PortException failure = failure(() -> checkout.start(order("k")));

    assertThat(((PortUnavailableException) failure).retryAfter()).contains(Duration.ofSeconds(120));
    assertThat(stripe.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"})
  void who_is_told_nothing_sensible_tries_again_soon(String when) {
    stripe.next(FakeStripeAnswer.tooMany().with("Retry-After", when));

    checkout.start(order("k"));

    assertThat(stripe.requests()).hasSize(2);
  }

  @Test
  void nothing_is_sent_again_behind_our_back() {
    Checkout once =
        provider(config().withRetries(0, Duration.ofMillis(1))).checkout().orElseThrow();
    for (FakeStripeAnswer trouble :
        List.of(
            FakeStripeAnswer.trouble().with("Retry-After", "0"),
            FakeStripeAnswer.error(408, "api_error", "", "slow"),
            HANG_UP)) {
      int before = stripe.requests().size();
      stripe.next(trouble);

      assertThat(failure(() -> once.start(order("k" + before)))).isNotNull();
      assertThat(stripe.requests()).as("after %s", trouble).hasSize(before + 1);
    }
  }

  @Test
  void a_time_that_no_number_holds_is_no_time() {
    stripe.next(FakeStripeAnswer.trouble().with("Retry-After", "99999999999"));

    checkout.start(order("k"));

    assertThat(stripe.requests()).hasSize(2);
  }

  @Test
  void who_is_asked_for_a_proxys_password_has_a_wrong_address() {
    stripe.next(FakeStripeAnswer.of(407, "who are you?"));

    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("407");
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void silence_is_not_waited_for_again() {
    stripe.next(FakeStripeAnswer.silence());
    Checkout hasty =
        provider(config().withTimeout(Duration.ofMillis(200))).checkout().orElseThrow();

    assertThat(failure(() -> hasty.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("in time");
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void a_body_that_never_ends_is_not_waited_for_either() {
    stripe.next(
        new FakeStripeAnswer.Silence(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"url\":\"https://x.test/\""));
    Checkout hasty =
        provider(config().withTimeout(Duration.ofMillis(200))).checkout().orElseThrow();

    assertThat(failure(() -> hasty.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("in time");
  }

  @Test
  void an_answer_that_is_cut_is_asked_for_again() {
    stripe.next(
        new FakeStripeAnswer.Garbage(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"url\":\"https://x.test/\""));

    assertThat(checkout.start(order("k")).toString()).startsWith(stripe.url().toString());
    assertThat(stripe.requests()).hasSize(2);
  }

  @Test
  void where_nobody_listens_it_is_unavailable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Checkout nobody =
        provider(config().withApi(URI.create("http://127.0.0.1:" + port))).checkout().orElseThrow();

    assertThat(failure(() -> nobody.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>hello</html>", "[]", "{\"url\":", "{\"a\":1,\"a\":2}", "\u0000"})
  void an_answer_that_makes_no_sense_is_a_failure(String body) {
    stripe.next(FakeStripeAnswer.of(200, body));

    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("makes no sense")
        .hasMessageNotContaining("hello");
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void what_is_no_http_is_unavailable() {
    FakeStripeAnswer garbage = new FakeStripeAnswer.Garbage("SSH-2.0-OpenSSH\r\n\r\n");
    stripe.next(garbage, garbage, garbage);

    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageNotContaining("SSH");
  }

  @Test
  void far_too_long_an_answer_is_not_read() {
    Checkout small = provider(config().withAnswerBytes(1_024)).checkout().orElseThrow();
    stripe.next(FakeStripeAnswer.of(200, "{\"url\":\"https://x.test/" + "x".repeat(5_000) + "\"}"));

    assertThat(failure(() -> small.start(order("k"))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void nobody_is_followed_elsewhere() {
    stripe.next(FakeStripeAnswer.of(302, "").with("Location", stripe.url() + "/v1/elsewhere"));

    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortFailureException.class)
        .hasMessageContaining("302");
    assertThat(stripe.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_interrupt_ends_the_call_and_is_kept(boolean virtual) throws Exception {
    stripe.next(FakeStripeAnswer.silence());
    AtomicReference<PortException> failure = new AtomicReference<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
            .start(
                () -> {
                  failure.set(failure(() -> checkout.start(order("k"))));
                  interrupted.complete(Thread.currentThread().isInterrupted());
                });

    stripe.awaitRequest(1);
    caller.interrupt();

    assertThat(interrupted.get()).isTrue();
    assertThat(failure.get()).isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void two_calls_with_the_same_key_at_once_are_one() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    stripe.next(new FakeStripeAnswer.Late(latch));
    CompletableFuture<URI> first =
        CompletableFuture.supplyAsync(() -> checkout.start(order("k")), Thread::startVirtualThread);
    stripe.awaitRequest(1);
    // Stripe is still at the first one, and says so.
    assertThat(failure(() -> checkout.start(order("k"))))
        .isInstanceOf(PortUnavailableException.class);
    latch.countDown();

    assertThat(checkout.start(order("k"))).isEqualTo(first.get());
    assertThat(stripe.sessions()).hasSize(1);
  }

  @Test
  void what_is_under_way_ends_with_the_adapter() throws Exception {
    StripeAdapter adapter = StripeAdapter.open(config(), clock);
    Checkout closing = adapter.paymentProvider().checkout().orElseThrow();
    stripe.next(FakeStripeAnswer.silence());
    CompletableFuture<PortException> call =
        CompletableFuture.supplyAsync(
            () -> failure(() -> closing.start(order("k"))), Thread::startVirtualThread);
    stripe.awaitRequest(1);

    adapter.close();

    assertThat(call.get()).isInstanceOf(PortUnavailableException.class);
    assertThat(stripe.requests()).hasSize(1);
  }

  @Test
  void a_closed_adapter_asks_nobody() {
    StripeAdapter adapter = StripeAdapter.open(config(), clock);
    Checkout closed = adapter.paymentProvider().checkout().orElseThrow();
    adapter.close();
    adapter.close();

    assertThatThrownBy(() -> closed.start(order("k"))).isInstanceOf(IllegalStateException.class);
    assertThat(stripe.requests()).isEmpty();
  }
}
