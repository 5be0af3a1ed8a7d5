package io.contentcrew.domain.generation;

import io.contentcrew.domain.ModelName;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param task whose question it is
 * @param brief what the reader asked for; already woven into the texts, and here for generators
 *     that do not read them
 * @param version of the template, for example {@code write@1}
 * @param system the rules, without anything a user typed
 * @param user the question, with the user's text fenced as data
 * @param maxTokens where the model must stop at the latest
 * @param schema the shape of the answer; empty for prose
 */
public record Prompt(
    Task task,
    Brief brief,
    ModelName model,
    String version,
    String system,
    String user,
    Sampling sampling,
    int maxTokens,
    Optional<OutputSchema> schema) {
  public Prompt {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(brief, "brief");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(schema, "schema");
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer needs room for at least one token");
    }
  }

  /** A copy that asks something else of the user's part. */
  public Prompt withUser(String changed) {
    return new Prompt(task, brief, model, version, system, changed, sampling, maxTokens, schema);
  }

  /** A copy that is answered with other dice. */
  public Prompt withSampling(Sampling changed) {
    return new Prompt(task, brief, model, version, system, user, changed, maxTokens, schema);
  }

  /** A copy for another model. */
  public Prompt withModel(ModelName changed) {
    return new Prompt(task, brief, changed, version, system, user, sampling, maxTokens, schema);
  }

  /** A copy with room for {@code changed} tokens. */
  public Prompt withMaxTokens(int changed) {
    return new Prompt(task, brief, model, version, system, user, sampling, changed, schema);
  }

  /** Says whose prompt it is, and none of its text. */
  @Override
  public String toString() {
    return "Prompt[" + version + " for " + model + "]";
  }
}
