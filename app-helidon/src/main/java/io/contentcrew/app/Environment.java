package io.contentcrew.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads settings from environment variables and notes every problem, so that all of them can be
 * told at once. A problem names the variable, the rule and how to mend it; of a secret it never
 * tells the value.
 */
final class Environment {
  private final Map<String, String> variables;
  private final List<String> problems = new ArrayList<>();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  List<String> problems() {
    return problems;
  }

  void problem(String problem) {
    problems.add(problem);
  }

  /** Whether a value was given; an empty one counts as none. */
  boolean isGiven(String name) {
    return given(name).isPresent();
  }

  /** Where the value comes from, for people. */
  String origin(String name) {
    if (!variables.getOrDefault(name, "").isBlank()) {
      return "environment";
    }
    if (Settings.find(name).secret() && !variables.getOrDefault(name + "_FILE", "").isBlank()) {
      return "file";
    }
    return Settings.find(name).fallback().isPresent() ? "default" : "not set";
  }

  Optional<String> optionalText(String name) {
    return given(name).or(() -> Settings.find(name).fallback());
  }

  String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> new IllegalStateException(name + " has no default"));
  }

  String choice(String name, String... names) {
    String value = text(name).toLowerCase(Locale.ROOT);
    if (!List.of(names).contains(value)) {
      problem(name + " must be one of " + String.join(", ", names) + ".");
      return names[0];
    }
    return value;
  }

  int number(String name, int min, int max) {
    String value = text(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    outOfRange(name, "whole number", min, max);
    return min;
  }

  double decimal(String name, double min, double max) {
    try {
      double number = Double.parseDouble(text(name));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number out of range
    }
    outOfRange(name, "number", min, max);
    return min;
  }

  private void outOfRange(String name, String kind, Number min, Number max) {
    problem(
        "%s must be a %s from %s to %s, for example %s."
            .formatted(name, kind, min, max, fallback(name)));
  }

  Duration duration(String name, Duration min) {
    Optional<Duration> duration =
        Durations.parse(text(name)).filter(value -> value.compareTo(min) >= 0);
    if (duration.isEmpty()) {
      problem(
          name
              + " must be a duration of at least "
              + min.toMillis()
              + "ms, for example "
              + fallback(name)
              + ".");
    }
    return duration.orElse(min);
  }

  Optional<Boolean> flag(String name) {
    return optionalText(name).flatMap(value -> flag(name, value));
  }

  private Optional<Boolean> flag(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> {
        problem(name + " must be true or false.");
        yield Optional.empty();
      }
    };
  }

  List<URI> urls(String name, String fallback) {
    List<URI> urls = new ArrayList<>();
    for (String text : given(name).orElse(fallback).split(",", -1)) {
      Optional<URI> url = url(text.strip());
      if (url.isEmpty()) {
        problem(
            name
                + " must hold http:// or https:// addresses without user, query or fragment, parted"
                + " by commas, for example "
                + fallback
                + ".");
        return List.of(URI.create(fallback));
      }
      urls.add(url.get());
    }
    return urls;
  }

  private static Optional<URI> url(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain =
          uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      return http && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Path> file(String name) {
    return optionalText(name).flatMap(value -> path(name, value));
  }

  private Optional<Path> path(String name, String value) {
    try {
      return Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      problem(name + " must be a path.");
      return Optional.empty();
    }
  }

  private Optional<String> given(String name) {
    Setting setting = Settings.find(name);
    Optional<String> direct =
        Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    if (!setting.secret()) {
      return direct;
    }
    Optional<String> file =
        Optional.ofNullable(variables.get(name + "_FILE")).filter(value -> !value.isBlank());
    if (direct.isPresent() && file.isPresent()) {
      problem("Give either " + name + " or " + name + "_FILE, not both.");
    }
    return direct.or(() -> file.flatMap(path -> content(name, path)));
  }

  private final Map<String, Optional<String>> contents = new LinkedHashMap<>();

  private Optional<String> content(String name, String path) {
    return contents.computeIfAbsent(
        name,
        any -> {
          try {
            return Optional.of(Files.readString(Path.of(path)).strip())
                .filter(value -> !value.isEmpty());
          } catch (IOException | InvalidPathException e) {
            problem(
                name
                    + "_FILE cannot be read: check that the file is there and may be read by this"
                    + " user.");
            return Optional.empty();
          }
        });
  }

  private static String fallback(String name) {
    return Settings.find(name).fallback().orElse("5s");
  }
}
