package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitHeadersTest {
  private final ServerResponseHeaders headers = ServerResponseHeaders.create();

  private List<String> values(String name) {
    return headers.all(HeaderNames.create(name), List::of);
  }

  @Test
  void a_request_that_was_let_through_is_told_what_is_left() {
    new RateLimitHeaders(
            "generate", 10, Duration.ofMinutes(1), 7, Duration.ofMillis(17_001), Optional.empty())
        .addTo(headers);
    assertThat(values("X-RateLimit-Limit")).containsExactly("10");
    assertThat(values("X-RateLimit-Remaining")).containsExactly("7");
    assertThat(values("X-RateLimit-Reset")).containsExactly("18");
    assertThat(values("RateLimit-Policy")).containsExactly("\"generate\";q=10;w=60");
    assertThat(values("RateLimit")).containsExactly("\"generate\";r=7;t=18");
    assertThat(values("Retry-After")).isEmpty();
  }

  @Test
  void one_that_was_refused_is_told_when_to_come_back_and_never_too_early() {
    new RateLimitHeaders(
            "requests",
            60,
            Duration.ofMinutes(1),
            0,
            Duration.ofSeconds(60),
            Optional.of(Duration.ofMillis(1)))
        .addTo(headers);
    assertThat(values("Retry-After")).containsExactly("1");
    assertThat(values("RateLimit")).containsExactly("\"requests\";r=0;t=1");
    assertThat(values("X-RateLimit-Reset")).containsExactly("60");
  }

  @Test
  void several_rates_are_all_listed() {
    for (String policy : List.of("requests", "generate")) {
      new RateLimitHeaders(policy, 5, Duration.ofMinutes(1), 5, Duration.ZERO, Optional.empty())
          .addTo(headers);
    }
    assertThat(values("RateLimit")).containsExactly("\"requests\";r=5;t=0", "\"generate\";r=5;t=0");
    assertThat(values("X-RateLimit-Limit")).hasSize(1);
  }

  @Test
  void a_name_that_would_have_to_be_escaped_is_none() {
    assertThatThrownBy(
            () ->
                new RateLimitHeaders(
                    "a\"b", 1, Duration.ofMinutes(1), 1, Duration.ZERO, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
