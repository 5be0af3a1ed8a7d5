package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Stripe's API. What may pass is tried again: with its idempotency key, so that what Stripe has
 * done already is not done twice.
 */
final class Api {
  /** Who is told to come back later than this is not kept waiting: the caller is told. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_RETRY = Duration.ofHours(1);
  private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

  private final StripeConfig config;
  private final Secret key;
  private final Http http;
  private final InstantSource clock;

  /**
   * An answer that is none of an error.
   *
   * @param at when at the latest it was so
   */
  record Answer(JsonNode body, Instant at) {
    @Override
    public String toString() {
      return "Answer[" + at + "]";
    }
  }

  /** What came of one exchange: an answer, or why there is none. */
  private sealed interface Result {
    record Done(Answer answer) implements Result {}

    record Failed(PortException failure, boolean again) implements Result {}
  }

  Api(StripeConfig config, Secret key, Http http, InstantSource clock) {
    this.config = config;
    this.key = key;
    this.http = http;
    this.clock = clock;
  }

  /**
   * Asks.
   *
   * @throws RefusedException if Stripe refuses
   */
  Answer ask(Question question) {
    Request request = request(question);
    for (int failures = 0; ; failures++) {
      switch (exchange(question, request)) {
        case Result.Done(Answer answer) -> {
          return answer;
        }
        case Result.Failed(PortException failure, boolean again) -> {
          if (!again || failures >= config.retries() || !paused(failure, failures)) {
            throw failure;
          }
        }
      }
    }
  }

  private Request request(Question question) {
    boolean hasBody = question.method().equals("POST");
    String query = hasBody || question.form().pairs().isEmpty() ? "" : "?" + question.form().text();
    Request.Builder request =
        new Request.Builder()
            .url(config.api() + question.path() + query)
            .header("Authorization", "Bearer " + key.reveal())
            .header("Stripe-Version", config.apiVersion())
            .header("Accept", "application/json")
            .header("Accept-Encoding", "identity") // what is counted is what comes
            .header("User-Agent", "content-creation-crew");
    question.idempotencyKey().ifPresent(name -> request.header("Idempotency-Key", name));
    return request.method(question.method(), hasBody ? body(question.form()) : null).build();
  }

  private static RequestBody body(Form form) {
    return RequestBody.create(form.text().getBytes(StandardCharsets.UTF_8), FORM);
  }

  private Result exchange(Question question, Request request) {
    Instant begun = clock.instant();
    try {
      return result(question, http.send(request), begun);
    } catch (Http.LateException e) {
      // Whoever asked has waited long enough.
      return new Result.Failed(unavailable("Stripe did not answer in time", question, e), false);
    } catch (IOException e) {
      return new Result.Failed(unavailable("Stripe did not answer", question, e), !http.isClosed());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(unavailable("interrupted while Stripe was", question, e), false);
    }
  }

  private static PortUnavailableException unavailable(
      String trouble, Question question, Exception cause) {
    return new PortUnavailableException(trouble + ", asked to " + question.what(), cause);
  }

  private static Result result(Question question, Http.Reply reply, Instant begun) {
    if (reply.status() / 100 == 2 && !reply.tooLong()) {
      return done(question, reply, begun);
    }
    Refusals error = Refusals.of(reply);
    boolean passes = reply.status() == 429 || reply.status() >= 500 || error.isLocked();
    PortException failure;
    if (passes) {
      failure =
          new PortUnavailableException(
              "Stripe has too much to do, or trouble, asked to %s (status %d%s)"
                  .formatted(
                      question.what(),
                      reply.status(),
                      error.request().map(id -> ", request " + id).orElse("")),
              null,
              retryAfter(reply).orElse(null));
    } else if (reply.status() / 100 == 4 && !reply.tooLong()) {
      failure = error.refused(question);
    } else {
      failure = nonsense(question, reply);
    }
    // Stripe knows best whether it helps, where it says so.
    boolean again =
        reply
            .header("Stripe-Should-Retry")
            .filter(word -> word.equals("true") || word.equals("false"))
            .map(Boolean::parseBoolean)
            .orElse(passes);
    return new Result.Failed(failure, again);
  }

  private static Result done(Question question, Http.Reply reply, Instant begun) {
    try {
      Instant told = date(reply).filter(date -> date.isBefore(begun)).orElse(begun);
      return new Result.Done(new Answer(Json.parse(reply.body()), told));
    } catch (NotReadableException e) {
      return new Result.Failed(nonsense(question, reply), false);
    }
  }

  private static PortFailureException nonsense(Question question, Http.Reply reply) {
    return new PortFailureException(
        "Stripe gave an answer that makes no sense, with status %d%s, asked to %s: check its address"
            .formatted(reply.status(), reply.tooLong() ? " and far too long" : "", question.what()),
        null);
  }

  /** The provider's clock counts: what it says has happened it dates with that. */
  private static Optional<Instant> date(Http.Reply reply) {
    try {
      return reply
          .header("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> retryAfter(Http.Reply reply) {
    return reply
        .header("Retry-After")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(time -> time.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : time);
  }

  /** Whether it is worth it to wait here, and nobody has interrupted. */
  private boolean paused(PortException failure, int failures) {
    Duration pause = backoff(failures);
    if (failure instanceof PortUnavailableException unavailable) {
      Duration wanted = unavailable.retryAfter().orElse(pause);
      if (wanted.compareTo(LONGEST_PAUSE) > 0) {
        return false;
      }
      pause = wanted.compareTo(pause) > 0 ? wanted : pause;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** With half of it by chance, so that all who failed together do not come back together. */
  private Duration backoff(int failures) {
    long most = Math.min(config.pause().toNanos() << failures, LONGEST_PAUSE.toNanos());
    return Duration.ofNanos(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }
}
