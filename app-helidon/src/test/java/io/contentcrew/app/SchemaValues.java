package io.contentcrew.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Makes values out of JSON schemas, right ones and wrong ones, by the numbers of one source. */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAUGHTY = naughty();

  private final Random random;

  SchemaValues(Random random) {
    this.random = random;
  }

  private static List<String> naughty() {
    List<String> all = new ArrayList<>();
    try (InputStream in = SchemaValues.class.getResourceAsStream("/blns/blns.json")) {
      Client.JSON.readTree(in).forEach(text -> all.add(text.textValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String naughtyText() {
    return any(NAUGHTY);
  }

  // ---- right ones

  /** A value that fits the schema, as far as its keywords are known here. */
  JsonNode valid(JsonNode reference) {
    JsonNode schema = ApiDocument.resolved(reference);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        return valid(schema.get(choice).get(random.nextInt(schema.get(choice).size())));
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> JSON.numberNode(integer(schema));
      case "number" -> JSON.numberNode(random.nextDouble());
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(text(schema));
    };
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.get(random.nextInt(type.size())).asText()
        : type.asText(schema.has("properties") ? "object" : "string");
  }

  private ObjectNode object(JsonNode schema) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode object = JSON.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            member -> {
              if (required.contains(member.getKey()) || random.nextInt(3) == 0) {
                object.set(member.getKey(), valid(member.getValue()));
              }
            });
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    int size = Math.max(schema.path("minItems").asInt(0), 1 + random.nextInt(3));
    Set<JsonNode> items = new HashSet<>();
    for (int i = 0; i < size; i++) {
      items.add(valid(schema.path("items")));
    }
    return JSON.arrayNode().addAll(items);
  }

  private long integer(JsonNode schema) {
    long min = schema.path("minimum").asLong(0);
    long max = schema.path("maximum").asLong(min + 1_000);
    return any(List.of(min, max, min + (long) (random.nextDouble() * (max - min))));
  }

  private String text(JsonNode schema) {
    switch (schema.path("format").asText()) {
      case "uuid" -> {
        return new UUID(random.nextLong(), random.nextLong()).toString();
      }
      case "email" -> {
        return "fuzz" + Math.abs(random.nextLong()) + "@example.com";
      }
      case "date-time" -> {
        return "2026-01-02T03:04:05Z";
      }
      default -> {
        int min = schema.path("minLength").asInt(0);
        int max = Math.min(schema.path("maxLength").asInt(40), 40);
        return letters(Math.max(min, Math.min(max, random.nextInt(41))));
      }
    }
  }

  private String letters(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  // ---- wrong ones

  /** The object with something in it that is at or over a limit, or not what it should be. */
  JsonNode altered(JsonNode valid, JsonNode schema) {
    if (!(valid instanceof ObjectNode) || random.nextInt(20) == 0) {
      return odd();
    }
    ObjectNode object = valid.deepCopy();
    List<String> names = new ArrayList<>();
    ApiDocument.resolved(schema).path("properties").fieldNames().forEachRemaining(names::add);
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "x" : any(names);
    JsonNode member =
        ApiDocument.resolved(ApiDocument.resolved(schema).path("properties").path(name));
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(random.nextBoolean() ? naughtyText() : letters(5), odd());
      case 2 -> object.put(name, naughtyText());
      case 3 -> object.set(name, atLimit(member));
      default -> object.set(name, odd());
    }
    return object;
  }

  private JsonNode atLimit(JsonNode member) {
    int step = random.nextInt(3) - 1;
    if (member.has("maxLength")) {
      String one = any(List.of("x", "\u00E9", "\uD83C\uDF75", " "));
      return JSON.textNode(one.repeat(member.get("maxLength").asInt() + step));
    }
    if (member.has("minimum") || member.has("maximum")) {
      return JSON.numberNode(
          member.path(random.nextBoolean() ? "minimum" : "maximum").asLong(0) + step);
    }
    return member.path("type").asText().equals("array")
        ? JSON.arrayNode().addAll(java.util.Collections.nCopies(200, odd()))
        : JSON.textNode("");
  }

  /** A value of any kind that may be unexpected. */
  JsonNode odd() {
    return switch (random.nextInt(12)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.numberNode(BigInteger.TEN.pow(400));
      case 4 -> JSON.numberNode(-random.nextDouble() * 1e300);
      case 5 -> JSON.arrayNode().add(1).add("x").addNull();
      case 6 -> JSON.objectNode().put("$ref", "#").put("__proto__", 1);
      case 7 -> nested(2 + random.nextInt(300));
      case 8 -> JSON.textNode("x".repeat(random.nextInt(20_000)));
      case 9 -> JSON.textNode("\u0000" + letters(3) + "\u0000");
      case 10 -> JSON.textNode("\uD800" + letters(3));
      default -> JSON.textNode(naughtyText());
    };
  }

  private JsonNode nested(int depth) {
    JsonNode inner = JSON.textNode("x");
    for (int i = 0; i < depth; i++) {
      inner = i % 2 == 0 ? JSON.arrayNode().add(inner) : JSON.objectNode().set("a", inner);
    }
    return inner;
  }
}
