package io.contentcrew.adapters.llmhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Limits;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Pacing;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Retries;
import io.contentcrew.adapters.llmhttp.LlmHttpConfig.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmHttpConfigTest {
  @Test
  void addresses_come_in_a_list_with_commas() {
    assertThat(LlmHttpConfig.of(" http://a:11434/ , HTTPS://b/ollama/,,http://a:11434").baseUrls())
        .containsExactly(URI.create("http://a:11434"), URI.create("HTTPS://b/ollama"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        "localhost:11434",
        "ftp://host",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://ho st",
        "http://host?key=1",
        "http://host#part",
        "http://user:secret@host"
      })
  void what_is_no_address_of_a_server_is_refused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LlmHttpConfig.of(url))
        .withMessageContaining("address")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254",
        "http://169.254.0.1:80/latest",
        "http://[fe80::1]:11434",
        "http://[::ffff:169.254.169.254]"
      })
  void link_local_addresses_are_refused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LlmHttpConfig.of(url))
        .withMessageContaining("link-local");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:11434",
        "http://[::1]:11434",
        "http://10.0.0.5",
        "http://host.docker.internal:11434",
        "https://api.openai.com/v1"
      })
  void usual_addresses_are_taken(String url) {
    assertThat(LlmHttpConfig.of(url).baseUrls()).containsExactly(URI.create(url));
  }

  @Test
  void a_list_that_is_given_as_such_is_checked_too() {
    LlmHttpConfig config = LlmHttpConfig.of("http://a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withBaseUrls(List.of(URI.create("http://169.254.169.254"))));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withBaseUrls(List.of()));
  }

  @Test
  void numbers_out_of_bounds_are_refused() {
    LlmHttpConfig config = LlmHttpConfig.of("http://a");
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException().isThrownBy(() -> config.withParallel(0));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withParallel(100_001));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withBreakerPause(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(second, Duration.ZERO, second, second))
        .withMessageContaining("first token");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(second, second, second, Duration.ofDays(8)))
        .withMessageContaining("total");
    assertThatIllegalArgumentException().isThrownBy(() -> new Retries(0, second, second));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retries(3, second.negated(), second))
        .withMessageContaining("backoff");
    assertThatIllegalArgumentException().isThrownBy(() -> new Limits(10, 1 << 20));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pacing(second, Duration.ofSeconds(2)))
        .withMessageContaining("a second");
  }

  @Test
  void a_copy_differs_in_one_thing() {
    LlmHttpConfig config = LlmHttpConfig.of("http://a");
    assertThat(config.withParallel(7).withPacing(Pacing.OFF))
        .isEqualTo(
            new LlmHttpConfig(
                config.baseUrls(),
                7,
                config.timeouts(),
                config.retries(),
                config.breakerPause(),
                config.limits(),
                Pacing.OFF));
  }
}
