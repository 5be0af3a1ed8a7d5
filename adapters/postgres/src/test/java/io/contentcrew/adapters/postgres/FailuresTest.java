package io.contentcrew.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"08001", "08006", "57P01", "57P03", "57014", "53300", "53100", "25006", "25P03"})
  void what_may_pass_is_unavailable_for_a_while(String state) {
    SQLException cause = new SQLException("canary", state);
    assertThat(Failures.of(cause))
        .isInstanceOf(PortUnavailableException.class)
        .hasCause(cause)
        .hasMessageContaining(state)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "23503", "23514", "42P01", "22021", "25P02"})
  void what_will_not_pass_is_a_failure(String state) {
    SQLException cause = new SQLException("canary", state);
    assertThat(Failures.of(cause))
        .isInstanceOf(PortFailureException.class)
        .hasCause(cause)
        .hasMessageContaining(state)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void a_clash_is_known(String state) {
    assertThat(Failures.of(new SQLException("", state))).isInstanceOf(Failures.Clash.class);
  }

  @Test
  void a_pool_without_a_connection_is_unavailable_whatever_it_met() {
    assertThat(Failures.of(new SQLTransientConnectionException("no connection")))
        .isInstanceOf(PortUnavailableException.class);
    SQLException met = new SQLException("", "08001");
    assertThat(Failures.of(new SQLTransientConnectionException("no connection", met)))
        .isInstanceOf(PortUnavailableException.class)
        .hasMessageContaining("08001");
  }

  @Test
  void jdbis_own_exceptions_stay_inside() {
    SQLException cause = new SQLException("", "08006");
    assertThat(Failures.of(new ConnectionException(cause)))
        .isInstanceOf(PortUnavailableException.class)
        .hasCause(cause);
  }
}
