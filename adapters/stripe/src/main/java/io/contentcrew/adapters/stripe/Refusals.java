package io.contentcrew.adapters.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contentcrew.adapters.stripe.RefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an answer means that is an error. Of Stripe's words only its codes are repeated: its
 * messages name e-mail addresses and parts of keys.
 *
 * @param mode whether it says that the thing is there in the other mode
 * @param portal whether it says that the customer portal has no settings
 * @param cardless whether it says that the customer has nothing to pay with
 */
record Refusals(
    int status,
    String type,
    String code,
    String param,
    Optional<String> request,
    boolean mode,
    boolean portal,
    boolean cardless) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,100}");

  /** Reads the error of an answer; one without any is nameless. */
  static Refusals of(Http.Reply reply) {
    JsonNode error = error(reply);
    String message = error.path("message").asText("");
    return new Refusals(
        reply.status(),
        word(error, "type"),
        word(error, "code"),
        word(error, "param"),
        reply.header("Request-Id").filter(id -> WORD.matcher(id).matches()),
        message.contains("exists in live mode") || message.contains("exists in test mode"),
        message.contains("default configuration has not been created"),
        message.contains("no attached payment source"));
  }

  private static JsonNode error(Http.Reply reply) {
    try {
      return Json.parse(reply.body()).path("error");
    } catch (NotReadableException e) {
      return MissingNode.getInstance();
    }
  }

  private static String word(JsonNode error, String name) {
    return Json.text(error, name).filter(text -> WORD.matcher(text).matches()).orElse("");
  }

  /** Whether somebody else is at it, so that it may go well in a moment. */
  boolean isLocked() {
    return status == 409 && (code.equals("lock_timeout") || code.equals("idempotency_key_in_use"));
  }

  /** Why it was refused, and what to mend. */
  RefusedException refused(Question question) {
    return new RefusedException(
        "Stripe refused, asked to " + question.what() + ": " + mend() + facts(), reason());
  }

  private Reason reason() {
    if (hasNoCustomer()) {
      return Reason.NO_CUSTOMER;
    }
    if (isDeclined()) {
      return Reason.DECLINED;
    }
    return status == 404 && code.equals("resource_missing") && !mode
        ? Reason.MISSING
        : Reason.OTHER;
  }

  private boolean hasNoCustomer() {
    return code.equals("resource_missing") && param.equals("customer");
  }

  private boolean isDeclined() {
    return status == 402 || code.equals("card_declined") || cardless;
  }

  private String mend() {
    if (hasNoCustomer()) {
      return "it has no such customer: they were deleted there, or are of the other mode, test or"
          + " live";
    }
    if (isDeclined()) {
      return "the owner's means of payment did not take it";
    }
    if (mode) {
      return "what is named exists in Stripe's other mode: use a key and names of the same mode,"
          + " test or live";
    }
    if (status == 401) {
      return "it does not take the API key: check what is configured, as in STRIPE_SECRET_KEY";
    }
    if (status == 403) {
      return "the API key may not do this: use one that may write Checkout Sessions, the customer"
          + " portal and subscriptions, and read events";
    }
    if (type.equals("idempotency_error")) {
      return "the same idempotency key was used for something else before";
    }
    if (portal) {
      return "save the settings of the customer portal once in Stripe's dashboard";
    }
    if (code.equals("resource_missing") && param.contains("price")) {
      return "it has no such price: check the prices that are configured";
    }
    if (code.equals("resource_missing")) {
      return "it knows nothing of that name";
    }
    return "check what is configured for it, and what its dashboard says of the request";
  }

  private String facts() {
    List<String> facts = new ArrayList<>(List.of("status " + status));
    if (!code.isEmpty() || !type.isEmpty()) {
      facts.add("error " + (code.isEmpty() ? type : code));
    }
    if (!param.isEmpty()) {
      facts.add("of " + param);
    }
    request.ifPresent(id -> facts.add("request " + id));
    return " (" + String.join(", ", facts) + ")";
  }
}
