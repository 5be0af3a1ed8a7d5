package io.contentcrew.app;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an answer says of a rate that its request was counted against: {@code X-RateLimit-Limit},
 * {@code -Remaining} and {@code -Reset} as most services have them, {@code RateLimit-Policy} and
 * {@code RateLimit} as draft-ietf-httpapi-ratelimit-headers-10 has them, and {@code Retry-After}
 * where the request was refused. Of several rates all are listed in the draft's fields; the others
 * tell the one added last.
 *
 * @param policy the rate's name, such as {@code generate}
 * @param limit so many requests are allowed in each window
 * @param remaining so many are left now
 * @param resetAfter until all of them are there again
 * @param retryAfter until the next one is, if none was left for this request
 */
record RateLimitHeaders(
    String policy,
    long limit,
    Duration window,
    long remaining,
    Duration resetAfter,
    Optional<Duration> retryAfter) {
  private static final HeaderName LIMIT = HeaderNames.create("X-RateLimit-Limit");
  private static final HeaderName REMAINING = HeaderNames.create("X-RateLimit-Remaining");
  private static final HeaderName RESET = HeaderNames.create("X-RateLimit-Reset");
  private static final HeaderName DRAFT_POLICY = HeaderNames.create("RateLimit-Policy");
  private static final HeaderName DRAFT_STATE = HeaderNames.create("RateLimit");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

  RateLimitHeaders {
    if (!NAME.matcher(policy).matches()) { // it goes into a quoted text as it is
      throw new IllegalArgumentException("a policy's name is of small letters: " + policy);
    }
    if (limit < 0 || remaining < 0 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("a rate has no negative numbers, and a window");
    }
  }

  /** Adds the headers to an answer. */
  void addTo(ServerResponseHeaders headers) {
    headers.set(LIMIT, String.valueOf(limit));
    headers.set(REMAINING, String.valueOf(remaining));
    headers.set(RESET, String.valueOf(seconds(resetAfter)));
    headers.add(DRAFT_POLICY, "\"" + policy + "\";q=" + limit + ";w=" + seconds(window));
    headers.add(DRAFT_STATE, "\"" + policy + "\";r=" + remaining + ";t=" + untilMore());
    retryAfter.ifPresent(
        time -> headers.set(HeaderNames.RETRY_AFTER, String.valueOf(Math.max(1, seconds(time)))));
  }

  /**
   * In the draft {@code t} ends when there is more, at the latest; Retry-After never ends before.
   */
  private long untilMore() {
    return retryAfter.map(time -> Math.max(1, seconds(time))).orElseGet(() -> seconds(resetAfter));
  }

  /** Rounded up: who waits so long does not come too early. */
  private static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }
}
