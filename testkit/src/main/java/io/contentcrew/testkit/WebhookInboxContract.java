package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.Receipt;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookInbox} keeps to on the way of a delivery from its coming to its end. */
public abstract class WebhookInboxContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private static final PaymentProviderName PAYSTACK = PaymentProviderName.PAYSTACK;
  private static final Waiting CUSTOMER = new Waiting(Waiting.For.CUSTOMER, "cus_\u00E4 'x'");

  /** For subclasses. */
  protected WebhookInboxContract() {}

  private Receipt store(Delivered delivered) {
    return store(delivered, clock.instant());
  }

  private Receipt store(Delivered delivered, Instant dueAt) {
    return in(stores -> stores.webhooks().store(delivered, NOW, Duration.between(NOW, dueAt)));
  }

  private Delivered given() {
    Delivered delivered = BillingFixtures.aDelivery();
    store(delivered);
    return delivered;
  }

  private static Delivered sameKey(Delivered delivered, PaymentProviderName provider) {
    return BillingFixtures.aDelivery(provider, delivered.key(), NOW.plusSeconds(1));
  }

  private List<Entry> take(int limit) {
    return take(limit, List.of(STRIPE, PAYSTACK));
  }

  private List<Entry> take(int limit, List<PaymentProviderName> providers) {
    return in(stores -> stores.webhooks().take(clock.instant(), LEASE, providers, limit));
  }

  @Test
  void what_others_have_delivered_is_left_alone() {
    Delivered delivered = given();
    PaymentProviderName other = delivered.provider().equals(STRIPE) ? PAYSTACK : STRIPE;
    assertThat(take(10, List.of(other))).isEmpty();
    assertThat(take(10, List.of())).isEmpty();
    assertThat(take(10, List.of(delivered.provider()))).hasSize(1);
  }

  private List<WebhookId> taken(int limit) {
    return take(limit).stream().map(Entry::id).toList();
  }

  private boolean finish(WebhookId id) {
    return in(stores -> stores.webhooks().finish(id, "APPLIED", clock.instant()));
  }

  private void retry(WebhookId id, Instant at) {
    run(stores -> stores.webhooks().retry(id, "no luck", NOW, Duration.between(NOW, at)));
  }

  private void park(WebhookId id, Waiting waiting, Instant at) {
    run(stores -> stores.webhooks().park(id, waiting, NOW, Duration.between(NOW, at)));
  }

  private void bury(WebhookId id) {
    run(stores -> stores.webhooks().bury(id, "hopeless", clock.instant()));
  }

  private Entry entry(WebhookId id) {
    return in(stores -> stores.webhooks().find(id)).orElseThrow();
  }

  // ---- stored

  @Test
  void a_delivery_is_found_as_it_came() {
    byte[] bytes = new byte[5000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    for (Delivered delivered :
        List.of(BillingFixtures.aDelivery(), withBody(bytes), withBody(new byte[0]))) {
      Instant dueAt = NOW.plusSeconds(120);
      assertThat(store(delivered, dueAt)).isEqualTo(new Receipt(delivered.id(), true, State.DUE));
      Entry entry = entry(delivered.id());
      assertThat(entry.body()).isEqualTo(delivered.body());
      assertThat(entry)
          .usingRecursiveComparison()
          .ignoringFields("body")
          .isEqualTo(
              new Entry(
                  delivered.id(),
                  delivered.provider(),
                  delivered.key(),
                  delivered.type(),
                  delivered.apiVersion(),
                  delivered.customer(),
                  delivered.providerTime(),
                  delivered.receivedAt(),
                  State.DUE,
                  0,
                  1,
                  Optional.of(dueAt),
                  Optional.empty(),
                  Optional.empty(),
                  delivered.body()));
    }
    assertThat(maybe(stores -> stores.webhooks().find(BillingFixtures.aWebhookId()))).isEmpty();
  }

  private static Delivered withBody(byte[] body) {
    return new Delivered(
        BillingFixtures.aWebhookId(),
        PAYSTACK,
        "\u00E9".repeat(464) + BillingFixtures.aWebhookId(),
        "charge.success",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Fixtures.aDigest(),
        body,
        NOW);
  }

  @Test
  void what_comes_again_is_counted_and_stays_as_it_was_first() {
    Delivered first = given();
    Delivered again = sameKey(first, STRIPE);
    assertThat(store(again)).isEqualTo(new Receipt(first.id(), false, State.DUE));
    assertThat(store(again)).isEqualTo(new Receipt(first.id(), false, State.DUE));
    Entry entry = entry(first.id());
    assertThat(entry.deliveries()).isEqualTo(3);
    assertThat(entry.receivedAt()).isEqualTo(first.receivedAt());
    assertThat(entry.customer()).isEqualTo(first.customer());
    assertThat(entry.nextAt()).contains(NOW);
    assertThat(maybe(stores -> stores.webhooks().find(again.id()))).isEmpty();
    assertThat(take(10)).hasSize(1);
  }

  @Test
  void what_comes_again_says_where_the_first_one_is() {
    for (State state : State.values()) {
      Delivered first = given();
      bring(first.id(), state);
      assertThat(store(sameKey(first, STRIPE))).isEqualTo(new Receipt(first.id(), false, state));
      assertThat(entry(first.id()).state()).isEqualTo(state);
    }
  }

  private void bring(WebhookId id, State state) {
    switch (state) {
      case DUE -> retry(id, NOW);
      case PARKED -> park(id, CUSTOMER, NOW);
      case DONE -> finish(id);
      case DEAD -> bury(id);
    }
  }

  @Test
  void a_key_is_its_providers() {
    Delivered first = given();
    Delivered other = sameKey(first, PAYSTACK);
    assertThat(store(other)).isEqualTo(new Receipt(other.id(), true, State.DUE));
  }

  @Test
  void of_fifty_with_the_same_key_that_are_stored_together_one_is_new() {
    Delivered first = BillingFixtures.aDelivery();
    List<Receipt> receipts = Race.of(50, number -> store(sameKey(first, STRIPE)));
    List<Receipt> isNew = receipts.stream().filter(Receipt::isNew).toList();
    assertThat(isNew).hasSize(1);
    assertThat(receipts).extracting(Receipt::id).containsOnly(isNew.getFirst().id());
    assertThat(entry(isNew.getFirst().id()).deliveries()).isEqualTo(50);
    assertThat(take(100)).hasSize(1);
  }

  @Test
  void who_waits_for_one_that_is_rolled_back_is_new() {
    Delivered first = BillingFixtures.aDelivery();
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.webhooks().store(first, NOW, Duration.ZERO);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    Delivered next = sameKey(first, STRIPE);
    assertThat(store(next)).isEqualTo(new Receipt(next.id(), true, State.DUE));
  }

  @Test
  void several_are_stored_together_and_each_is_told_what_it_is() {
    Delivered known = given();
    Delivered first = BillingFixtures.aDelivery();
    Delivered bare =
        new Delivered(
            BillingFixtures.aWebhookId(),
            PAYSTACK,
            "bare",
            "type",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            first.signature(),
            new byte[] {0, 1, -1},
            NOW);
    List<Delivered> all =
        List.of(
            sameKey(known, known.provider()),
            first,
            bare,
            sameKey(first, first.provider()),
            sameKey(first, first.provider()));
    List<Receipt> receipts = in(stores -> stores.webhooks().store(all, NOW, Duration.ofSeconds(9)));
    Receipt again = new Receipt(first.id(), false, State.DUE);
    assertThat(receipts)
        .containsExactly(
            new Receipt(known.id(), false, State.DUE),
            new Receipt(first.id(), true, State.DUE),
            new Receipt(bare.id(), true, State.DUE),
            again,
            again);
    assertThat(entry(known.id()).deliveries()).isEqualTo(2);
    assertThat(entry(first.id()).deliveries()).isEqualTo(3);
    assertThat(entry(first.id()).nextAt()).contains(NOW.plusSeconds(9));
    assertThat(entry(bare.id()).body()).isEqualTo(bare.body());
    assertThat(entry(bare.id()).customer()).isEmpty();
    assertThat(entry(bare.id()).providerTime()).isEmpty();
    List<Receipt> none = in(stores -> stores.webhooks().store(List.of(), NOW, Duration.ZERO));
    assertThat(none).isEmpty();
  }

  @Test
  void those_who_store_the_same_ones_together_do_not_lock_each_other_out() {
    List<Delivered> some = Stream.generate(BillingFixtures::aDelivery).limit(20).toList();
    List<List<Receipt>> receipts =
        Race.of(
            8,
            number -> {
              List<Delivered> mine =
                  new ArrayList<>(some.stream().map(one -> sameKey(one, one.provider())).toList());
              Collections.rotate(mine, number * 7);
              return in(stores -> stores.webhooks().store(mine, NOW, Duration.ZERO));
            });
    assertThat(receipts.stream().flatMap(List::stream).filter(Receipt::isNew)).hasSize(20);
  }

  // ---- taken

  @Test
  void a_delivery_is_given_out_when_it_is_due_with_all_that_came() {
    Delivered delivered = BillingFixtures.aDelivery();
    store(delivered, NOW.plusSeconds(10));
    pass(Duration.ofMillis(9_999));
    assertThat(take(10)).isEmpty();
    pass(Duration.ofMillis(1));
    List<Entry> taken = take(10);
    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().body()).isEqualTo(delivered.body());
    assertThat(taken.getFirst().key()).isEqualTo(delivered.key());
    assertThat(taken.getFirst().nextAt()).contains(clock.instant().plus(LEASE));
    assertThat(taken.getFirst().attempts()).isZero();
  }

  @Test
  void what_was_given_out_is_given_to_nobody_else_until_its_lease_has_passed() {
    Delivered delivered = given();
    assertThat(taken(10)).containsExactly(delivered.id());
    assertThat(taken(10)).isEmpty();
    pass(LEASE.minusMillis(1));
    assertThat(taken(10)).isEmpty();
    pass(Duration.ofMillis(1));
    List<Entry> again = take(10);
    assertThat(again).extracting(Entry::id).containsExactly(delivered.id());
    assertThat(again.getFirst().attempts()).as("nothing was said of it").isEqualTo(1);
  }

  @Test
  void those_that_were_due_first_are_given_out_first_and_no_more_than_are_wanted() {
    Delivered third = BillingFixtures.aDelivery();
    Delivered first = BillingFixtures.aDelivery();
    Delivered second = BillingFixtures.aDelivery();
    store(third, NOW.minusSeconds(1));
    store(first, NOW.minusSeconds(3));
    store(second, NOW.minusSeconds(2));
    assertThat(taken(2)).containsExactly(first.id(), second.id());
    assertThat(taken(2)).containsExactly(third.id());
    assertThat(taken(2)).isEmpty();
  }

  @Test
  void of_those_who_take_deliveries_together_each_is_given_others() {
    List<WebhookId> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(given().id());
    }
    List<List<WebhookId>> taken =
        Race.of(
            8,
            number -> {
              List<WebhookId> mine = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                mine.addAll(taken(5));
              }
              return mine;
            });
    assertThat(taken.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void what_is_parked_is_given_out_too_when_its_time_has_come() {
    Delivered delivered = given();
    park(delivered.id(), CUSTOMER, NOW.plusSeconds(60));
    assertThat(taken(10)).isEmpty();
    pass(Duration.ofSeconds(60));
    List<Entry> taken = take(10);
    assertThat(taken).extracting(Entry::id).containsExactly(delivered.id());
    assertThat(taken.getFirst().state()).isEqualTo(State.PARKED);
    assertThat(taken(10)).isEmpty();
  }

  @Test
  void what_is_done_or_given_up_is_not_given_out() {
    finish(given().id());
    bury(given().id());
    pass(Duration.ofDays(9));
    assertThat(take(10)).isEmpty();
  }

  // ---- done

  @Test
  void a_delivery_is_done_once() {
    for (State before : List.of(State.DUE, State.PARKED, State.DEAD)) {
      Delivered delivered = given();
      bring(delivered.id(), before);
      assertThat(finish(delivered.id())).isTrue();
      Entry entry = entry(delivered.id());
      assertThat(entry.state()).isEqualTo(State.DONE);
      assertThat(entry.note()).contains("APPLIED");
      assertThat(entry.settledAt()).contains(NOW);
      assertThat(entry.nextAt()).isEmpty();
      assertThat(yes(stores -> stores.webhooks().finish(delivered.id(), "AGAIN", NOW))).isFalse();
      assertThat(entry(delivered.id()).note()).contains("APPLIED");
    }
    assertThat(finish(BillingFixtures.aWebhookId())).isFalse();
  }

  @Test
  void several_are_done_together_if_all_of_them_can_be() {
    Delivered first = given();
    Delivered second = given();
    Map<WebhookId, String> outcomes = Map.of(first.id(), "APPLIED", second.id(), "STALE");
    assertThat(yes(stores -> stores.webhooks().finish(outcomes, NOW))).isTrue();
    assertThat(entry(first.id()).note()).contains("APPLIED");
    assertThat(entry(second.id()).note()).contains("STALE");
    Delivered third = given();
    Map<WebhookId, String> late = Map.of(third.id(), "APPLIED", second.id(), "APPLIED");
    assertThat(yes(stores -> stores.webhooks().finish(late, NOW))).isFalse();
  }

  @Test
  void of_those_who_say_together_that_it_is_done_one_is_right() {
    for (int round = 0; round < 5; round++) {
      Delivered delivered = given();
      assertThat(Race.of(16, number -> finish(delivered.id()))).containsOnlyOnce(true);
    }
  }

  @Test
  void the_word_that_it_is_done_is_undone_with_all_else() {
    Delivered delivered = given();
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.webhooks().finish(delivered.id(), "APPLIED", NOW);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(entry(delivered.id()).state()).isEqualTo(State.DUE);
    assertThat(finish(delivered.id())).isTrue();
  }

  // ---- not done

  @Test
  void what_could_not_be_applied_is_due_then_and_counts_as_tried() {
    Delivered delivered = given();
    taken(1);
    retry(delivered.id(), NOW.plusSeconds(5));
    Entry entry = entry(delivered.id());
    assertThat(entry.state()).isEqualTo(State.DUE);
    assertThat(entry.note()).contains("no luck");
    assertThat(entry.attempts()).isEqualTo(1);
    assertThat(entry.nextAt()).contains(NOW.plusSeconds(5));
    pass(Duration.ofMillis(4_999));
    assertThat(taken(1)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(take(1).getFirst().attempts()).as("being given out alone is no try").isEqualTo(1);
    retry(delivered.id(), NOW.plusSeconds(6));
    assertThat(entry(delivered.id()).attempts()).isEqualTo(2);
  }

  @Test
  void what_waits_is_parked_and_counts_as_tried() {
    Delivered delivered = given();
    taken(1);
    park(delivered.id(), CUSTOMER, NOW.plusSeconds(5));
    Entry entry = entry(delivered.id());
    assertThat(entry.state()).isEqualTo(State.PARKED);
    assertThat(entry.attempts()).isEqualTo(1);
    assertThat(entry.nextAt()).contains(NOW.plusSeconds(5));
    assertThat(entry.note()).contains("customer " + CUSTOMER.name());
    retry(delivered.id(), NOW);
    assertThat(entry(delivered.id()).state()).isEqualTo(State.DUE);
    assertThat(entry(delivered.id()).attempts()).isEqualTo(2);
    assertThat(number(stores -> stores.webhooks().release(STRIPE, CUSTOMER, NOW))).isZero();
  }

  @Test
  void what_is_given_up_says_why_and_when() {
    Delivered delivered = given();
    park(delivered.id(), CUSTOMER, NOW.plusSeconds(5));
    bury(delivered.id());
    Entry entry = entry(delivered.id());
    assertThat(entry.state()).isEqualTo(State.DEAD);
    assertThat(entry.note()).contains("hopeless");
    assertThat(entry.settledAt()).contains(NOW);
    assertThat(entry.nextAt()).isEmpty();
  }

  @Test
  void who_comes_late_changes_nothing_of_what_is_done_or_given_up() {
    for (State end : List.of(State.DONE, State.DEAD)) {
      Delivered delivered = given();
      bring(delivered.id(), end);
      Entry before = entry(delivered.id());
      retry(delivered.id(), NOW.plusSeconds(5));
      park(delivered.id(), CUSTOMER, NOW.plusSeconds(5));
      run(stores -> stores.webhooks().bury(delivered.id(), "late", NOW.plusSeconds(5)));
      assertThat(entry(delivered.id())).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void nothing_happens_to_what_is_not_there() {
    WebhookId none = BillingFixtures.aWebhookId();
    retry(none, NOW);
    park(none, CUSTOMER, NOW);
    bury(none);
    assertThat(maybe(stores -> stores.webhooks().find(none))).isEmpty();
  }
}
