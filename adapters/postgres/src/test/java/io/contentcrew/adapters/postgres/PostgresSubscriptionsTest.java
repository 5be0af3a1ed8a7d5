package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Entitlement;
import io.contentcrew.domain.subscription.Known;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.subscription.Payments;
import io.contentcrew.domain.subscription.StripeStatus;
import io.contentcrew.domain.subscription.Subscription;
import io.contentcrew.domain.subscription.SubscriptionRef;
import io.contentcrew.domain.subscription.Term;
import io.contentcrew.domain.subscription.Transition.Waiting;
import io.contentcrew.domain.tier.TierId;
import io.contentcrew.domain.user.User;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.Transactions;
import io.contentcrew.ports.subscription.WebhookId;
import io.contentcrew.ports.subscription.WebhookInbox;
import io.contentcrew.ports.subscription.WebhookInbox.Delivered;
import io.contentcrew.ports.subscription.WebhookInbox.Entry;
import io.contentcrew.testkit.BillingFixtures;
import io.contentcrew.testkit.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only shows in a database, of subscriptions. */
class PostgresSubscriptionsTest {
  private static final Instant NOW = Fixtures.NOW;
  private static final Optional<Instant> LATER = Optional.of(NOW.plus(Duration.ofDays(90)));

  private final PostgresConfig database = TestServer.database();
  private final PostgresAdapter adapter = PostgresAdapter.open(database);
  private final User user = Fixtures.aUser();

  @BeforeEach
  void givenUser() {
    in(
        stores -> {
          stores.tiers().seed(Fixtures.aCatalog());
          return stores.users().add(user, Optional.empty());
        });
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  private <T> T in(Transactions.Work<T> work) {
    return adapter.transactions().inTransaction(work);
  }

  private OptionalLong save(Subscription subscription) {
    return in(stores -> stores.subscriptions().save(subscription, LATER, NOW));
  }

  private Optional<Subscription> find(SubscriptionRef ref) {
    return in(stores -> stores.subscriptions().find(ref));
  }

  @Test
  void of_several_of_one_tier_it_is_always_the_one_whose_period_ends_last() {
    Subscription first = lasting(30);
    Subscription longest = lasting(60);
    Subscription last = lasting(45);
    List.of(first, longest, last).forEach(this::save);
    in(stores -> stores.subscriptions().grant(user.id(), new TierId("pro"), NOW));
    for (Subscription again : List.of(first, longest, last)) {
      save(again);
      Entitlement entitlement = in(stores -> stores.subscriptions().entitlement(user.id(), NOW));
      assertThat(entitlement).isEqualTo(new Entitlement(new TierId("pro"), longest.period()));
    }
  }

  @Test
  void nobody_waits_for_deliveries_of_an_instance_whose_clock_is_ahead() {
    Instant ahead = Instant.now().plus(Duration.ofMinutes(10));
    Waiting waiting = new Waiting(Waiting.For.CUSTOMER, "cus_1");
    Waiting other = new Waiting(Waiting.For.CUSTOMER, "cus_2");
    List<Consumer<Delivered>> writers =
        List.of(
            delivered -> {},
            delivered -> run(inbox -> inbox.retry(delivered.id(), "no luck", ahead, Duration.ZERO)),
            delivered -> run(inbox -> inbox.park(delivered.id(), other, ahead, Duration.ZERO)),
            delivered -> {
              run(inbox -> inbox.park(delivered.id(), waiting, NOW, Duration.ofDays(999)));
              run(inbox -> inbox.release(delivered.provider(), waiting, ahead));
            },
            delivered -> {
              run(inbox -> inbox.bury(delivered.id(), "no luck", ahead));
              run(inbox -> inbox.replay(delivered.id(), ahead));
            });
    for (Consumer<Delivered> writer : writers) {
      Delivered delivered = BillingFixtures.aDelivery();
      run(inbox -> inbox.store(delivered, ahead, Duration.ZERO));
      writer.accept(delivered);
      List<PaymentProviderName> providers = List.of(delivered.provider());
      Instant now = Instant.now().plusSeconds(30); // the database's clock is this machine's
      assertThat(taken(now, providers)).containsExactly(delivered.id());
      assertThat(taken(ahead, providers))
          .as("it is leased, and not to be had early by who is ahead")
          .isEmpty();
    }
  }

  private List<WebhookId> taken(Instant now, List<PaymentProviderName> providers) {
    List<Entry> entries =
        in(stores -> stores.webhooks().take(now, Duration.ofMinutes(1), providers, 9));
    return entries.stream().map(Entry::id).toList();
  }

  private void run(Consumer<WebhookInbox> work) {
    in(
        stores -> {
          work.accept(stores.webhooks());
          return true;
        });
  }

  private Subscription lasting(int days) {
    Instant end = NOW.plus(Duration.ofDays(days));
    return BillingFixtures.withTerm(
        BillingFixtures.aSubscription(user.id()), Term.of(Optional.of(NOW), Optional.of(end)));
  }

  @Test
  void a_provider_that_repeats_itself_does_not_touch_the_user() {
    Subscription one = BillingFixtures.aSubscription(user.id());
    save(one);
    String before = TestServer.ask(database, "select xmin::text || ctid from users");
    assertThat(save(BillingFixtures.withStatus(one, StripeStatus.PAST_DUE))).isEmpty();
    assertThat(TestServer.ask(database, "select xmin::text || ctid from users")).isEqualTo(before);
    assertThat(save(BillingFixtures.withTier(one, "enterprise"))).isPresent();
    assertThat(TestServer.ask(database, "select xmin::text || ctid from users"))
        .isNotEqualTo(before);
  }

  private static final String WAITING =
      "select count(*) = 1 from pg_locks where not granted and locktype = '%s'";

  @Test
  void who_wants_what_is_not_there_yet_waits_for_who_adds_it() throws Exception {
    waitsFor(BillingFixtures.aSubscription(user.id()), WAITING.formatted("advisory"));
  }

  @Test
  void who_wants_what_is_there_waits_for_who_changes_it() throws Exception {
    Subscription one = BillingFixtures.aSubscription(user.id());
    save(one);
    waitsFor(BillingFixtures.withTier(one, "enterprise"), WAITING.formatted("transactionid"));
  }

  private void waitsFor(Subscription next, String isWaiting) throws Exception {
    FutureTask<Optional<Subscription>> other =
        new FutureTask<>(() -> in(stores -> stores.subscriptions().lock(next.ref())));
    in(
        stores -> {
          stores.subscriptions().lock(next.ref());
          Thread.ofVirtual().start(other);
          awaitTrue(isWaiting);
          return stores.subscriptions().save(next, LATER, NOW);
        });
    assertThat(other.get(60, TimeUnit.SECONDS)).contains(next);
  }

  private void awaitTrue(String question) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!TestServer.ask(database, question).equals("t")) {
      assertThat(System.nanoTime() - end).as(question).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void members_may_be_missing_that_say_nothing() {
    Subscription one = BillingFixtures.aSubscription(user.id());
    save(one);
    TestServer.execute(
        database,
        "update user_subscriptions set state = jsonb_build_object("
            + "'provider', state->'provider', 'id', state->'id', 'user', state->'user',"
            + " 'tier', state->'tier', 'interval', state->'interval', 'of_later', 1,"
            + " 'snapshot', jsonb_build_object('customer', 'c', 'status_of', 'stripe',"
            + " 'status', 'active'))");
    Subscription read = find(one.ref()).orElseThrow();
    assertThat(read.status()).isEqualTo(StripeStatus.ACTIVE);
    assertThat(read.snapshot().term()).isEqualTo(Term.unknown());
    assertThat(read.known()).isEqualTo(new Known.Ranked());
    assertThat(read.payments()).isEqualTo(Payments.none());
  }

  @Test
  void what_this_version_cannot_read_is_a_failure_that_says_so_and_nothing_else() {
    Subscription one = BillingFixtures.aFullSubscription(user.id());
    for (String change :
        List.of(
            "jsonb_set(state, '{snapshot, status}', '\"frozen-secret\"')",
            "jsonb_set(state, '{snapshot, status_of}', '\"frozen-secret\"')",
            "jsonb_set(state, '{interval}', '\"frozen-secret\"')",
            "jsonb_set(state, '{user}', '\"frozen-secret\"')",
            "jsonb_set(state, '{known, second}', '\"frozen-secret\"')",
            "jsonb_set(state, '{payments, failure, pay_at}', '\"frozen secret\"')",
            "state - 'snapshot'")) {
      save(one);
      TestServer.execute(database, "update user_subscriptions set state = " + change);
      assertThatThrownBy(() -> find(one.ref()))
          .as(change)
          .isInstanceOf(PortFailureException.class)
          .hasMessageContaining("cannot read")
          .hasMessageNotContaining("secret")
          .hasNoCause();
    }
  }
}
