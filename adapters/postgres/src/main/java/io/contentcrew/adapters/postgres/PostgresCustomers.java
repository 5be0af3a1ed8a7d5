package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Customers;
import java.time.Instant;
import java.util.Optional;

final class PostgresCustomers implements Customers {
  private static final String LINK =
      """
      insert into payment_customers (provider, customer, user_id, linked_at)
      values (:provider, :customer, :user, :now)
      on conflict (provider, customer) do update set
        user_id = excluded.user_id, linked_at = excluded.linked_at
      where exists (
        select from users u where u.id = payment_customers.user_id and u.state = 'deleted')
      """;
  private static final String UNLINK =
      "delete from payment_customers where provider = :provider and customer = :customer";
  private static final String FIND =
      "select user_id from payment_customers where provider = :provider and customer = :customer";
  static final String OF =
      """
      select customer from payment_customers
      where user_id = :user and provider = :provider
      order by linked_at desc
      limit 1
      """;

  private final Tx tx;

  PostgresCustomers(Tx tx) {
    this.tx = tx;
  }

  @Override
  public boolean link(PaymentProviderName provider, String customer, UserId user, Instant now) {
    return tx.update(
            LINK,
            values ->
                values
                    .text("provider", provider.value())
                    .text("customer", customer)
                    .uuid("user", user.value())
                    .time("now", now))
        == 1;
  }

  @Override
  public void unlink(PaymentProviderName provider, String customer) {
    tx.update(
        UNLINK, values -> values.text("provider", provider.value()).text("customer", customer));
  }

  @Override
  public Optional<UserId> find(PaymentProviderName provider, String customer) {
    return tx.first(
        FIND,
        values -> values.text("provider", provider.value()).text("customer", customer),
        row -> new UserId(Values.uuid(row, "user_id")));
  }

  @Override
  public Optional<String> of(PaymentProviderName provider, UserId user) {
    return tx.first(
        OF,
        values -> values.text("provider", provider.value()).uuid("user", user.value()),
        row -> row.getString("customer"));
  }
}
