package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.domain.subscription.PaymentProviderName;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.subscription.Customers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Customers} keeps to. */
public abstract class CustomersContract extends StorageHarness {
  private static final PaymentProviderName STRIPE = PaymentProviderName.STRIPE;
  private static final PaymentProviderName PAYSTACK = PaymentProviderName.PAYSTACK;

  private final String customer = BillingFixtures.aCustomer();

  /** For subclasses. */
  protected CustomersContract() {}

  private boolean link(PaymentProviderName provider, String name, UserId user) {
    return in(stores -> stores.customers().link(provider, name, user, clock.instant()));
  }

  private Optional<UserId> find(PaymentProviderName provider, String name) {
    return in(stores -> stores.customers().find(provider, name));
  }

  private Optional<String> of(PaymentProviderName provider, UserId user) {
    return in(stores -> stores.customers().of(provider, user));
  }

  @Test
  void a_customer_is_known_once_it_was_said_who_it_is() {
    UserId user = givenUser().id();
    assertThat(find(STRIPE, customer)).isEmpty();
    assertThat(of(STRIPE, user)).isEmpty();
    assertThat(link(STRIPE, customer, user)).isTrue();
    assertThat(find(STRIPE, customer)).contains(user);
    assertThat(of(STRIPE, user)).contains(customer);
  }

  @Test
  void saying_it_again_changes_nothing_and_is_not_new() {
    UserId user = givenUser().id();
    link(STRIPE, customer, user);
    assertThat(link(STRIPE, customer, user)).isFalse();
    assertThat(find(STRIPE, customer)).contains(user);
  }

  @Test
  void a_customer_never_becomes_somebody_else() {
    UserId user = givenUser().id();
    UserId other = givenUser().id();
    link(STRIPE, customer, user);
    assertThat(link(STRIPE, customer, other)).isFalse();
    assertThat(find(STRIPE, customer)).contains(user);
    assertThat(of(STRIPE, other)).isEmpty();
  }

  @Test
  void who_has_deleted_the_account_makes_room_for_whoever_comes_under_that_name() {
    UserId user = givenUser().id();
    UserId other = givenUser().id();
    link(STRIPE, customer, user);
    run(stores -> stores.users().delete(user, clock.instant().plus(Duration.ofDays(30))));
    assertThat(find(STRIPE, customer)).contains(user);
    assertThat(link(STRIPE, customer, other)).isTrue();
    assertThat(find(STRIPE, customer)).contains(other);
    assertThat(of(STRIPE, user)).isEmpty();
  }

  @Test
  void whom_the_provider_does_not_know_any_more_is_forgotten() {
    UserId user = givenUser().id();
    link(STRIPE, customer, user);
    link(PAYSTACK, customer, user);
    run(stores -> stores.customers().unlink(STRIPE, customer));
    run(stores -> stores.customers().unlink(STRIPE, "never heard of"));
    assertThat(find(STRIPE, customer)).isEmpty();
    assertThat(of(STRIPE, user)).isEmpty();
    assertThat(of(PAYSTACK, user)).contains(customer);
  }

  @Test
  void of_users_that_race_for_a_customer_one_is_it() {
    for (int round = 0; round < 5; round++) {
      String name = BillingFixtures.aCustomer();
      List<UserId> users = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        users.add(givenUser().id());
      }
      List<Boolean> linked = Race.of(8, number -> link(STRIPE, name, users.get(number)));
      assertThat(linked).containsOnlyOnce(true);
      assertThat(find(STRIPE, name)).contains(users.get(linked.indexOf(true)));
    }
  }

  @Test
  void each_provider_has_customers_of_its_own() {
    UserId user = givenUser().id();
    UserId other = givenUser().id();
    link(STRIPE, customer, user);
    assertThat(find(PAYSTACK, customer)).isEmpty();
    assertThat(of(PAYSTACK, user)).isEmpty();
    assertThat(link(PAYSTACK, customer, other)).isTrue();
    assertThat(find(STRIPE, customer)).contains(user);
    assertThat(find(PAYSTACK, customer)).contains(other);
  }

  @Test
  void of_several_customers_a_user_is_the_one_that_was_linked_last() {
    UserId user = givenUser().id();
    List<String> names = List.of("cus_b", "cus_c", "cus_a");
    for (String name : names) {
      pass(Duration.ofSeconds(1));
      assertThat(link(STRIPE, name, user)).isTrue();
      assertThat(of(STRIPE, user)).contains(name);
    }
    for (String name : names) {
      assertThat(find(STRIPE, name)).contains(user);
    }
  }

  @Test
  void a_customer_needs_its_user() {
    UserId nobody = Fixtures.aUserId();
    assertThatThrownBy(() -> link(STRIPE, customer, nobody))
        .isInstanceOf(PortFailureException.class);
    assertThat(find(STRIPE, customer)).isEmpty();
  }
}
