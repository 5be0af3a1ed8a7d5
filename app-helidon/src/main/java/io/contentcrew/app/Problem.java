package io.contentcrew.app;

import io.contentcrew.sdk.FieldProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that says what went wrong, as RFC 9457 has it ({@code application/problem+json}).
 *
 * @param errors what is wrong with single members of the request
 * @param more members of this kind of problem
 */
record Problem(
    Code code,
    String detail,
    List<FieldProblem> errors,
    Map<String, Object> more,
    Optional<Duration> retryAfter) {
  /** The kinds of problem; their names are part of the API. */
  enum Code {
    BAD_REQUEST(400, "The request cannot be read"),
    TOKEN_NOT_VALID(400, "The token of the letter is not valid"),
    AUTH_ERROR(401, "You are not signed in"),
    FORBIDDEN(403, "You may not do that"),
    PLAN_LIMIT_EXCEEDED(403, "Your plan allows no more"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "That cannot be done here"),
    NOT_ACCEPTABLE(406, "There is no such form"),
    REQUEST_TIMEOUT(408, "The request took too long"),
    CONFLICT(409, "That does not fit what is there"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "That kind of content is not understood"),
    VALIDATION_ERROR(422, "The request is not right"),
    IDEMPOTENCY_CONFLICT(422, "The idempotency key was used for something else"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    SERVICE_UNAVAILABLE(503, "The service cannot do that now"),
    LLM_UNAVAILABLE(503, "No model answers"),
    MODEL_MISSING(503, "The model is not there");

    private final int status;
    private final String title;

    Code(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    String title() {
      return title;
    }
  }

  Problem {
    errors = List.copyOf(errors);
    more = new LinkedHashMap<>(more);
  }

  static Problem of(Code code, String detail) {
    return new Problem(code, detail, List.of(), Map.of(), Optional.empty());
  }

  static Problem invalid(List<FieldProblem> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().message()
            : errors.size() + " members of the request are not right.";
    return new Problem(Code.VALIDATION_ERROR, detail, errors, Map.of(), Optional.empty());
  }

  static Problem internal() {
    return of(Code.INTERNAL_ERROR, "It has been noted. If it stays, tell us the request id.");
  }

  Problem with(String name, Object value) {
    Map<String, Object> extended = new LinkedHashMap<>(more);
    extended.put(name, value);
    return new Problem(code, detail, errors, extended, retryAfter);
  }

  Problem retryAfter(Duration time) {
    return new Problem(code, detail, errors, more, Optional.of(time));
  }

  /** Ends a request with this problem. */
  Thrown asException() {
    return new Thrown(this);
  }

  /** Ends a request with a problem. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    private Thrown(Problem problem) {
      super(problem.code().name(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
