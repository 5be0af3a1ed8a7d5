package io.contentcrew.domain.generation;

/**
 * The shape an answer must have, as JSON Schema (draft 2020-12, the flat part that model servers
 * support).
 *
 * @param name of the shape, letters and underscores
 * @param json the schema itself
 */
public record OutputSchema(String name, String json) {}
