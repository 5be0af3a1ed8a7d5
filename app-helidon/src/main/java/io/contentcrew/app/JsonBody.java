package io.contentcrew.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contentcrew.sdk.FieldProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a request's JSON object, as they are asked for. What is missing, of another kind,
 * or not asked for at all is noted, and told together by {@link #check()}.
 */
final class JsonBody {
  private final JsonNode object;
  private final Set<String> known = new HashSet<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  JsonBody(JsonNode object) {
    this.object = object;
    if (!object.isObject()) {
      throw Problem.of(Problem.Code.BAD_REQUEST, "The body must be a JSON object.").asException();
    }
  }

  /** A text that must be there; empty if it is not, which is noted. */
  String text(String name) {
    Optional<String> text = optionalText(name);
    if (text.isEmpty() && !object.hasNonNull(name)) {
      problem(name, "missing", "The member " + name + " must be there.");
    }
    return text.orElse("");
  }

  /** A text that may be there; null counts as not there. */
  Optional<String> optionalText(String name) {
    JsonNode value = optional(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      problem(name, "not_a_text", "The member " + name + " must be a text.");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  /** True or false, if it is there; null counts as not there. */
  Optional<Boolean> optionalFlag(String name) {
    JsonNode value = optional(name);
    if (value.isMissingNode() || value.isBoolean()) {
      return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }
    problem(name, "not_a_flag", "The member " + name + " must be true or false.");
    return Optional.empty();
  }

  /** A whole number that fits 32 bits, if it is there; null counts as not there. */
  Optional<Integer> optionalNumber(String name) {
    JsonNode value = optional(name);
    boolean number = value.isIntegralNumber() && value.canConvertToInt();
    if (!value.isMissingNode() && !number) {
      problem(name, "not_a_number", "The member " + name + " must be a whole number.");
    }
    return number ? Optional.of(value.intValue()) : Optional.empty();
  }

  /** A member of any kind, for whoever looks at it further; missing if it is not there. */
  JsonNode any(String name) {
    known.add(name);
    return object.path(name);
  }

  /** A whole number that must be there and fit 32 bits; 0 if it is not, which is noted. */
  int number(String name) {
    Optional<Integer> number = optionalNumber(name);
    if (number.isEmpty() && !object.hasNonNull(name)) {
      problem(name, "missing", "The member " + name + " must be there.");
    }
    return number.orElse(0);
  }

  private JsonNode optional(String name) {
    known.add(name);
    JsonNode value = object.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** A list of texts that must be there, each one of {@code values}, which is not checked here. */
  List<String> texts(String name, List<String> values) {
    known.add(name);
    JsonNode value = object.path(name);
    List<String> texts = new ArrayList<>();
    if (!value.isArray()) {
      problem(
          name,
          value.isMissingNode() ? "missing" : "not_a_list",
          "The member " + name + " must be a list of texts out of " + values + ".");
      return texts;
    }
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).isTextual()) {
        texts.add(value.get(i).textValue());
      } else {
        problem(name + "/" + i, "not_a_text", "Every element of " + name + " must be a text.");
      }
    }
    return texts;
  }

  void problem(String name, String code, String message) {
    problems.add(new FieldProblem("/" + name, code, message));
  }

  boolean isRight() {
    return problems.isEmpty();
  }

  /** Ends the request if anything was noted, or a member was sent that nobody asked for. */
  void check() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(
                    new FieldProblem(
                        "/" + pointer(name),
                        "unknown",
                        "This member is not known; known are "
                            + known.stream().sorted().toList()
                            + "."));
              }
            });
    if (!problems.isEmpty()) {
      throw Problem.invalid(problems).asException();
    }
  }

  /**
   * The name of a member as it stands in a pointer to it (RFC 6901), and no longer than need be.
   */
  static String pointer(String name) {
    String pointer = name.replace("~", "~0").replace("/", "~1");
    return pointer.length() > 60 ? pointer.substring(0, 60) + "\u2026" : pointer;
  }
}
