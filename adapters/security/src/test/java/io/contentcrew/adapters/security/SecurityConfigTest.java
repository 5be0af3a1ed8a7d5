package io.contentcrew.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityConfigTest {
  private static final Secret KEY = Secret.of("x".repeat(31) + "y");
  private static final SecurityConfig CONFIG = SecurityConfig.of(KEY);

  @Test
  void the_defaults_are_those_it_documents() {
    assertThat(CONFIG)
        .isEqualTo(
            new SecurityConfig(
                KEY,
                List.of(),
                "contentcrew",
                "contentcrew",
                Duration.ofDays(7),
                12,
                Runtime.getRuntime().availableProcessors(),
                64,
                Optional.empty()));
  }

  @Test
  void each_copy_changes_what_it_says() {
    Secret old = Secret.of("z".repeat(32));
    SecurityConfig changed =
        CONFIG
            .withPreviousKeys(List.of(old))
            .withIssuer("i")
            .withAudience("a")
            .withTokenLife(Duration.ofMinutes(1))
            .withBcryptCost(10)
            .withHashing(3, 4)
            .withLegacyHashesUntil(Instant.EPOCH);

    assertThat(changed)
        .isEqualTo(
            new SecurityConfig(
                KEY,
                List.of(old),
                "i",
                "a",
                Duration.ofMinutes(1),
                10,
                3,
                4,
                Optional.of(Instant.EPOCH)));
  }

  @Test
  void a_key_of_fewer_than_32_bytes_is_refused_without_being_shown() {
    Secret shortKey = Secret.of("0123456789abcdef0123456789abcde");

    assertThatThrownBy(() -> SecurityConfig.of(shortKey))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes")
        .hasMessageContaining("32")
        .hasMessageNotContaining("01234");
    assertThatThrownBy(() -> CONFIG.withPreviousKeys(List.of(KEY, Secret.of(""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("previous");
  }

  @Test
  void a_key_is_measured_in_bytes() {
    assertThat(SecurityConfig.of(Secret.of("\u00E9".repeat(16))).signingKey()).isNotNull();
  }

  @Test
  void names_that_would_need_escapes_are_refused() {
    for (String name :
        new String[] {"", " ", "a b", "a\"b", "a\\b", "a\nb", "\u00E9", "x".repeat(201)}) {
      assertThatThrownBy(() -> CONFIG.withIssuer(name)).hasMessageContaining("issuer");
      assertThatThrownBy(() -> CONFIG.withAudience(name)).hasMessageContaining("audience");
    }
    assertThat(CONFIG.withIssuer("https://api.example.com/v1?x=%20~").issuer()).isNotEmpty();
  }

  @Test
  void values_out_of_range_are_refused() {
    for (Duration life :
        new Duration[] {
          Duration.ZERO, Duration.ofSeconds(59), Duration.ofDays(401), Duration.ofMillis(90_001)
        }) {
      assertThatThrownBy(() -> CONFIG.withTokenLife(life)).hasMessageContaining("PT1M");
    }
    assertThatThrownBy(() -> CONFIG.withBcryptCost(3)).hasMessageContaining("4 to 15, not 3");
    assertThatThrownBy(() -> CONFIG.withBcryptCost(16)).hasMessageContaining("4 to 15, not 16");
    assertThatThrownBy(() -> CONFIG.withHashing(0, 1)).hasMessageContaining("threads");
    assertThatThrownBy(() -> CONFIG.withHashing(1, 0)).hasMessageContaining("wait");
  }

  @Test
  void it_does_not_show_its_keys() {
    assertThat(CONFIG.withPreviousKeys(List.of(Secret.of("z".repeat(32)))).toString())
        .doesNotContain("xxxx", "zzzz");
  }
}
