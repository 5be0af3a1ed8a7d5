package io.contentcrew.testkit;

import io.contentcrew.domain.ModelName;
import io.contentcrew.domain.generation.Brief;
import io.contentcrew.domain.generation.OutputSchema;
import io.contentcrew.domain.generation.Prompt;
import io.contentcrew.domain.generation.Sampling;
import io.contentcrew.domain.generation.Task;
import java.util.Locale;
import java.util.Optional;

/** Prompts to test with. */
public final class Prompts {
  private Prompts() {}

  /** A writer's prompt for the smallest model, without a schema. */
  public static Prompt aPrompt() {
    return aPrompt(Task.WRITE);
  }

  /** A prompt for {@code task}, with a schema where the task does not write prose. */
  public static Prompt aPrompt(Task task) {
    return aPrompt(task, Brief.about("Growing tomatoes on a balcony"));
  }

  /** A prompt for {@code task} and {@code brief}. */
  public static Prompt aPrompt(Task task, Brief brief) {
    String version = task.name().toLowerCase(Locale.ROOT) + "@test";
    return new Prompt(
        task,
        brief,
        new ModelName("llama3.2:1b"),
        version,
        "You are a crew of writers. Keep to the facts.",
        "You are the " + task.agent().role() + ".\nTopic: " + brief.topic(),
        Sampling.of(0.7),
        1_000,
        task.writesProse() ? Optional.empty() : Optional.of(schema(task)));
  }

  private static OutputSchema schema(Task task) {
    String field =
        switch (task) {
          case SOCIAL -> "linkedin";
          case AUDIO -> "intro_hook";
          default -> "hook";
        };
    String json =
        "{\"type\":\"object\",\"properties\":{\""
            + field
            + "\":{\"type\":\"string\"}},\"required\":[\""
            + field
            + "\"]}";
    return new OutputSchema(task.wireName(), json);
  }
}
