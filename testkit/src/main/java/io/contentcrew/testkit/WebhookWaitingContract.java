package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.ports.subscription.WebhookInbox.Query;
import io.contentcrew.ports.subscription.WebhookInbox.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link WebhookInbox} keeps to with what waits, and with what is looked through. */
public abstract class WebhookWaitingContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private static final PaymentProviderName PAYSTACK = PaymentProviderName.PAYSTACK;
  private static final List<PaymentProviderName> ALL = List.of(STRIPE, PAYSTACK);
  private static final Waiting CUSTOMER = new Waiting(Waiting.For.CUSTOMER, "one");
  private static final Waiting OTHER_CUSTOMER = new Waiting(Waiting.For.CUSTOMER, "other");
  private static final Waiting PRICE = new Waiting(Waiting.For.PRICE, "one");

  /** For subclasses. */
  protected WebhookWaitingContract() {}

  private WebhookId given(PaymentProviderName provider) {
    return given(provider, clock.instant());
  }

  private WebhookId given(PaymentProviderName provider, Instant receivedAt) {
    Delivered delivered =
        BillingFixtures.aDelivery(provider, "key " + Fixtures.aUserId(), receivedAt);
    run(stores -> stores.webhooks().store(delivered, receivedAt, Duration.ZERO));
    return delivered.id();
  }

  private WebhookId parked(PaymentProviderName provider, Waiting waiting) {
    WebhookId id = given(provider);
    run(stores -> stores.webhooks().park(id, waiting, NOW, DAY));
    return id;
  }

  private WebhookId done() {
    WebhookId id = given(STRIPE);
    run(stores -> stores.webhooks().finish(id, "APPLIED", clock.instant()));
    return id;
  }

  private WebhookId dead() {
    WebhookId id = given(STRIPE);
    run(stores -> stores.webhooks().bury(id, "hopeless", clock.instant()));
    return id;
  }

  private Entry entry(WebhookId id) {
    return in(stores -> stores.webhooks().find(id)).orElseThrow();
  }

  private State state(WebhookId id) {
    return entry(id).state();
  }

  private long release(PaymentProviderName provider, Waiting waiting) {
    return number(stores -> stores.webhooks().release(provider, waiting, clock.instant()));
  }

  private Set<String> awaited(PaymentProviderName provider, Waiting.For what) {
    return in(stores -> stores.webhooks().awaited(provider, what));
  }

  // ---- waiting

  @Test
  void what_waits_for_something_is_due_when_that_is_released_and_nothing_else_is() {
    WebhookId one = parked(STRIPE, CUSTOMER);
    WebhookId two = parked(STRIPE, CUSTOMER);
    List<WebhookId> others =
        List.of(parked(STRIPE, OTHER_CUSTOMER), parked(STRIPE, PRICE), parked(PAYSTACK, CUSTOMER));
    pass(Duration.ofSeconds(1));
    assertThat(release(STRIPE, CUSTOMER)).isEqualTo(2);
    for (WebhookId id : List.of(one, two)) {
      assertThat(state(id)).isEqualTo(State.DUE);
      assertThat(entry(id).nextAt()).contains(clock.instant());
      assertThat(entry(id).attempts()).as("as if it had never been tried").isZero();
    }
    assertThat(others).allSatisfy(id -> assertThat(state(id)).isEqualTo(State.PARKED));
    assertThat(release(STRIPE, CUSTOMER)).as("they wait no more").isZero();
    List<Entry> due = in(stores -> stores.webhooks().take(clock.instant(), DAY, ALL, 10));
    assertThat(due).extracting(Entry::id).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void it_is_known_what_is_awaited() {
    parked(STRIPE, CUSTOMER);
    parked(STRIPE, CUSTOMER);
    parked(STRIPE, OTHER_CUSTOMER);
    parked(STRIPE, PRICE);
    parked(PAYSTACK, new Waiting(Waiting.For.CUSTOMER, "theirs"));
    assertThat(awaited(STRIPE, Waiting.For.CUSTOMER)).containsExactlyInAnyOrder("one", "other");
    assertThat(awaited(STRIPE, Waiting.For.PRICE)).containsExactly("one");
    assertThat(awaited(STRIPE, Waiting.For.ANSWER)).isEmpty();
    assertThat(awaited(PAYSTACK, Waiting.For.CUSTOMER)).containsExactly("theirs");
    release(STRIPE, CUSTOMER);
    assertThat(awaited(STRIPE, Waiting.For.CUSTOMER)).containsExactly("other");
  }

  @Test
  void for_everything_that_can_be_awaited_one_can_wait() {
    for (Waiting.For what : Waiting.For.values()) {
      Waiting waiting = new Waiting(what, "name");
      parked(STRIPE, waiting);
      assertThat(awaited(STRIPE, what)).containsExactly("name");
      assertThat(release(STRIPE, waiting)).isEqualTo(1);
    }
  }

  @Test
  void what_is_done_or_given_up_waits_no_more() {
    WebhookId one = parked(STRIPE, CUSTOMER);
    WebhookId two = parked(STRIPE, CUSTOMER);
    run(stores -> stores.webhooks().finish(one, "APPLIED", NOW));
    run(stores -> stores.webhooks().bury(two, "hopeless", NOW));
    assertThat(awaited(STRIPE, Waiting.For.CUSTOMER)).isEmpty();
    assertThat(release(STRIPE, CUSTOMER)).isZero();
    assertThat(state(one)).isEqualTo(State.DONE);
    assertThat(state(two)).isEqualTo(State.DEAD);
  }

  // ---- again

  private boolean replay(WebhookId id) {
    return in(stores -> stores.webhooks().replay(id, clock.instant()));
  }

  @Test
  void what_is_parked_dead_or_done_is_due_again_as_if_it_had_never_been_tried() {
    for (WebhookId id : List.of(parked(STRIPE, CUSTOMER), dead(), done())) {
      pass(Duration.ofSeconds(1));
      assertThat(replay(id)).isTrue();
      Entry entry = entry(id);
      assertThat(entry.state()).isEqualTo(State.DUE);
      assertThat(entry.attempts()).isZero();
      assertThat(entry.nextAt()).contains(clock.instant());
      assertThat(entry.note()).isEmpty();
      assertThat(entry.settledAt()).isEmpty();
      assertThat(yes(stores -> stores.webhooks().finish(id, "APPLIED", NOW))).isTrue();
    }
    assertThat(release(STRIPE, CUSTOMER)).isZero();
    assertThat(replay(BillingFixtures.aWebhookId())).isFalse();
  }

  @Test
  void what_is_due_already_stays_with_whoever_has_it() {
    WebhookId id = given(STRIPE);
    run(stores -> stores.webhooks().retry(id, "no luck", NOW, Duration.ZERO));
    run(stores -> stores.webhooks().take(NOW, DAY, ALL, 1));
    Entry before = entry(id);
    pass(Duration.ofSeconds(1));
    assertThat(replay(id)).isTrue();
    assertThat(entry(id)).usingRecursiveComparison().isEqualTo(before);
    assertThat(list(stores -> stores.webhooks().take(clock.instant(), DAY, ALL, 1))).isEmpty();
  }

  // ---- looked through

  private static Query query(int limit) {
    return new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  private List<WebhookId> page(Query query) {
    List<Entry> page = in(stores -> stores.webhooks().page(query));
    assertThat(page).allSatisfy(entry -> assertThat(entry.body()).isEmpty());
    return page.stream().map(Entry::id).toList();
  }

  @Test
  void deliveries_are_listed_in_pages_without_bodies_the_latest_received_first() {
    List<WebhookId> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      all.addFirst(given(STRIPE));
    }
    assertThat(page(query(10))).isEqualTo(all);
    assertThat(page(query(2))).isEqualTo(all.subList(0, 2));
    Query next =
        new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(all.get(1)), 2);
    assertThat(page(next)).isEqualTo(all.subList(2, 4));
    Query last =
        new Query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(all.get(4)), 2);
    assertThat(page(last)).isEmpty();
  }

  @Test
  void a_page_has_only_what_is_asked_for() {
    WebhookId due = given(STRIPE);
    WebhookId theirs = given(PAYSTACK);
    WebhookId parked = parked(STRIPE, CUSTOMER);
    WebhookId dead = dead();
    WebhookId done = done();
    Map<State, List<WebhookId>> byState =
        Map.of(
            State.DUE, List.of(theirs, due),
            State.PARKED, List.of(parked),
            State.DEAD, List.of(dead),
            State.DONE, List.of(done));
    byState.forEach(
        (state, ids) ->
            assertThat(
                    page(
                        new Query(
                            Optional.empty(),
                            Optional.of(state),
                            Optional.empty(),
                            Optional.empty(),
                            9)))
                .isEqualTo(ids));
    assertThat(page(asked(PAYSTACK, State.DUE, "customer.subscription.updated")))
        .containsExactly(theirs);
    assertThat(page(asked(PAYSTACK, State.DEAD, "customer.subscription.updated"))).isEmpty();
    assertThat(page(asked(PAYSTACK, State.DUE, "invoice.paid"))).isEmpty();
  }

  private static Query asked(PaymentProviderName provider, State state, String type) {
    return new Query(
        Optional.of(provider), Optional.of(state), Optional.of(type), Optional.empty(), 9);
  }

  @Test
  void all_that_is_not_done_is_counted() {
    Map<State, Long> none = in(stores -> stores.webhooks().counts());
    assertThat(none).isEqualTo(Map.of(State.DUE, 0L, State.PARKED, 0L, State.DEAD, 0L));
    given(STRIPE);
    given(PAYSTACK);
    parked(STRIPE, CUSTOMER);
    dead();
    done();
    Map<State, Long> counts = in(stores -> stores.webhooks().counts());
    assertThat(counts).isEqualTo(Map.of(State.DUE, 2L, State.PARKED, 1L, State.DEAD, 1L));
  }

  private Optional<Instant> oldestDue() {
    return in(stores -> stores.webhooks().oldestDue());
  }

  @Test
  void the_one_that_has_waited_longest_is_known_by_when_it_came() {
    assertThat(oldestDue()).isEmpty();
    WebhookId first = given(STRIPE, NOW.minusSeconds(9));
    WebhookId second = given(STRIPE, NOW.minusSeconds(5));
    given(STRIPE, NOW.minusSeconds(3));
    run(stores -> stores.webhooks().retry(first, "no luck", NOW, DAY));
    assertThat(oldestDue()).contains(NOW.minusSeconds(9));
    run(stores -> stores.webhooks().park(first, CUSTOMER, NOW, Duration.ZERO));
    assertThat(oldestDue()).as("but for those that are parked").contains(NOW.minusSeconds(5));
    run(stores -> stores.webhooks().finish(second, "APPLIED", NOW));
    assertThat(oldestDue()).contains(NOW.minusSeconds(3));
  }

  // ---- put away

  private long purge(Instant doneBefore, Instant deadBefore, int limit) {
    return number(stores -> stores.webhooks().purge(doneBefore, deadBefore, limit));
  }

  private boolean isThere(WebhookId id) {
    return in(stores -> stores.webhooks().find(id)).isPresent();
  }

  @Test
  void what_was_done_or_given_up_before_is_deleted_and_nothing_else_is() {
    WebhookId done = done();
    WebhookId dead = dead();
    WebhookId due = given(STRIPE);
    WebhookId parked = parked(STRIPE, CUSTOMER);
    assertThat(purge(NOW, NOW, 10)).as("settled not before, but then").isZero();
    assertThat(purge(NOW.plusMillis(1), NOW, 10)).isEqualTo(1);
    assertThat(isThere(done)).isFalse();
    assertThat(isThere(dead)).isTrue();
    assertThat(purge(NOW, NOW.plusMillis(1), 10)).isEqualTo(1);
    assertThat(isThere(dead)).isFalse();
    assertThat(purge(NOW.plus(DAY), NOW.plus(DAY), 10)).isZero();
    assertThat(isThere(due)).isTrue();
    assertThat(isThere(parked)).isTrue();
  }

  @Test
  void deleting_goes_on_where_it_stopped() {
    for (int i = 0; i < 5; i++) {
      done();
    }
    Instant later = NOW.plusMillis(1);
    assertThat(purge(later, later, 2)).isEqualTo(2);
    assertThat(purge(later, later, 2)).isEqualTo(2);
    assertThat(purge(later, later, 2)).isEqualTo(1);
    assertThat(purge(later, later, 2)).isZero();
  }

  @Test
  void what_was_deleted_and_comes_again_is_new() {
    Delivered first = BillingFixtures.aDelivery();
    run(
        stores -> {
          stores.webhooks().store(first, NOW, Duration.ZERO);
          stores.webhooks().finish(first.id(), "APPLIED", NOW);
          stores.webhooks().purge(NOW.plusMillis(1), NOW, 10);
        });
    Delivered again = BillingFixtures.aDelivery(first.provider(), first.key(), NOW);
    assertThat(yes(stores -> stores.webhooks().store(again, NOW, Duration.ZERO).isNew())).isTrue();
  }

  // ---- erased

  @Test
  void with_an_account_goes_what_its_customers_were_about_and_nothing_else() {
    Known mine = new Known();
    Known others = new Known();
    WebhookId ofNobody = given(STRIPE);
    WebhookId elsewhere =
        stored(
            BillingFixtures.withCustomer(
                BillingFixtures.aDelivery(PAYSTACK, "elsewhere", NOW), Optional.of(mine.customer)));
    WebhookId aboutNobody =
        stored(BillingFixtures.withCustomer(BillingFixtures.aDelivery(), Optional.empty()));
    run(
        stores -> {
          stores.users().delete(mine.user, NOW);
          stores.users().erase(mine.user);
        });
    assertThat(isThere(mine.delivery)).isFalse();
    assertThat(List.of(others.delivery, ofNobody, elsewhere, aboutNobody)).allMatch(this::isThere);
  }

  private WebhookId stored(Delivered delivered) {
    run(stores -> stores.webhooks().store(delivered, NOW, Duration.ZERO));
    return delivered.id();
  }

  /** A user who is a customer, and a delivery about them. */
  private final class Known {
    private final UserId user = givenUser().id();
    private final String customer = BillingFixtures.aCustomer();
    private final WebhookId delivery =
        stored(BillingFixtures.withCustomer(BillingFixtures.aDelivery(), Optional.of(customer)));

    Known() {
      run(stores -> stores.customers().link(STRIPE, customer, user, NOW));
    }
  }
}
