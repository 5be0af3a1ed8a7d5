package io.contentcrew.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Storage;
import org.junit.jupiter.api.Test;

/** What every {@link Storage} keeps to. */
public abstract class StorageContract extends StorageHarness {
  /** For subclasses. */
  protected StorageContract() {}

  /** A storage whose backend cannot be reached. */
  protected abstract Storage broken();

  @Test
  void a_storage_that_can_be_reached_gives_a_sign_of_life() {
    assertThatCode(() -> storage().ping()).doesNotThrowAnyException();
  }

  @Test
  void a_storage_that_cannot_be_reached_says_so() {
    Storage broken = broken();
    assertThatThrownBy(broken::ping).isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void no_work_is_done_where_the_storage_cannot_be_reached() {
    Storage broken = broken();
    assertThatThrownBy(
            () ->
                broken
                    .transactions()
                    .inTransaction(stores -> stores.users().find(Fixtures.aUserId())))
        .isInstanceOf(PortUnavailableException.class);
    assertThatThrownBy(
            () ->
                broken
                    .transactions()
                    .inRelaxedTransaction(stores -> stores.users().find(Fixtures.aUserId())))
        .isInstanceOf(PortUnavailableException.class);
  }

  @Test
  void closing_twice_does_no_more_than_closing_once() {
    storage().close();
    assertThatCode(() -> storage().close()).doesNotThrowAnyException();
  }

  @Test
  void a_closed_storage_cannot_be_reached() {
    storage().close();
    assertThatThrownBy(() -> storage().ping()).isInstanceOf(PortUnavailableException.class);
    assertThatThrownBy(() -> in(stores -> stores.users().find(Fixtures.aUserId())))
        .isInstanceOf(PortUnavailableException.class);
  }
}
