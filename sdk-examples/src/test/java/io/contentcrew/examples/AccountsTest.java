package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccountsTest {
  @Test
  void a_user_signs_up_and_in_makes_a_key_and_leaves() throws Exception {
    assertThat(Printed.by(() -> Accounts.main(new String[0])).lines())
        .containsExactly(
            "Registered Ada.",
            "The token is Ada's.",
            "A program may read: true",
            "A program may write: false",
            "Afterwards the token opens: Unknown[]");
  }
}
