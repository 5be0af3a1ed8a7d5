package io.contentcrew.adapters.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeConfigTest {
  private final StripeConfig config = StripeConfig.of(Secret.of("whsec_x"));

  @Test
  void the_usual_numbers_are_documented_ones() {
    assertThat(config.api()).isEqualTo(URI.create("https://api.stripe.com"));
    assertThat(config.apiVersion()).isEqualTo("2026-07-29.dahlia");
    assertThat(config.tolerance()).isEqualTo(Duration.ofSeconds(300));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.retries()).isEqualTo(2);
    assertThat(config.apiKey()).isEmpty();
    assertThat(StripeConfig.of(List.of()).webhookSecrets()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "whsec_x\n", "whsec x", "whsec_é", "sk_test_x", "rk_live_x", "pk_live_x"})
  void a_secret_that_cannot_be_one_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> StripeConfig.of(Secret.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("webhook secret")
        .hasMessageNotContainingAny("whsec_x", "test_x", "live_x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk_test_x\n", "sk test", "pk_test_x", "whsec_x"})
  void a_key_that_cannot_be_one_is_refused_and_not_repeated(String text) {
    assertThatThrownBy(() -> config.withApiKey(Secret.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("API key")
        .hasMessageNotContainingAny("test_x", "whsec_x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.stripe.com",
        "https://user:word@api.stripe.com",
        "https://api.stripe.com?a=b",
        "https://api.stripe.com#a",
        "ftp://127.0.0.1",
        "mailto:a@b",
        "https://api.stripe.com:99999",
        "/v1"
      })
  void the_key_travels_only_where_nobody_listens(String address) {
    assertThatThrownBy(() -> config.withApi(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address")
        .hasMessageNotContaining("word");
  }

  @Test
  void an_address_needs_no_slash_at_its_end() {
    assertThat(config.withApi(URI.create("http://127.0.0.1:1/")).api())
        .isEqualTo(URI.create("http://127.0.0.1:1"));
  }

  @Test
  void numbers_are_within_reason() {
    assertThatThrownBy(() -> config.withTolerance(Duration.ZERO)).hasMessageContaining("tolerance");
    assertThatThrownBy(() -> config.withTolerance(Duration.ofDays(1)))
        .hasMessageContaining("tolerance");
    assertThatThrownBy(() -> config.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> config.withRetries(-1, Duration.ZERO)).hasMessageContaining("-1");
    assertThatThrownBy(() -> config.withRetries(6, Duration.ZERO)).hasMessageContaining("6");
    assertThatThrownBy(() -> config.withRetries(1, Duration.ofHours(1)))
        .hasMessageContaining("pause");
    assertThatThrownBy(() -> config.withAnswerBytes(1)).hasMessageContaining("bytes");
    assertThatThrownBy(() -> config.withApiVersion("latest")).hasMessageContaining("version");
    assertThatThrownBy(() -> StripeConfig.of(Collections.nCopies(17, Secret.of("whsec_x"))))
        .hasMessageContaining("16");
  }

  @Test
  void it_shows_no_secret() {
    assertThat(config.withApiKey(Secret.of("sk_test_hidden")).toString())
        .doesNotContain("whsec_x", "hidden\"", "sk_test");
  }
}
