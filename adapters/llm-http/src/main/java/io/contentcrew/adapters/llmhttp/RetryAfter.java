package io.contentcrew.adapters.llmhttp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header by which a server says when it wants to be asked again: seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** The time it means; empty when it is missing or means nothing. */
  static Optional<Duration> parse(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String value = header.strip();
    if (value.matches("[0-9]{1,9}(\\.[0-9]+)?")) { // some servers send fractions
      return Optional.of(Duration.ofMillis((long) (Double.parseDouble(value) * 1_000)));
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(at.isBefore(now) ? Duration.ZERO : Duration.between(now, at));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
