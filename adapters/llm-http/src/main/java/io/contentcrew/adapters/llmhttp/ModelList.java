package io.contentcrew.adapters.llmhttp;

import io.contentcrew.domain.ModelName;
import java.util.function.Predicate;

/**
 * What a server says of its models.
 *
 * @param has whether it has a model
 * @param warm whether it holds a model in memory, as far as is known
 */
public record ModelList(Predicate<ModelName> has, Predicate<ModelName> warm) {}
