package io.contentcrew.domain.generation;

import io.contentcrew.domain.ModelName;
import java.util.Objects;

/**
 * What writes a job's texts: chosen when the job is submitted, and shown wherever the job is.
 *
 * @param demo whether what it writes is a labelled sample, not the work of a model
 */
public record Engine(EngineName name, ModelName model, boolean demo) {
  public Engine {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(model, "model");
  }
}
