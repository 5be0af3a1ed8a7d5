package io.contentcrew.adapters.memory;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.AccountState;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.subscription.Customers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class MemoryCustomers implements Customers {
  private final Table<Customer, UserId> owners;
  private final Table<UserId, List<Linked>> linked;
  private final MemoryUsers users;

  /** A customer of a provider. */
  record Customer(PaymentProviderName provider, String name) {}

  private record Linked(Customer customer, Instant at) {}

  MemoryCustomers(Turn turn, MemoryUsers users) {
    owners = new Table<>(turn);
    linked = new Table<>(turn);
    this.users = users;
  }

  @Override
  public boolean link(PaymentProviderName provider, String customer, UserId user, Instant now) {
    Customer known = new Customer(provider, customer);
    users.require(user);
    Optional<UserId> owner = owners.get(known);
    if (owner.isPresent() && !hasLeft(owner.get())) {
      return false;
    }
    unlink(provider, customer);
    owners.put(known, user);
    List<Linked> more = new ArrayList<>(linked.get(user, List.of()));
    more.add(new Linked(known, now));
    linked.put(user, List.copyOf(more));
    return true;
  }

  private boolean hasLeft(UserId owner) {
    return users
        .account(owner)
        .map(account -> account.state() == AccountState.DELETED)
        .orElse(true);
  }

  @Override
  public void unlink(PaymentProviderName provider, String customer) {
    Customer gone = new Customer(provider, customer);
    owners
        .remove(gone)
        .ifPresent(
            owner ->
                linked.put(
                    owner,
                    linked.get(owner, List.of()).stream()
                        .filter(one -> !one.customer.equals(gone))
                        .toList()));
  }

  @Override
  public Optional<UserId> find(PaymentProviderName provider, String customer) {
    return owners.get(new Customer(provider, customer));
  }

  @Override
  public Optional<String> of(PaymentProviderName provider, UserId user) {
    return linked.get(user, List.of()).stream()
        .filter(one -> one.customer.provider.equals(provider))
        .reduce((one, other) -> other.at.isBefore(one.at) ? one : other)
        .map(one -> one.customer.name);
  }

  /** Forgets which customers the user is, and says which they were. */
  List<Customer> delete(UserId user) {
    List<Customer> gone =
        linked.remove(user).orElse(List.of()).stream().map(Linked::customer).toList();
    gone.forEach(owners::remove);
    return gone;
  }
}
