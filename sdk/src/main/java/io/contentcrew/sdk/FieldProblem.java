package io.contentcrew.sdk;

/**
 * What is wrong with one member of a request.
 *
 * @param pointer to the member, as a JSON Pointer (RFC 6901), for example {@code /topic}
 * @param code for programs, for example {@code too_long}
 * @param message for people: what is wrong and what would be right; does not repeat what was sent
 */
public record FieldProblem(String pointer, String code, String message) {}
