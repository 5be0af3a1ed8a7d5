package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.ports.PortException;
import io.contentcrew.ports.PortFailureException;
import io.contentcrew.ports.PortUnavailableException;
import io.contentcrew.ports.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Paystack's API. Who gets an answer from here gets yes or no; the rest is thrown. No text of
 * Paystack's is in any message: it may repeat what it was asked.
 */
final class PaystackApi {
  /** What a code of Paystack's looks like that can stand in a path. */
  static final Pattern CODE = Pattern.compile("[A-Za-z0-9_=-]{1,255}");

  private static final String AGENT = "content-creation-crew";
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Http http;
  private final Secret key;
  private final PaystackConfig config;
  private final HttpUrl base;

  PaystackApi(Http http, Secret key, PaystackConfig config) {
    this.http = http;
    this.key = key;
    this.config = config;
    this.base = HttpUrl.get(config.baseUrl().toString());
  }

  /** What happens if the same is asked twice. */
  private enum Twice {
    /** The same as if it were asked once. */
    SAME,
    /** It is refused, and the first answer is not given again. */
    REFUSED
  }

  /** Asks for {@code what}. */
  Answer get(String what, String... path) {
    return ask(what, Twice.SAME, request(path).build());
  }

  /** Has something set that may be set again. */
  Answer set(String what, JsonNode body, String... path) {
    return ask(what, Twice.SAME, request(path).post(body(body)).build());
  }

  /** Has something made that has our name, so that it is not made twice. */
  Answer make(String what, JsonNode body, String... path) {
    return ask(what, Twice.REFUSED, request(path).post(body(body)).build());
  }

  private Request.Builder request(String... path) {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    return new Request.Builder()
        .url(url.build())
        .header("Authorization", "Bearer " + key.reveal())
        .header("User-Agent", AGENT)
        .header("Accept", "application/json");
  }

  private static RequestBody body(JsonNode body) {
    return RequestBody.create(Json.bytes(body), JSON);
  }

  private Answer ask(String what, Twice twice, Request request) {
    for (int tried = 0; ; tried++) {
      try {
        return answer(what, http.send(request));
      } catch (Http.UnsentException e) {
        rest(what, tried, true, unreachable(what, e));
      } catch (IOException e) {
        rest(what, tried, twice == Twice.SAME, unreachable(what, e));
      } catch (PortUnavailableException e) {
        rest(what, tried, true, e);
      } catch (InterruptedException e) {
        throw interrupted(what, e);
      }
    }
  }

  private static PortUnavailableException unreachable(String what, IOException e) {
    return new PortUnavailableException("Paystack did not answer, asked " + what, e);
  }

  /** Waits until it may be tried again, or throws what happened. */
  private void rest(String what, int tried, boolean again, PortUnavailableException failure) {
    Duration wait = failure.retryAfter().orElseGet(() -> pause(tried));
    if (Thread.currentThread().isInterrupted()
        || !again
        || tried >= config.retries()
        || wait.compareTo(LONGEST_WAIT) > 0) {
      throw failure;
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  private static PortUnavailableException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PortUnavailableException("interrupted while Paystack was asked " + what, e);
  }

  private Duration pause(int tried) {
    Duration pause = config.retryPause().multipliedBy(1L << tried);
    Duration least = pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
    return Duration.ofNanos(
        least.toNanos() / 2 + ThreadLocalRandom.current().nextLong(least.toNanos() / 2 + 1));
  }

  private static Answer answer(String what, Http.Reply reply) {
    int status = reply.status();
    if (status >= 500 || status == 429 || status == 408) {
      throw new PortUnavailableException(
          "Paystack answered with status %d, asked %s".formatted(status, what),
          null,
          reply.retryAfter().orElse(null));
    }
    if (reply.tooLong()) {
      throw new PortFailureException(
          "Paystack answered with far too much, asked %s: check its address".formatted(what), null);
    }
    if (status < 200 || (status >= 300 && status < 400)) {
      throw new PortFailureException(
          "Paystack answered with status %d, asked %s, and is not followed elsewhere: check its address"
              .formatted(status, what),
          null);
    }
    return status < 300 ? accepted(what, reply) : refused(Json.object(reply.body()), status);
  }

  /** Paystack says no with status 200, too. */
  private static Answer accepted(String what, Http.Reply reply) {
    Optional<JsonNode> body = Json.object(reply.body());
    if (body.isEmpty() || !body.get().path("status").isBoolean()) {
      throw nonsense(what);
    }
    return body.get().path("status").booleanValue()
        ? new Answer.Done(body.get().path("data"))
        : refused(body, reply.status());
  }

  private static Answer refused(Optional<JsonNode> body, int status) {
    Answer.Refused refused = Answer.Refused.of(status, body);
    // 403 alone says nothing of the key: currencies are refused with it, too
    if (status == 401 || refused.says("invalid key") || refused.says("ip address")) {
      throw new PortFailureException(
          "Paystack does not take our API key (%s): check PAYSTACK_SECRET_KEY, which begins with sk_live_ or sk_test_, and the account's list of allowed addresses"
              .formatted(refused),
          null);
    }
    return refused;
  }

  /** What to throw when a yes lacks what was asked for. */
  static PortException nonsense(String what) {
    return new PortFailureException(
        "Paystack's answer makes no sense, asked %s: check its address".formatted(what), null);
  }
}
