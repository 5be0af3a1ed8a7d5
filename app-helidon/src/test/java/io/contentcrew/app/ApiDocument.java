package io.contentcrew.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.contentcrew.app.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code docs/openapi.yaml}, for tests. */
final class ApiDocument {
  static final JsonNode ROOT = read();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Map<JsonNode, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private ApiDocument() {}

  private static JsonNode read() {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Path.of("..", "docs", "openapi.yaml").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An operation; {@code shared} is what all operations of its path have. */
  record Operation(String method, String path, JsonNode node, JsonNode shared) {
    String id() {
      return node.path("operationId").asText();
    }

    /** Whether it asks who calls. */
    boolean needsUser() {
      return !node.path("security").isArray() || !node.path("security").isEmpty();
    }

    /** Its parameters in one place: path, query or header. */
    List<JsonNode> parameters(String in) {
      List<JsonNode> found = new ArrayList<>();
      for (JsonNode list : List.of(shared.path("parameters"), node.path("parameters"))) {
        list.forEach(
            parameter -> {
              if (resolved(parameter).path("in").asText().equals(in)) {
                found.add(resolved(parameter));
              }
            });
      }
      return found;
    }

    /** What its JSON body must be; empty if it takes none. */
    Optional<JsonNode> bodySchema() {
      return Optional.of(node.at("/requestBody/content/application~1json/schema"))
          .filter(schema -> !schema.isMissingNode());
    }

    /** An example of its body; empty if there is none. */
    Optional<JsonNode> bodyExample() {
      return Optional.of(node.at("/requestBody/content/application~1json/example"))
          .filter(example -> !example.isMissingNode());
    }

    boolean mayAnswer(int status) {
      return node.path("responses").has(String.valueOf(status));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    ROOT.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          if (METHODS.contains(entry.getKey())) {
                            all.add(
                                new Operation(
                                    entry.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    entry.getValue(),
                                    path.getValue()));
                          }
                        }));
    return all;
  }

  static Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + id));
  }

  /** What a reference refers to; anything else as it is. */
  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") && node.get("$ref").asText().startsWith("#")
        ? resolved(ROOT.at(node.get("$ref").textValue().substring(1)))
        : node;
  }

  static JsonNode schema(String name) {
    return Client.JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** Checks that an answer is one that the document promises for the operation. */
  static void assertShape(Operation operation, Answer answer) {
    assertThat(operation.mayAnswer(answer.status()))
        .as("%s may answer %d", operation, answer.status())
        .isTrue();
    JsonNode described = resolved(operation.node().at("/responses/" + answer.status()));
    String type = answer.header("Content-Type").orElse("").replaceAll(";.*", "");
    if (answer.body().length == 0) {
      assertThat(described.has("content")).as(operation.toString()).isFalse();
      return;
    }
    JsonNode schema = described.path("content").get(type);
    assertThat(schema).as("%s answers %s", operation, type).isNotNull();
    if (type.endsWith("json")) {
      assertValid(operation.toString(), schema.get("schema"), answer.json());
    }
  }

  static void assertValid(String what, JsonNode schema, JsonNode value) {
    Set<ValidationMessage> messages =
        SCHEMAS.computeIfAbsent(schema, ApiDocument::compiled).validate(value);
    assertThat(messages).as("%s: %s", what, value).isEmpty();
  }

  private static JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", ROOT.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
  }
}
