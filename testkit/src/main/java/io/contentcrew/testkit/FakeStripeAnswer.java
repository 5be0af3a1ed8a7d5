package io.contentcrew.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How {@link FakeStripe} answers one request in a way that it would not by itself. Immutable. */
public sealed interface FakeStripeAnswer {
  /** Nothing is done, and this is answered. */
  record Instead(int status, Map<String, String> headers, String body) implements FakeStripeAnswer {
    public Instead {
      headers = Map.copyOf(headers);
    }

    /** A copy with that header. */
    public Instead with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Instead(status, more, body);
    }
  }

  /** Nothing is done, and the connection is closed without a byte. */
  record HangUp() implements FakeStripeAnswer {}

  /** What was asked is done, and the connection is closed without a byte. */
  record DoneThenHangUp() implements FakeStripeAnswer {}

  /** Nothing is done; these bytes are sent, and then there is silence until the server stops. */
  record Silence(String bytes) implements FakeStripeAnswer {}

  /** Nothing is done, and these bytes are sent, whether they are HTTP or not; then it is over. */
  record Garbage(String bytes) implements FakeStripeAnswer {}

  /** What was asked is done and answered, once the latch is open. */
  record Late(CountDownLatch latch) implements FakeStripeAnswer {}

  /** An error in Stripe's form. */
  static Instead error(int status, String type, String code, String message) {
    return new Instead(
        status, Map.of(), FakeStripeRefusal.of(status, type, code, "", message).body());
  }

  /** Not a byte until the server stops. */
  static Silence silence() {
    return new Silence("");
  }

  /** 503: Stripe has trouble. */
  static Instead trouble() {
    return error(503, "api_error", "", "We have encountered an unexpected error.");
  }

  /** 429: too many requests. */
  static Instead tooMany() {
    return error(429, "invalid_request_error", "rate_limit", "Too many requests.");
  }

  /** 409: somebody else is at it. */
  static Instead locked() {
    return error(
        409,
        "invalid_request_error",
        "lock_timeout",
        "This object cannot be accessed right now because another request is accessing it.");
  }

  /** Any answer. */
  static Instead of(int status, String body) {
    return new Instead(status, Map.of(), body);
  }
}
