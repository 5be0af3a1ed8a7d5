package io.contentcrew.domain.generation;

/** A member of the crew: its role, and what it is after. */
public record Agent(String role, String goal) {}
