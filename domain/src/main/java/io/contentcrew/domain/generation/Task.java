package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step of the crew's work, each done by one agent with exactly one answer of a model. */
public enum Task {
  RESEARCH(
      new Agent(
          "Researcher",
          "collect what a writer needs to know: solid facts, angles and open questions"),
      null),
  WRITE(new Agent("Writer", "turn the notes into a draft that people read to the end"), null),
  EDIT(
      new Agent(
          "Editor", "make the draft clear, correct and well built without changing what it says"),
      Format.BLOG),
  SOCIAL(
      new Agent(
          "Social media specialist", "win attention on each network in the form that suits it"),
      Format.SOCIAL),
  AUDIO(
      new Agent(
          "Audio producer", "write for the ear: short sentences, clear turns, a voice one trusts"),
      Format.AUDIO),
  VIDEO(
      new Agent(
          "Video producer",
          "tell it in scenes: what is heard, what is seen, what stands on the screen"),
      Format.VIDEO);

  private final Agent agent;
  private final @Nullable Format yields;

  Task(Agent agent, @Nullable Format yields) {
    this.agent = agent;
    this.yields = yields;
  }

  /** Who does it. */
  public Agent agent() {
    return agent;
  }

  /** The format whose artifact the task ends in; empty for research and the draft. */
  public Optional<Format> yields() {
    return Optional.ofNullable(yields);
  }

  /** The format on whose way the task lies; empty for research, which serves all of them. */
  public Optional<Format> worksFor() {
    return this == WRITE ? Optional.of(Format.BLOG) : yields();
  }

  /** Whether the answer is Markdown prose; else it is JSON of a fixed shape. */
  public boolean writesProse() {
    return this == RESEARCH || this == WRITE || this == EDIT;
  }

  /** The name in lower case, as it goes over the wire and into stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The task whose artifact is of that format. */
  public static Task yielding(Format format) {
    return switch (format) {
      case BLOG -> EDIT;
      case SOCIAL -> SOCIAL;
      case AUDIO -> AUDIO;
      case VIDEO -> VIDEO;
    };
  }

  /** The task of that wire name. */
  public static Optional<Task> ofWireName(String wireName) {
    for (Task task : values()) {
      if (task.wireName().equals(wireName)) {
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }
}
