package io.contentcrew.adapters.postgres;

import io.contentcrew.domain.Format;
import io.contentcrew.domain.generation.Failure;
import io.contentcrew.domain.generation.FormatResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The shapes in which results and failures are kept as JSON. */
final class JobJson {
  private JobJson() {}

  /** A failure. */
  record FailureJson(String code, String message) {
    static FailureJson of(Failure failure) {
      return new FailureJson(failure.code().name(), failure.message());
    }

    Failure toFailure() {
      return failure(code, message);
    }
  }

  /**
   * A result.
   *
   * @param state open, ready or failed
   */
  record ResultJson(String state, @Nullable FailureJson failure) {
    static ResultJson of(FormatResult result) {
      return new ResultJson(result.wireName(), result.reason().map(FailureJson::of).orElse(null));
    }

    FormatResult toResult() {
      return switch (state) {
        case "open" -> new FormatResult.Open();
        case "ready" -> new FormatResult.Ready();
        case "failed" ->
            new FormatResult.Failed(Objects.requireNonNull(failure, "failure").toFailure());
        default -> throw Json.unreadable("result");
      };
    }
  }

  static Failure failure(String code, String message) {
    for (Failure.Code known : Failure.Code.values()) {
      if (known.name().equals(code)) {
        return new Failure(known, message);
      }
    }
    throw Json.unreadable("failure");
  }

  static Map<String, ResultJson> results(Map<Format, FormatResult> results) {
    Map<String, ResultJson> byName = new LinkedHashMap<>();
    results.forEach((format, result) -> byName.put(format.wireName(), ResultJson.of(result)));
    return byName;
  }

  static Map<Format, FormatResult> results(String json) {
    return toResults(Json.readMap(json, ResultJson.class));
  }

  static Map<Format, FormatResult> toResults(Map<String, ResultJson> byName) {
    Map<Format, FormatResult> results = new EnumMap<>(Format.class);
    byName.forEach((name, result) -> results.put(Names.format(name), result.toResult()));
    return results;
  }
}
