package io.contentcrew.adapters.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.Secret;
import io.contentcrew.ports.user.PasswordHash;
import io.contentcrew.ports.user.PasswordHasher.Verdict;
import io.contentcrew.testkit.TestClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecurityAdapterTest {
  private static final String SALT = "cvCFvAT199bskxf6ipPwtu";
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
  void hashes_of_the_old_system_count_until_their_time_and_not_a_moment_longer() {
    PasswordHash legacy =
        new PasswordHash(
            "$2b$04$" + SALT + BcryptSha256.bcrypt(4, SALT, "password".getBytes(US_ASCII)));
    Instant until = Instant.parse("2027-03-01T00:00:00Z");
    TestClock clock = new TestClock(until.minusNanos(1));
    try (SecurityAdapter adapter =
            SecurityAdapter.open(CONFIG.withLegacyHashesUntil(until), clock);
        SecurityAdapter never = SecurityAdapter.open(CONFIG, clock)) {
      assertThat(adapter.passwordHasher().verify("password", legacy))
          .isEqualTo(Verdict.MATCH_OUTDATED);
      assertThat(never.passwordHasher().verify("password", legacy)).isEqualTo(Verdict.MISMATCH);
      clock.set(until);
      assertThat(adapter.passwordHasher().verify("password", legacy)).isEqualTo(Verdict.MISMATCH);
    }
  }

  @Test
  void a_time_until_which_they_count_needs_a_clock() {
    SecurityConfig config = CONFIG.withLegacyHashesUntil(Instant.EPOCH);

    assertThatThrownBy(() -> SecurityAdapter.open(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clock");
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
