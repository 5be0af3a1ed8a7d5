package io.contentcrew.testkit;

import java.time.Duration;
import java.util.Map;

/** How {@link FakePaystack} answers where it is not to answer as Paystack does. */
public sealed interface FakePaystackAnswer {
  /** An answer with that status, those headers and that body. */
  static FakePaystackAnswer whole(int status, Map<String, String> headers, String body) {
    return new Whole(status, headers, body);
  }

  /** No, with that status, in the form that Paystack has for it; it says no with 200, too. */
  static FakePaystackAnswer refusing(int status, String message) {
    return whole(status, Map.of(), "{\"status\":false,\"message\":\"" + message + "\"}");
  }

  /** Too much to do (429), until that time has passed. */
  static FakePaystackAnswer busy(Duration retryAfter) {
    return whole(
        429,
        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())),
        "{\"status\":false,\"message\":\"Too many requests\"}");
  }

  /** Broken (status 500), and not in JSON. */
  static FakePaystackAnswer broken() {
    return whole(500, Map.of(), "<html>Internal Server Error</html>");
  }

  /** Yes, with something that is no JSON. */
  static FakePaystackAnswer garbage() {
    return whole(200, Map.of(), "}{ this is not JSON");
  }

  /** Yes, with far too much. */
  static FakePaystackAnswer huge() {
    return whole(200, Map.of(), "{\"status\":true,\"x\":\"" + "x".repeat(3 << 20) + "\"}");
  }

  /** Nothing, and the connection is left open. */
  static FakePaystackAnswer silence() {
    return new Silence();
  }

  /**
   * The connection is cut.
   *
   * @param done whether what was asked for has been done before
   */
  static FakePaystackAnswer cut(boolean done) {
    return new Cut(done);
  }

  /** As it does by itself. */
  static FakePaystackAnswer usual() {
    return new Usual();
  }

  /** What was asked for has been done, and yet the answer is 502. */
  static FakePaystackAnswer lost() {
    return new Lost();
  }

  /** See {@link #whole}. */
  record Whole(int status, Map<String, String> headers, String body)
      implements FakePaystackAnswer {}

  /** See {@link #silence}. */
  record Silence() implements FakePaystackAnswer {}

  /** See {@link #cut}. */
  record Cut(boolean done) implements FakePaystackAnswer {}

  /** See {@link #usual}. */
  record Usual() implements FakePaystackAnswer {}

  /** See {@link #lost}. */
  record Lost() implements FakePaystackAnswer {}
}
