package io.contentcrew.adapters.paystack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Paystack says to a call. */
sealed interface Answer {
  /** Yes, and this. */
  record Done(JsonNode data) implements Answer {
    @Override
    public String toString() {
      return "Done"; // the data may hold an address
    }
  }

  /**
   * No.
   *
   * @param code Paystack's word for the reason, if it has one
   * @param words Paystack's message, in small letters: to look into, never to show, for it may
   *     repeat what it was asked
   */
  record Refused(int status, Optional<String> code, String words) implements Answer {
    private static final Pattern CODE = Pattern.compile("[A-Za-z_]{1,40}");

    static Refused of(int status, Optional<JsonNode> body) {
      Optional<String> code =
          body.flatMap(one -> Fields.name(one, "code"))
              .filter(text -> CODE.matcher(text).matches());
      String words = body.map(one -> one.path("message").asText("")).orElse("");
      return new Refused(status, code, words.toLowerCase(Locale.ROOT));
    }

    boolean says(String part) {
      return words.contains(part);
    }

    boolean isNotFound() {
      return status == 404 || says("not found");
    }

    /** For messages. */
    @Override
    public String toString() {
      return "status " + status + code.map(text -> ", code " + text).orElse("");
    }
  }
}
