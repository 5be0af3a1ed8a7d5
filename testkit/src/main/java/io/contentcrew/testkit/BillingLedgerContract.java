package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.BillingLedger;
import io.contentcrew.ports.subscription.BillingLedger.Kind;
import io.contentcrew.ports.subscription.BillingLedger.Row;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link BillingLedger} keeps to. */
public abstract class BillingLedgerContract extends StorageHarness {
  private static final Instant NOW = Fixtures.NOW;
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private static final PaymentProviderName PAYSTACK = PaymentProviderName.PAYSTACK;

  /** For subclasses. */
  protected BillingLedgerContract() {}

  private boolean add(Row row) {
    return in(stores -> stores.billing().add(row));
  }

  private List<Row> rows(UserId user) {
    return in(stores -> stores.billing().list(user));
  }

  private static Row row(PaymentProviderName provider, Kind kind, String reference, UserId user) {
    Optional<Money> amount = Optional.of(new Money(Currency.getInstance("NGN"), 5_000_000_000L));
    return new Row(provider, kind, reference, Optional.of(user), amount, "pending", NOW);
  }

  private static Row at(Row row, Instant at) {
    return new Row(
        row.provider(), row.kind(), row.reference(), row.user(), row.amount(), row.state(), at);
  }

  @Test
  void a_row_of_every_kind_is_listed_as_it_was_added() {
    for (Kind kind : Kind.values()) {
      UserId user = givenUser().id();
      Row row = row(STRIPE, kind, "in_\u00E4 " + user, user);
      assertThat(add(row)).isTrue();
      assertThat(rows(user)).containsExactly(row);
    }
    UserId user = givenUser().id();
    Row bare = new Row(PAYSTACK, Kind.DISPUTE, "d", Optional.of(user), Optional.empty(), "", NOW);
    assertThat(add(bare)).isTrue();
    assertThat(rows(user)).containsExactly(bare);
  }

  @Test
  void a_row_is_added_once_whatever_else_it_says() {
    UserId user = givenUser().id();
    Row row = row(STRIPE, Kind.PAID, "in_1", user);
    add(row);
    assertThat(add(row)).isFalse();
    assertThat(add(at(row(STRIPE, Kind.PAID, "in_1", givenUser().id()), NOW.plusSeconds(1))))
        .isFalse();
    assertThat(rows(user)).containsExactly(row);
  }

  @Test
  void rows_differ_by_provider_kind_and_reference() {
    UserId user = givenUser().id();
    assertThat(add(row(STRIPE, Kind.PAID, "1", user))).isTrue();
    assertThat(add(row(PAYSTACK, Kind.PAID, "1", user))).isTrue();
    assertThat(add(row(STRIPE, Kind.PAYMENT_FAILED, "1", user))).isTrue();
    assertThat(add(row(STRIPE, Kind.PAID, "2", user))).isTrue();
    assertThat(rows(user)).hasSize(4);
  }

  @Test
  void of_those_who_add_a_row_together_one_did() {
    UserId user = givenUser().id();
    for (int round = 0; round < 5; round++) {
      Row row = row(STRIPE, Kind.PAID, "round " + round, user);
      assertThat(Race.of(16, number -> add(row))).containsOnlyOnce(true);
    }
    assertThat(rows(user)).hasSize(5);
  }

  @Test
  void a_user_has_rows_of_their_own_the_latest_first() {
    UserId user = givenUser().id();
    Row second = at(BillingFixtures.aRow(user), NOW.plusSeconds(2));
    Row third = at(BillingFixtures.aRow(user), NOW.plusSeconds(1));
    Row first = at(BillingFixtures.aRow(user), NOW.plusSeconds(3));
    List.of(second, third, first).forEach(this::add);
    add(BillingFixtures.aRow(givenUser().id()));
    assertThat(rows(user)).containsExactly(first, second, third);
    assertThat(rows(Fixtures.aUserId())).isEmpty();
  }

  @Test
  void a_row_may_be_of_nobody_but_not_of_somebody_who_is_not_there() {
    Row row = BillingFixtures.aRow(Fixtures.aUserId());
    assertThatThrownBy(() -> add(row)).isInstanceOf(PortFailureException.class);
    Row ofNobody =
        new Row(
            row.provider(),
            row.kind(),
            row.reference(),
            Optional.empty(),
            row.amount(),
            row.state(),
            row.at());
    assertThat(add(ofNobody)).isTrue();
    assertThat(add(ofNobody)).isFalse();
  }

  @Test
  void a_row_stays_without_its_name_when_the_account_is_erased() {
    UserId user = givenUser().id();
    UserId other = givenUser().id();
    Row row = BillingFixtures.aRow(user);
    Row ofOther = BillingFixtures.aRow(other);
    add(row);
    add(ofOther);
    run(
        stores -> {
          stores.users().delete(user, NOW);
          stores.users().erase(user);
        });
    assertThat(rows(user)).isEmpty();
    assertThat(rows(other)).containsExactly(ofOther);
    Row again = at(row(row.provider(), row.kind(), row.reference(), other), NOW);
    assertThat(add(again)).as("it is there still").isFalse();
  }

  @Test
  void a_row_of_a_transaction_that_failed_was_never_added() {
    Row row = BillingFixtures.aRow(givenUser().id());
    assertThatThrownBy(
            () ->
                run(
                    stores -> {
                      stores.billing().add(row);
                      throw new IllegalStateException("roll back");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(add(row)).isTrue();
  }
}
