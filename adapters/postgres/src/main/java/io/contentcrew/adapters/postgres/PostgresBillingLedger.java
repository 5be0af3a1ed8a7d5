package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.Money;
import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.BillingLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

final class PostgresBillingLedger implements BillingLedger {
  private static final String ADD =
      """
      insert into billing_ledger (provider, kind, reference, user_id, amount, currency, state, at)
      values (:provider, :kind, :reference, :user, :amount, :currency, :state, :at)
      on conflict do nothing
      """;
  static final String LIST =
      """
      select provider, kind, reference, user_id, amount, currency, state, at from billing_ledger
      where user_id = :user
      order by at desc, provider, kind, reference
      """;

  private final Tx tx;

  PostgresBillingLedger(Tx tx) {
    this.tx = tx;
  }

  @Override
  public boolean add(Row row) {
    return tx.update(
            ADD,
            values ->
                values
                    .text("provider", row.provider().value())
                    .text("kind", row.kind().name())
                    .text("reference", row.reference())
                    .uuid("user", row.user().map(UserId::value))
                    .number("amount", row.amount().map(Money::minor).orElse(null))
                    .text("currency", row.amount().map(money -> money.currency().getCurrencyCode()))
                    .text("state", row.state())
                    .time("at", row.at()))
        == 1;
  }

  @Override
  public List<Row> list(UserId user) {
    return tx.list(
        LIST, values -> values.uuid("user", user.value()), PostgresBillingLedger::ledgerRow);
  }

  private static Row ledgerRow(ResultSet row) throws SQLException {
    return new Row(
        new PaymentProviderName(row.getString("provider")),
        Names.billing(row.getString("kind")),
        row.getString("reference"),
        Values.maybeUuid(row, "user_id").map(UserId::new),
        money(row),
        row.getString("state"),
        Values.time(row, "at"));
  }

  private static Optional<Money> money(ResultSet row) throws SQLException {
    Optional<String> currency = Values.maybeText(row, "currency");
    return currency.isEmpty()
        ? Optional.empty()
        : Optional.of(new Money(Currency.getInstance(currency.get()), row.getLong("amount")));
  }
}
