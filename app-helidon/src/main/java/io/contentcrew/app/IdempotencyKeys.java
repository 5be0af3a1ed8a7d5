package io.contentcrew.app;

import io.contentcrew.domain.subscription.Plan;
import io.contentcrew.domain.user.Digest;
import io.contentcrew.domain.user.UserId;
import io.contentcrew.sdk.FieldProblem;
import io.contentcrew.sdk.generation.SubmitGeneration;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** By what it is known that a request is another one again. */
final class IdempotencyKeys {
  private static final HeaderName HEADER = HeaderNames.create("Idempotency-Key");

  /** What a key looks like. */
  static final String RULE =
      "An idempotency key has 1 to "
          + SubmitGeneration.MAX_KEY_LENGTH
          + " printable ASCII characters without blanks.";

  private IdempotencyKeys() {}

  /** The key in a request's header. */
  static Optional<String> sent(ServerRequest request) {
    Optional<String> key = request.headers().first(HEADER);
    if (key.isPresent() && !SubmitGeneration.Request.isKey(key.get())) {
      throw Problem.invalid(List.of(new FieldProblem("/headers/Idempotency-Key", "invalid", RULE)))
          .asException();
    }
    return key;
  }

  /**
   * The key by which a payment provider knows a request: of its header, made out with all that it
   * asks for, so that nobody meets somebody else's request, or another of their own; without a
   * header one that is new.
   */
  static String of(
      ServerRequest request, UserId user, String operation, Plan plan, String provider) {
    Optional<String> sent = sent(request);
    if (sent.isEmpty()) {
      return UUID.randomUUID().toString();
    }
    return Digest.of(
            String.join(
                " ",
                user.toString(),
                operation,
                plan.tier().value(),
                plan.interval().wireName(),
                provider,
                sent.get()))
        .hex();
  }
}
