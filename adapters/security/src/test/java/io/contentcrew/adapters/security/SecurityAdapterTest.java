package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import org.junit.jupiter.api.Test;

class SecurityAdapterTest {
  private static final SecurityConfig CONFIG =
      SecurityConfig.of(Secret.of("k".repeat(32))).withBcryptCost(4);

  @Test
  void it_hashes_at_the_configured_cost() {
    try (SecurityAdapter cheap = SecurityAdapter.open(CONFIG);
        SecurityAdapter dear = SecurityAdapter.open(CONFIG.withBcryptCost(6))) {
      PasswordHash hash = cheap.passwordHasher().hash("password");

      assertThat(hash.value()).contains("r=4");
      assertThat(dear.passwordHasher().verify("password", hash)).isEqualTo(Verdict.MATCH_OUTDATED);
    }
  }

  @Test
  void closed_it_hashes_no_more() {
    SecurityAdapter adapter = SecurityAdapter.open(CONFIG);
    adapter.close();
    adapter.close();

    assertThatThrownBy(() -> adapter.passwordHasher().hash("x"))
        .isInstanceOf(IllegalStateException.class);
  }
}
