package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.ports.generation.ModelFault;

/** The errors of servers, which are alike but not the same. */
final class Errors {
  private Errors() {}

  /** The error in an answer; missing if there is none. */
  static JsonNode in(JsonNode answer) {
    JsonNode error = answer.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      return error;
    }
    return answer.path("object").asText().equals("error") // vLLM
        ? answer
        : error.path("none");
  }

  /** What it says. */
  static String words(JsonNode error) {
    return error.isTextual() ? error.asText() : error.path("message").asText("");
  }

  /** The failure that an error in the middle of an answer means. */
  static AnswerException failure(JsonNode error) {
    String type = error.path("type").asText("") + " " + error.path("code").asText("");
    boolean busy =
        type.contains("rate_limit") || type.contains("overloaded") || type.endsWith(" 429");
    return new AnswerException(
            busy ? ModelFault.BUSY : ModelFault.MODEL_ERROR,
            busy
                ? "The server has too much to do for the answer"
                : "The server failed during the answer")
        .saying(words(error));
  }
}
