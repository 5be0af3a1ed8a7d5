package io.contentcrew.domain.generation;

import io.contentcrew.domain.Format;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tasks that a set of formats needs, and which waits for which: {@code research -> write ->
 * edit -> {social | audio | video}}. A format that is asked for without a blog post goes straight
 * from research to its specialist, so nothing runs that nobody wants. A specialist waits for the
 * editor in order to read the article, but can do without: a blog post that fails takes no other
 * format with it.
 */
public final class Crew {
  private final Map<Task, Step> steps;

  private record Step(Set<Task> requires, Set<Task> follows) {}

  private Crew(Map<Task, Step> steps) {
    this.steps = steps;
  }

  /** The crew for {@code formats}. */
  public static Crew of(Set<Format> formats) {
    Map<Task, Step> steps = new EnumMap<>(Task.class);
    steps.put(Task.RESEARCH, new Step(EnumSet.noneOf(Task.class), EnumSet.noneOf(Task.class)));
    boolean article = formats.contains(Format.BLOG);
    if (article) {
      steps.put(Task.WRITE, new Step(EnumSet.of(Task.RESEARCH), EnumSet.noneOf(Task.class)));
      steps.put(Task.EDIT, new Step(EnumSet.of(Task.WRITE), EnumSet.noneOf(Task.class)));
    }
    for (Task specialist : EnumSet.of(Task.SOCIAL, Task.AUDIO, Task.VIDEO)) {
      if (specialist.yields().filter(formats::contains).isPresent()) {
        steps.put(
            specialist,
            new Step(
                EnumSet.of(Task.RESEARCH),
                article ? EnumSet.of(Task.EDIT) : EnumSet.noneOf(Task.class)));
      }
    }
    return new Crew(steps);
  }

  /** A crew of one, who waits for nobody. */
  public static Crew alone(Task task) {
    Map<Task, Step> steps = new EnumMap<>(Task.class);
    steps.put(task, new Step(EnumSet.noneOf(Task.class), EnumSet.noneOf(Task.class)));
    return new Crew(steps);
  }

  /** All tasks, in an order in which they could run one by one. */
  public Set<Task> tasks() {
    return Collections.unmodifiableSet(steps.keySet());
  }

  /**
   * The tasks that may begin: neither ended nor under way, all they require is done, and all they
   * follow has ended somehow.
   *
   * @param done ended well
   * @param failed ended badly, the {@linkplain #lostWith lost} ones included
   * @param running under way
   */
  public Set<Task> ready(Set<Task> done, Set<Task> failed, Set<Task> running) {
    Set<Task> ready = EnumSet.noneOf(Task.class);
    steps.forEach(
        (task, step) -> {
          boolean open = !done.contains(task) && !failed.contains(task) && !running.contains(task);
          boolean followed =
              step.follows.stream()
                  .allMatch(before -> done.contains(before) || failed.contains(before));
          if (open && done.containsAll(step.requires) && followed) {
            ready.add(task);
          }
        });
    return ready;
  }

  /** The tasks that can never run once {@code task} has failed: itself, and all that require it. */
  public Set<Task> lostWith(Task task) {
    Set<Task> lost = EnumSet.of(task);
    for (Task next : steps.keySet()) { // in an order of execution, so that one pass reaches all
      if (!Collections.disjoint(Objects.requireNonNull(steps.get(next)).requires, lost)) {
        lost.add(next);
      }
    }
    return lost;
  }
}
