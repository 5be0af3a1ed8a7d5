package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.contentcrew.adapters.llmhttp.Answer;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.ports.generation.ModelFault;

/** The chunks of a completion, and completions that come in one. */
final class Chunks {
  /** Takes what is in a chunk. Every part of it may be missing or null. */
  void take(JsonNode chunk, Answer answer) throws AnswerException {
    JsonNode error = Errors.in(chunk);
    if (!error.isMissingNode()) {
      throw Errors.failure(error);
    }
    if (chunk.path("model").isTextual()) {
      answer.model(chunk.path("model").asText());
    }
    JsonNode usage = chunk.path("usage");
    if (usage.isObject()) {
      answer.tokens(usage.path("prompt_tokens").asInt(), usage.path("completion_tokens").asInt());
    }
    for (JsonNode choice : chunk.path("choices")) {
      if (choice.path("index").asInt() == 0) {
        take(choice, choice.has("delta") ? choice.path("delta") : choice.path("message"), answer);
      }
    }
  }

  private static void take(JsonNode choice, JsonNode delta, Answer answer) throws AnswerException {
    boolean thinks =
        !delta.path("reasoning_content").asText("").isEmpty()
            || !delta.path("reasoning").asText("").isEmpty();
    if (thinks) {
      answer.thought();
    }
    if (delta.path("content").isTextual()) {
      answer.text(delta.path("content").asText());
    }
    JsonNode reason = choice.path("finish_reason");
    if (reason.isTextual()) {
      answer.finished(finish(reason.asText()));
    }
  }

  private static Finish finish(String reason) throws AnswerException {
    return switch (reason) {
      case "length" -> Finish.LENGTH;
      case "content_filter" -> Finish.FILTERED;
      case "error" -> // of gateways whose provider failed
          throw new AnswerException(ModelFault.MODEL_ERROR, "The server failed during the answer");
      default -> Finish.STOP;
    };
  }
}
