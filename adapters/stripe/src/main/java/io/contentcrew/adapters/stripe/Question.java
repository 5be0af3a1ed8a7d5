package io.contentcrew.adapters.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the API is asked.
 *
 * @param what it is, for messages
 * @param idempotencyKey of two with the same one, one counts; without one, asking twice does no
 *     harm
 */
record Question(
    String what, String method, String path, Form form, Optional<String> idempotencyKey) {
  /** What can travel in a header, with room for what stands before it: Stripe takes 255. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,200}");

  /** Asks how things are. */
  static Question get(String what, String path, Form form) {
    return new Question(what, "GET", path, form, Optional.empty());
  }

  /** Has something done. */
  static Question post(String what, String path, Form form, String idempotencyKey) {
    return new Question(what, "POST", path, form, Optional.of(idempotencyKey));
  }

  /** The caller's key for something of that kind: other kinds have other keys. */
  static String key(String kind, String given) {
    return kind
        + ":"
        + (KEY.matcher(given).matches() ? given : Digests.sha256(given.getBytes(UTF_8)));
  }

  /** Has something ended. */
  static Question delete(String what, String path) {
    return new Question(what, "DELETE", path, Form.empty(), Optional.empty());
  }
}
