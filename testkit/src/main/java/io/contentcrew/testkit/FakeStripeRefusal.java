package io.contentcrew.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@link FakeStripe} refuses, in Stripe's form. */
final class FakeStripeRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  private FakeStripeRefusal(int status, String body, String message) {
    super(message, null, false, false);
    this.status = status;
    this.body = body;
  }

  static FakeStripeRefusal of(int status, String type, String code, String param, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    if (!code.isEmpty()) {
      error.put("code", code);
      error.put("doc_url", "https://stripe.com/docs/error-codes/" + code.replace('_', '-'));
    }
    error.put("message", message);
    if (!param.isEmpty()) {
      error.put("param", param);
    }
    error.put("type", type);
    return new FakeStripeRefusal(status, body.toPrettyString(), message);
  }

  /** Something in the request is wrong. */
  static FakeStripeRefusal invalid(String code, String param, String message) {
    return of(400, "invalid_request_error", code, param, message);
  }

  /** There is none of that name, at the end of the path. */
  static FakeStripeRefusal missing(String what, String id) {
    return of(
        404,
        "invalid_request_error",
        "resource_missing",
        "id",
        "No such " + what + ": '" + id + "'");
  }

  int status() {
    return status;
  }

  String body() {
    return body;
  }
}
