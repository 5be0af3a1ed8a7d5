package io.contentcrew.adapters.llmhttp;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a model's servers are reached, and for how long one puts up with them.
 *
 * @param baseUrls one server or several that are equal in rights; http or https, a path is kept, no
 *     user, query or fragment, no link-local address
 * @param parallel calls that one server gets at once, 1 to 100,000; the others wait here, in order,
 *     and are told how many are before them
 * @param breakerPause how long a server that failed is left alone before it is tried again
 */
public record LlmHttpConfig(
    List<URI> baseUrls,
    int parallel,
    Timeouts timeouts,
    Retries retries,
    Duration breakerPause,
    Limits limits,
    Pacing pacing) {

  /**
   * The four timers.
   *
   * @param connect to get a connection
   * @param firstToken from the request to the first token: holds the loading of the model, the
   *     server's own queue, and the reading of the prompt
   * @param tokenGap from one token to the next
   * @param total for a call with all its tries; waiting for a place at the server does not count
   */
  public record Timeouts(Duration connect, Duration firstToken, Duration tokenGap, Duration total) {
    /** 5 seconds, 5 minutes, 1 minute and 15 minutes. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15));

    public Timeouts {
      positive(connect, "connect");
      positive(firstToken, "first token");
      positive(tokenGap, "token gap");
      positive(total, "total");
    }
  }

  /**
   * What is done about a server that fails before its first token. After the first token nothing is
   * tried again, for the reader has seen it.
   *
   * @param tries in all, 1 to 10
   * @param backoff the longest pause before the second try; doubled for each further one, and drawn
   *     at random below that
   * @param budget all pauses of a call together; a server that asks for more by {@code Retry-After}
   *     is not waited for
   */
  public record Retries(int tries, Duration backoff, Duration budget) {
    /** 3 tries, half a second, half a minute. */
    public static final Retries DEFAULT =
        new Retries(3, Duration.ofMillis(500), Duration.ofSeconds(30));

    public Retries {
      if (tries < 1 || tries > 10) {
        throw new IllegalArgumentException("a call has 1 to 10 tries, not " + tries);
      }
      notNegative(backoff, "retry backoff");
      notNegative(budget, "retry budget");
    }
  }

  /**
   * What is more than any sensible answer.
   *
   * @param lineBytes of one line of the answer as it comes
   * @param answerBytes of the text of the whole answer
   */
  public record Limits(int lineBytes, int answerBytes) {
    /** 8 MiB, as Ollama's own client, and 2 MiB. */
    public static final Limits DEFAULT = new Limits(8 << 20, 2 << 20);

    public Limits {
      if (lineBytes < 1_024 || answerBytes < 1_024) {
        throw new IllegalArgumentException("the limits of an answer are 1,024 bytes at least");
      }
    }
  }

  /**
   * Spaces the reads when many answers stream at once, so that several tokens travel together: the
   * pause between two reads of one stream is {@code step} times the number of streams, at most
   * {@code maxPause}, and none as long as that is below a millisecond.
   */
  public record Pacing(Duration step, Duration maxPause) {
    /** 80 microseconds a stream, 80 milliseconds at most. */
    public static final Pacing DEFAULT =
        new Pacing(Duration.ofNanos(80_000), Duration.ofMillis(80));

    /** Every token at once, whatever it costs. */
    public static final Pacing OFF = new Pacing(Duration.ZERO, Duration.ZERO);

    public Pacing {
      notNegative(step, "read step");
      notNegative(maxPause, "read pause");
      if (maxPause.toMillis() > 1_000) {
        throw new IllegalArgumentException(
            "reads are at most a second apart, not " + maxPause + ": readers would notice");
      }
    }
  }

  public LlmHttpConfig {
    baseUrls = baseUrls.stream().map(BaseUrls::check).distinct().toList();
    if (baseUrls.isEmpty()) {
      throw new IllegalArgumentException("a model's server needs at least one address");
    }
    if (parallel < 1 || parallel > 100_000) {
      throw new IllegalArgumentException(
          "a server gets 1 to 100,000 calls at once, not " + parallel);
    }
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(retries, "retries");
    positive(breakerPause, "breaker pause");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(pacing, "pacing");
  }

  /**
   * The defaults for these servers: one call at a time, and else as the parts say.
   *
   * @param baseUrls addresses with commas between them
   */
  public static LlmHttpConfig of(String baseUrls) {
    return new LlmHttpConfig(
        BaseUrls.parse(baseUrls),
        1,
        Timeouts.DEFAULT,
        Retries.DEFAULT,
        Duration.ofSeconds(2),
        Limits.DEFAULT,
        Pacing.DEFAULT);
  }

  /** A copy for other servers. */
  public LlmHttpConfig withBaseUrls(List<URI> changed) {
    return new LlmHttpConfig(changed, parallel, timeouts, retries, breakerPause, limits, pacing);
  }

  /** A copy that gives each server so many calls at once. */
  public LlmHttpConfig withParallel(int changed) {
    return new LlmHttpConfig(baseUrls, changed, timeouts, retries, breakerPause, limits, pacing);
  }

  /** A copy with other timers. */
  public LlmHttpConfig withTimeouts(Timeouts changed) {
    return new LlmHttpConfig(baseUrls, parallel, changed, retries, breakerPause, limits, pacing);
  }

  /** A copy that tries otherwise. */
  public LlmHttpConfig withRetries(Retries changed) {
    return new LlmHttpConfig(baseUrls, parallel, timeouts, changed, breakerPause, limits, pacing);
  }

  /** A copy that leaves a failed server alone for so long. */
  public LlmHttpConfig withBreakerPause(Duration changed) {
    return new LlmHttpConfig(baseUrls, parallel, timeouts, retries, changed, limits, pacing);
  }

  /** A copy with other limits. */
  public LlmHttpConfig withLimits(Limits changed) {
    return new LlmHttpConfig(baseUrls, parallel, timeouts, retries, breakerPause, changed, pacing);
  }

  /** A copy that spaces its reads otherwise. */
  public LlmHttpConfig withPacing(Pacing changed) {
    return new LlmHttpConfig(baseUrls, parallel, timeouts, retries, breakerPause, limits, changed);
  }

  private static void positive(Duration duration, String what) {
    if (duration.isZero() || duration.isNegative() || duration.toDays() > 7) {
      throw new IllegalArgumentException(
          "the " + what + " time is more than zero and at most 7 days, not " + duration);
    }
  }

  private static void notNegative(Duration duration, String what) {
    if (duration.isNegative() || duration.toDays() > 7) {
      throw new IllegalArgumentException(
          "the " + what + " is zero or more and at most 7 days, not " + duration);
    }
  }
}
