package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may ask {@link FakeStripe}, and what it has answered to whom: of two requests with the same
 * idempotency key, the second one gets the answer to the first.
 */
final class FakeStripeKeys {
  /** An answer. */
  record Reply(int status, String body, Map<String, String> headers) {}

  /** What is done for a request. */
  interface Work {
    ObjectNode run() throws InterruptedException;
  }

  /** What was asked with a key; without an answer while it is being worked on. */
  private record Kept(FakeStripeRequest request, Optional<Reply> reply) {
    boolean isOf(FakeStripeRequest other) {
      return request.toString().equals(other.toString()) && request.fields().equals(other.fields());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Kept> kept = new HashMap<>();

  Reply answer(FakeStripeRequest request, String apiKey, Work work) throws InterruptedException {
    try {
      check(request, apiKey);
      return request.method().equals("POST")
          ? keyed(request, request.header("Idempotency-Key").orElseThrow(), work)
          : reply(work);
    } catch (FakeStripeRefusal refusal) {
      return new Reply(refusal.status(), refusal.body(), Map.of());
    }
  }

  private static void check(FakeStripeRequest request, String apiKey) {
    if (!request.header("Authorization").orElse("").equals("Bearer " + apiKey)) {
      throw FakeStripeRefusal.of(
          401, "invalid_request_error", "", "", "Invalid API Key provided: sk_test_*****Fake");
    }
    if (request.header("Stripe-Version").isEmpty()) {
      throw FakeStripeRefusal.invalid("", "", "this fake wants a Stripe-Version");
    }
    if (!request.method().equals("POST")) {
      return;
    }
    String type = request.header("Content-Type").orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw FakeStripeRefusal.invalid("", "", "Invalid request: no form");
    }
    if (request.header("Idempotency-Key").isEmpty()) {
      throw FakeStripeRefusal.invalid("", "", "this fake wants an Idempotency-Key");
    }
  }

  private Reply keyed(FakeStripeRequest request, String key, Work work)
      throws InterruptedException {
    Optional<Reply> before = begin(request, key);
    if (before.isPresent()) {
      return before.get();
    }
    Optional<Reply> reply = Optional.empty();
    try {
      reply = Optional.of(reply(work));
      return reply.get();
    } finally {
      end(request, key, reply);
    }
  }

  private Optional<Reply> begin(FakeStripeRequest request, String key) {
    lock.lock();
    try {
      Kept known = kept.get(key);
      if (known == null) {
        kept.put(key, new Kept(request, Optional.empty()));
        return Optional.empty();
      }
      if (!known.isOf(request)) {
        throw FakeStripeRefusal.of(
            400,
            "idempotency_error",
            "",
            "",
            "Keys for idempotent requests can only be used with the same parameters they were first"
                + " used with.");
      }
      Reply reply =
          known
              .reply()
              .orElseThrow(
                  () ->
                      FakeStripeRefusal.of(
                          409,
                          "idempotency_error",
                          "idempotency_key_in_use",
                          "",
                          "There is currently another in-progress request using this key."));
      return Optional.of(
          new Reply(reply.status(), reply.body(), Map.of("Idempotent-Replayed", "true")));
    } finally {
      lock.unlock();
    }
  }

  private void end(FakeStripeRequest request, String key, Optional<Reply> reply) {
    lock.lock();
    try {
      if (reply.isPresent()) {
        kept.put(key, new Kept(request, reply));
      } else {
        kept.remove(key);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong with a request is an answer, too, and is kept. */
  private static Reply reply(Work work) throws InterruptedException {
    try {
      return new Reply(200, work.run().toPrettyString(), Map.of());
    } catch (FakeStripeRefusal refusal) {
      return new Reply(refusal.status(), refusal.body(), Map.of());
    }
  }
}
