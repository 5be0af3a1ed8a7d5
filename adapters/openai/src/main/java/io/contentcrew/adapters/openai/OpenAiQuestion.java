package io.contentcrew.adapters.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contentcrew.domain.generation.OutputSchema;
import io.contentcrew.domain.generation.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The body of a request for a chat completion. */
final class OpenAiQuestion {
  private final OpenAiConfig config;

  OpenAiQuestion(OpenAiConfig config) {
    this.config = config;
  }

  byte[] of(Prompt prompt) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", config.nameOf(prompt.model()));
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    messages.addObject().put("role", "user").put("content", prompt.user());
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    body.put(config.lengthField(), prompt.maxTokens());
    body.put("temperature", prompt.sampling().temperature());
    prompt.sampling().seed().ifPresent(seed -> body.put("seed", seed));
    prompt.schema().ifPresent(schema -> body.set("response_format", format(schema)));
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode format(OutputSchema schema) {
    JsonNode tree;
    try {
      tree = Json.MAPPER.readTree(schema.json());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema " + schema.name() + " is not JSON", e);
    }
    ObjectNode format = Json.MAPPER.createObjectNode().put("type", "json_schema");
    ObjectNode named = format.putObject("json_schema");
    named.put("name", schema.name());
    named.put("strict", canBeStrict(tree));
    named.set("schema", tree);
    return format;
  }

  /** OpenAI takes a schema strictly only if every object names all its fields as required. */
  private static boolean canBeStrict(JsonNode schema) {
    if (schema.path("type").asText().equals("object")) {
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      Set<String> fields = new HashSet<>();
      schema.path("properties").fieldNames().forEachRemaining(fields::add);
      JsonNode others = schema.path("additionalProperties");
      if (!required.equals(fields) || !others.isBoolean() || others.asBoolean()) {
        return false;
      }
    }
    for (JsonNode part : schema) {
      if (part.isContainerNode() && !canBeStrict(part)) {
        return false;
      }
    }
    return true;
  }
}
