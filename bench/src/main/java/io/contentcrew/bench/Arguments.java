package io.contentcrew.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Options of a command: names that begin with two dashes, each with a value, but for flags. */
final class Arguments {
  private final Map<String, String> values = new HashMap<>();

  /** Reads those; what is not among the names or flags is refused. */
  Arguments(List<String> arguments, Set<String> names, Set<String> flags) {
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (flags.contains(name)) {
        values.put(name, "true");
      } else if (!names.contains(name)) {
        throw new IllegalArgumentException("there is no option " + name);
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      } else {
        values.put(name, arguments.get(++i));
      }
    }
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  int number(String name, int fallback, int min, int max) {
    return text(name).map(value -> number(name, value, min, max)).orElse(fallback);
  }

  /** Numbers, parted by commas. */
  List<Integer> numbers(String name, List<Integer> fallback, int min, int max) {
    return text(name)
        .map(
            value ->
                Stream.of(value.split(",", -1)).map(one -> number(name, one, min, max)).toList())
        .orElse(fallback);
  }

  private static int number(String name, String value, int min, int max) {
    if (!value.matches("\\d{1,7}")) {
      throw new IllegalArgumentException(name + " needs a whole number, not " + value);
    }
    int number = Integer.parseInt(value);
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          name + " is from " + min + " to " + max + ", not " + number);
    }
    return number;
  }
}
