package io.contentcrew.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What stands after the name of a command: words, options with a value, and flags. Immutable. */
final class AdminOptions {
  /** The words do not make a command. */
  static final class BadUsage extends Exception {
    private static final long serialVersionUID = 1L;

    BadUsage(String message) {
      super(message);
    }
  }

  private final List<String> words;
  private final Map<String, String> values;
  private final Set<String> flags;

  private AdminOptions(List<String> words, Map<String, String> values, Set<String> flags) {
    this.words = List.copyOf(words);
    this.values = Map.copyOf(values);
    this.flags = Set.copyOf(flags);
  }

  /**
   * Reads them.
   *
   * @param valued the options that have a value
   * @param known the flags besides {@code --json}
   */
  static AdminOptions read(List<String> arguments, Set<String> valued, Set<String> known)
      throws BadUsage {
    List<String> words = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        words.add(argument);
      } else if (known.contains(argument) || argument.equals("--json")) {
        flags.add(argument);
      } else if (!valued.contains(argument)) {
        throw new BadUsage("There is no option " + argument + " here.");
      } else if (i + 1 == arguments.size()) {
        throw new BadUsage(argument + " needs a value.");
      } else if (values.put(argument, arguments.get(++i)) != null) {
        throw new BadUsage(argument + " is there twice.");
      }
    }
    return new AdminOptions(words, values, flags);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  boolean isJson() {
    return has("--json");
  }

  /** The words, of which there must be so many. */
  List<String> words(int least, int most, String what) throws BadUsage {
    if (words.size() < least || words.size() > most) {
      throw new BadUsage("This needs " + what + ".");
    }
    return words;
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The value of an option, made something else. */
  <T> Optional<T> value(String option, Function<String, T> made) throws BadUsage {
    Optional<String> value = value(option);
    try {
      return value.map(made);
    } catch (IllegalArgumentException e) {
      throw new BadUsage(option + " cannot be " + value.orElse("") + ": " + e.getMessage() + ".");
    }
  }

  int number(String option, int fallback, int most) throws BadUsage {
    String value = value(option).orElse(String.valueOf(fallback));
    boolean isNumber = value.matches("[1-9]\\d{0,8}");
    if (!isNumber || Integer.parseInt(value) > most) {
      throw new BadUsage(option + " must be a number from 1 to " + most + ".");
    }
    return Integer.parseInt(value);
  }
}
