package io.contentcrew.adapters.paystack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.contentcrew.ports.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaystackConfigTest {
  private static final Secret KEY = Secret.of("sk_live_a-secret-key");

  private final PaystackConfig config = PaystackConfig.of(KEY);

  @Test
  void it_begins_with_paystack_itself_and_one_key_for_all() {
    assertThat(config.webhookKeys()).containsExactly(KEY);
    assertThat(config.apiKey()).contains(KEY);
    assertThat(config.baseUrl()).isEqualTo(URI.create("https://api.paystack.co"));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.retries()).isEqualTo(2);
    assertThat(config.retryPause()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void it_shows_no_key() {
    assertThat(config.toString()).doesNotContain("a-secret-key");
  }

  @Test
  void a_copy_differs_in_what_was_said() {
    assertThat(config.withBaseUrl(URI.create("http://localhost:9/x//")).baseUrl())
        .isEqualTo(URI.create("http://localhost:9/x"));
    assertThat(config.withRetries(0, Duration.ofMillis(5)).retries()).isZero();
    assertThat(config.withTimeouts(Duration.ofMillis(2), Duration.ofMillis(3)).timeout())
        .isEqualTo(Duration.ofMillis(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.paystack.co",
        "ftp://api.paystack.co",
        "https://user:word@api.paystack.co",
        "https://api.paystack.co?x=1",
        "https://api.paystack.co#x",
        "//api.paystack.co",
        "https://api.paystack.co:99999",
        "mailto:x@example.com"
      })
  void keys_are_sent_where_nobody_listens(String url) {
    assertThatThrownBy(() -> config.withBaseUrl(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://api.paystack.co")
        .hasMessageNotContaining("word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "sk live", "sk_live_\u00e9", "sk_live_x\n"})
  void a_key_that_cannot_be_one_is_refused_and_not_shown(String key) {
    assertThatThrownBy(() -> PaystackConfig.of(Secret.of(key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("webhook key of Paystack");
    assertThatThrownBy(() -> PaystackConfig.of(List.of(), Optional.of(Secret.of(key))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("API key of Paystack")
        .hasMessageNotContaining("sk");
  }

  @Test
  void numbers_that_make_no_sense_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertRefused(() -> config.withTimeouts(Duration.ZERO, second), "connect timeout");
    assertRefused(() -> config.withTimeouts(second, Duration.ofHours(1)), "timeout");
    assertRefused(() -> config.withRetries(-1, second), "0 to 5 times, not -1");
    assertRefused(() -> config.withRetries(6, second), "0 to 5 times, not 6");
    assertRefused(() -> config.withRetries(1, Duration.ZERO), "retry pause");
    assertRefused(
        () -> PaystackConfig.of(Collections.nCopies(11, KEY), Optional.empty()), "10 webhook");
  }

  private static void assertRefused(Runnable change, String words) {
    assertThatThrownBy(change::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
