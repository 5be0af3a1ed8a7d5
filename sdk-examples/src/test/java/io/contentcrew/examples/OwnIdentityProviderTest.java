package io.contentcrew.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnIdentityProviderTest {
  @Test
  void who_comes_back_is_known() throws Exception {
    assertThat(Printed.by(() -> OwnIdentityProvider.main(new String[0])).lines())
        .containsExactly("Welcome, Ada", "Welcome back, Ada");
  }
}
