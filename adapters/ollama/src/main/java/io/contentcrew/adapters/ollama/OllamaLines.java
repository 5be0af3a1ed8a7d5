package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contentcrew.adapters.llmhttp.Answer;
import io.contentcrew.adapters.llmhttp.AnswerException;
import io.contentcrew.adapters.llmhttp.LineDecoder;
import io.contentcrew.domain.generation.Completion.Finish;
import io.contentcrew.ports.generation.ModelFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The lines of a chat: one JSON object each. The line of a token, of which there are thousands, is
 * recognised by its exact shape and not parsed; every other line is.
 */
final class OllamaLines implements LineDecoder {
  private static final ObjectMapper JSON = Json.MAPPER;

  @Override
  public void line(byte[] bytes, int from, int to, Answer answer) throws AnswerException {
    if (from == to || TokenLine.read(bytes, from, to, answer)) {
      return;
    }
    JsonNode line = parse(new String(bytes, from, to - from, StandardCharsets.UTF_8), answer);
    if (line.has("error")) {
      throw new AnswerException(ModelFault.MODEL_ERROR, "Ollama failed during the answer")
          .saying(line.path("error").asText());
    }
    JsonNode message = line.path("message");
    if (!message.path("thinking").asText("").isEmpty()) {
      answer.thought();
    }
    answer.text(message.path("content").asText(""));
    if (line.path("done").asBoolean()) {
      end(line, answer);
    }
  }

  private static JsonNode parse(String line, Answer answer) throws AnswerException {
    try {
      JsonNode tree = JSON.readTree(line);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      // Its message would quote the answer; where it is must do.
    }
    throw new AnswerException(
        ModelFault.PROTOCOL, "Line " + answer.line() + " of the answer is no JSON object");
  }

  private static void end(JsonNode line, Answer answer) {
    String reason = line.path("done_reason").asText("stop");
    answer.model(line.path("model").asText(""));
    answer.tokens(line.path("prompt_eval_count").asInt(), line.path("eval_count").asInt());
    answer.spent(
        nanos(line, "load_duration"),
        nanos(line, "prompt_eval_duration"),
        nanos(line, "eval_duration"));
    answer.finished(reason.equals("length") ? Finish.LENGTH : Finish.STOP);
    answer.over();
  }

  private static Duration nanos(JsonNode line, String field) {
    return Duration.ofNanos(Math.max(0, line.path(field).asLong()));
  }
}
