package io.contentcrew.adapters.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.generation.OutputSchema;
import io.contentcrew.domain.generation.Prompt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The body of a chat request. */
final class OllamaQuestion {
  private static final ObjectMapper JSON = Json.MAPPER;

  private final OllamaConfig config;

  OllamaQuestion(OllamaConfig config) {
    this.config = config;
  }

  byte[] of(Prompt prompt, boolean thinks) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", prompt.model().value());
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    messages.addObject().put("role", "user").put("content", prompt.user());
    body.put("stream", true);
    prompt.schema().ifPresent(schema -> body.set("format", tree(schema)));
    if (thinks) {
      body.put("think", false); // unset would mean on
    }
    body.put("keep_alive", goDuration(config.keepAlive()));
    ObjectNode options = body.putObject("options");
    options.put("num_ctx", config.contextTokens(prompt.model()));
    options.put("num_predict", prompt.maxTokens());
    options.put("temperature", prompt.sampling().temperature());
    options.put("repeat_penalty", prompt.sampling().repeatPenalty());
    prompt.sampling().seed().ifPresent(seed -> options.put("seed", seed));
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode tree(OutputSchema schema) {
    try {
      return JSON.readTree(schema.json());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema " + schema.name() + " is not JSON", e);
    }
  }

  private static String goDuration(Duration time) {
    return time.toSeconds() % 60 == 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
  }
}
