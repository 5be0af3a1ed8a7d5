package io.contentcrew.domain.subscription;

import io.contentcrew.domain.subscription.Known.Told;
import java.util.Comparator;
import java.util.List;

/**
 * What was told in one and the same second, and what of it was last. That depends on what there is,
 * not on the order in which it came.
 *
 * @param all the earliest event id first
 * @param isClear whether there was one that only can have been last
 */
record Sequence(List<Told> all, Told last, boolean isClear) {
  private static final Comparator<Told> BY_RANK =
      Comparator.comparing(Told::step)
          .thenComparingInt(told -> told.snapshot().status().rank())
          .thenComparing(Told::eventId);

  static Sequence of(List<Told> told) {
    List<Told> all = told.stream().sorted(Comparator.comparing(Told::eventId)).toList();
    List<Told> ends = all.stream().filter(one -> isEnd(one, all)).toList();
    List<Told> last = ends.isEmpty() ? all : ends; // in a circle there is no end
    boolean isClear = last.stream().map(one -> one.snapshot().facets()).distinct().count() == 1;
    return new Sequence(all, last.stream().max(BY_RANK).orElseThrow(), isClear);
  }

  /** Whether nothing shows that another one came right after it. */
  private static boolean isEnd(Told one, List<Told> all) {
    return all.stream()
        .filter(other -> !other.eventId().equals(one.eventId()))
        .noneMatch(other -> other.canFollow(one) && !one.canFollow(other));
  }
}
